"""`tier`: what the requester pays for, as the platform or the file says."""

from pathlib import Path

from tests.config.conditions.one_rule import BO, answer, hides


def test_a_tier_is_that_of_the_platform_or_of_the_file(tmp_path: Path) -> None:
    assert answer(tmp_path, "{tier: gold}") == (True, "Ana has the tier `gold`")
    assert answer(tmp_path, "{tier: gold}", person=BO) == (True, "Bo has the tier `gold`")
    assert answer(tmp_path, "{tier: silver}") == (False, "Ana does not have the tier `silver`")


def test_the_same_tier_again_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{tier: [gold, silver]}", "{tier: silver}")
    assert not hides(tmp_path, "{tier: gold}", "{tier: silver}")
