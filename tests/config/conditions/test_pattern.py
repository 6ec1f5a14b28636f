"""`pattern`: RE2 patterns, of which one is enough."""

from pathlib import Path

from tests.config.conditions.one_rule import answer, complaint, found, hides, missed


def test_a_pattern_finds_a_piece_of_the_text_and_shows_it(tmp_path: Path) -> None:
    given = answer(tmp_path, r"{pattern: 'disk [a-z]: \d+%'}", text="My Disk C: 99% full")
    assert given == found("pattern", text="Disk C: 99%")


def test_letter_case_counts_when_the_pattern_asks_for_it(tmp_path: Path) -> None:
    assert answer(tmp_path, "{pattern: '(?-i)VPN'}", text="vpn") == missed(
        "pattern_other", pattern="(?-i)VPN"
    )


def test_of_several_patterns_one_is_enough(tmp_path: Path) -> None:
    assert answer(tmp_path, "{pattern: [vpn, wi.?fi]}", text="wi-fi") == found("pattern", text="wi-fi")


def test_the_same_pattern_again_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{pattern: [a+, b]}", "{pattern: a+}")
    assert not hides(tmp_path, "{pattern: a}", "{pattern: ab}")


def test_a_pattern_that_re2_cannot_read_is_refused_where_it_is_wrong(tmp_path: Path) -> None:
    said = "not_a_pattern_at(pattern=vpn), reason=unexpected ): vpn), number=4)"
    assert complaint(tmp_path, "{pattern: 'vpn)'}") == said
