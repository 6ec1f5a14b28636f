"""A message is edited only when what it says changes."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.caches.shown_cache import KEPT, ShownCache
from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation, Side
from bot.messages.outbound import Notice
from bot.ports.storage.outbox import OutboxRow, RowKind

SAID = Notice(text=("By Tuesday",))
THREAD = Conversation(id=1, ticket_id=1, side=Side.REQUESTER, channel=ChannelRef("web", "help-it"))
FIRST = OutboxRow(
    id=1,
    kind=RowKind.ACKNOWLEDGEMENT,
    conversation=THREAD,
    subject=1,
    created_at=datetime(2026, 3, 2, tzinfo=UTC),
)
AGAIN = replace(FIRST, wanted=2, shown=1, parts=("m1",))


def shown() -> ShownCache:
    last = ShownCache()
    last.remember(FIRST, SAID)
    return last


def test_what_it_says_already_is_not_said_again() -> None:
    assert shown().is_so_already(AGAIN, Notice(text=("By Tuesday",)))


def test_what_is_new_is() -> None:
    assert not shown().is_so_already(AGAIN, Notice(text=("By Wednesday",)))


def test_after_a_restart_it_is_said_again() -> None:
    assert not ShownCache().is_so_already(AGAIN, SAID)


def test_what_another_replica_has_shown_since_is_not_taken_for_ours() -> None:
    assert not shown().is_so_already(replace(AGAIN, wanted=3, shown=2), SAID)


def test_an_attempt_whose_end_is_not_known_is_made_again() -> None:
    assert not shown().is_so_already(replace(AGAIN, is_retry=True), SAID)


def test_cards_are_always_shown_anew() -> None:
    last, card = ShownCache(), replace(FIRST, kind=RowKind.CARD)
    last.remember(card, SAID)
    assert not last.is_so_already(replace(AGAIN, kind=RowKind.CARD), SAID)


def test_the_oldest_is_forgotten_first() -> None:
    last = shown()
    for number in range(2, KEPT + 2):
        last.remember(replace(FIRST, id=number), SAID)
    assert not last.is_so_already(AGAIN, SAID)
    assert last.is_so_already(replace(AGAIN, id=2), SAID)
