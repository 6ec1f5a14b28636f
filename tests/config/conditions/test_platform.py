"""`platform`: which platform the request came from."""

from pathlib import Path

from tests.config.conditions.one_rule import answer, hides


def test_only_requests_of_these_platforms_are_taken(tmp_path: Path) -> None:
    assert answer(tmp_path, "{platform: [slack, web]}") == (True, "the platform `web`")
    found = answer(tmp_path, "{platform: [slack, discord]}")
    assert found == (False, "the platform is `web`, not `discord` or `slack`")


def test_a_rule_below_one_with_more_platforms_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{platform: [slack, web]}", "{platform: web}")
    assert not hides(tmp_path, "{platform: web}", "{inbox: help-it}")
