"""`tier`: what the requester pays for, as the platform or the file says."""

from pathlib import Path

from tests.config.conditions.one_rule import BO, answer, found, hides, missed


def test_a_tier_is_that_of_the_platform_or_of_the_file(tmp_path: Path) -> None:
    assert answer(tmp_path, "{tier: gold}") == found("tier", name="Ana", tier="gold")
    assert answer(tmp_path, "{tier: gold}", person=BO) == found("tier", name="Bo", tier="gold")
    assert answer(tmp_path, "{tier: silver}") == missed("tier_other", name="Ana", tier="silver")


def test_the_same_tier_again_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{tier: [gold, silver]}", "{tier: silver}")
    assert not hides(tmp_path, "{tier: gold}", "{tier: silver}")
