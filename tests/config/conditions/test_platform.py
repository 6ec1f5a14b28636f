"""`platform`: which platform the request came from."""

from pathlib import Path

from tests.config.conditions.one_rule import answer, found, hides, missed, one_of


def test_only_requests_of_these_platforms_are_taken(tmp_path: Path) -> None:
    assert answer(tmp_path, "{platform: [slack, web]}") == found("platform", platform="web")
    given = answer(tmp_path, "{platform: [slack, discord]}")
    assert given == missed("platform_other", platform="web", choices=one_of("discord", "slack"))


def test_a_rule_below_one_with_more_platforms_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{platform: [slack, web]}", "{platform: web}")
    assert not hides(tmp_path, "{platform: web}", "{inbox: help-it}")
