"""`private: true` is refused where the platform cannot keep it, unless the operator accepts that."""

from pathlib import Path

import pytest

from tests.config.desk_files import SMALL, complaints

INBOX = 'inboxes:\n  hr: {{channel: "slack:C0123", private: true{more}}}\n'
"""In place of the first line of the inboxes."""


def with_inbox(more: str) -> str:
    return SMALL.replace("inboxes:\n", INBOX.format(more=more))


@pytest.mark.parametrize("more", [", takes: commands_only", ", public_by_platform: accepted"])
def test_in_slack_it_goes_with_commands_or_with_the_operators_word(tmp_path: Path, more: str) -> None:
    assert complaints(tmp_path, with_inbox(more)) == []


@pytest.mark.parametrize("more", ["", ", takes: on_request", ", takes: on_reaction"])
def test_in_slack_posts_cannot_be_kept_private(tmp_path: Path, more: str) -> None:
    ((_, sentence),) = complaints(tmp_path, with_inbox(more))
    assert sentence == "posts_stay(platform=Slack)"


def test_accepting_it_where_there_is_nothing_to_accept_is_refused(tmp_path: Path) -> None:
    text = with_inbox(", public_by_platform: accepted").replace("slack:C0123", "web:hr")
    ((_, sentence),) = complaints(tmp_path, text)
    assert sentence == "public_by_platform_unused"
