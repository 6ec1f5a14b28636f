"""What was said on a ticket: edits that arrive in any order, deletions, and threads left behind."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import events as happened
from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def a_message() -> TicketMessage:
    return TicketMessage(
        id=7,
        ticket_id=1,
        kind=MessageKind.REQUEST,
        author="web:ana",
        author_name="Ana Lima",
        text="VPN is down",
        said_at=NOW,
        platform_revision="0002",
    )


def test_an_edited_message_says_the_new_text_as_its_second_revision() -> None:
    message = a_message()
    events = message.edit("VPN is up", platform_revision="0003", actor="web:ana", at=LATER)
    assert (message.text, message.revision, message.platform_revision) == ("VPN is up", 2, "0003")
    assert events == [happened.TicketMessageEdited(actor="web:ana", at=LATER, message=7, revision=2)]


@pytest.mark.parametrize(
    ("text", "platform_revision"),
    [("VPN was up", "0001"), ("VPN was up", "0002"), ("VPN is down", "0003")],
    ids=["an older edit", "the same edit again", "the same text"],
)
def test_an_edit_that_brings_nothing_new_changes_nothing(text: str, platform_revision: str) -> None:
    message = a_message()
    assert message.edit(text, platform_revision=platform_revision, actor="web:ana", at=LATER) == []
    assert message == a_message()


def test_a_deleted_message_keeps_its_text_for_the_history() -> None:
    message = a_message()
    events = message.delete(actor="web:ana", at=LATER)
    assert (message.is_deleted, message.revision, message.text) == (True, 2, "VPN is down")
    assert events == [happened.TicketMessageDeleted(actor="web:ana", at=LATER, message=7)]


def test_a_deleted_message_is_neither_edited_nor_deleted_once_more() -> None:
    message = a_message()
    message.delete(actor="web:ana", at=LATER)
    assert message.delete(actor="web:ana", at=LATER) == []
    assert message.edit("VPN is up", platform_revision="0003", actor="web:ana", at=LATER) == []
    assert (message.revision, message.text) == (2, "VPN is down")


def test_a_thread_left_behind_is_retired() -> None:
    conversation = Conversation(id=1, ticket_id=1, side=Side.TEAM, channel=ChannelRef("web", "team-it"))
    conversation.retire()
    assert conversation.is_retired


def test_what_was_sent_is_reworded_whatever_the_platform_says_of_edits() -> None:
    message = a_message()
    events = message.reword("VPN is up", actor="web:ana", at=LATER)
    assert (message.text, message.revision) == ("VPN is up", 2)
    assert events == [happened.TicketMessageEdited(actor="web:ana", at=LATER, message=7, revision=2)]
    assert message.reword("VPN is up", actor="web:ana", at=LATER) == []


def test_a_recalled_message_is_reworded_no_more_and_shows_the_requester_nothing() -> None:
    message = a_message()
    message.recall()
    assert message.reword("VPN is up", actor="web:ana", at=LATER) == []
    assert message.text == "VPN is down"
    public = message.in_public()
    assert public is not None
    assert public.text == ""
