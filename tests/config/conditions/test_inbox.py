"""`inbox`: where the request came in."""

from pathlib import Path

from tests.config.conditions.one_rule import answer, complaint, found, hides, missed, one_of


def test_only_requests_of_these_inboxes_are_taken(tmp_path: Path) -> None:
    assert answer(tmp_path, "{inbox: [help-it, help-hr]}", inbox="help-hr") == found("inbox", inbox="help-hr")
    assert answer(tmp_path, "{inbox: help-hr}") == missed(
        "inbox_other", inbox="help-it", choices=one_of("help-hr")
    )


def test_a_direct_message_came_in_at_no_inbox(tmp_path: Path) -> None:
    given = answer(tmp_path, "{inbox: help-hr}", inbox=None)
    assert given == missed("inbox_none", choices=one_of("help-hr"))


def test_a_rule_below_one_with_more_inboxes_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{inbox: [help-it, help-hr]}", "{inbox: help-hr}")
    assert not hides(tmp_path, "{inbox: help-hr}", "{inbox: [help-it, help-hr]}")


def test_an_unknown_inbox_is_refused(tmp_path: Path) -> None:
    said = complaint(tmp_path, "{inbox: help-i}")
    assert said == "unknown_inbox(name=help-i, hint=did_you_mean(word=help-it))"
