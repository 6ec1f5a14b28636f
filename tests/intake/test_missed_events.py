"""What may not have been heard is read again; nothing that is not committed is taken for heard."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.errors import StorageUnavailable
from bot.intake.missed_events import Gap, MissedEvents
from bot.messages.inbound import Location, MessagePosted
from bot.ports.platform import Capabilities
from tests.fakes.desk.desk_without_platform import ANA, HELP
from tests.said import because

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOON = NINE + timedelta(hours=3)
MINUTE = timedelta(minutes=1)


def posted(at: datetime, channel: ChannelRef = HELP) -> MessagePosted:
    return MessagePosted(
        key=f"{channel}:{at}", actor=ANA, location=Location(channel=channel), at=at, message_id="m", text="?"
    )


def fails(missed: MissedEvents, event: MessagePosted) -> None:
    with pytest.raises(StorageUnavailable), missed.hearing(event):
        raise StorageUnavailable(because("the database is away"))


def test_what_was_committed_leaves_nothing_to_read() -> None:
    missed = MissedEvents(Capabilities())
    with missed.hearing(posted(NINE)):
        assert missed.horizon(NOON) == NINE, "it is not committed yet"
    assert missed.is_nothing
    assert missed.horizon(NOON) == NOON


def test_a_channel_whose_event_failed_is_read_again_from_its_first_failure() -> None:
    missed = MissedEvents(Capabilities())
    for at in (NINE + MINUTE, NINE, NINE + 2 * MINUTE):
        fails(missed, posted(at))
    assert missed.horizon(NOON) == NINE
    with missed.reading() as unheard:
        assert dict(unheard.channels) == {HELP: NINE}


def test_two_times_away_are_one_gap_from_the_first_to_the_last() -> None:
    missed = MissedEvents(Capabilities())
    missed.was_away(since=NINE + MINUTE, until=NINE + 2 * MINUTE)
    missed.was_away(since=NINE, until=NINE + MINUTE)
    assert missed.news.is_set()
    with missed.reading() as unheard:
        assert unheard.gap == Gap(since=NINE, until=NINE + 2 * MINUTE)


def test_while_it_is_read_it_still_holds_back_the_watermark_and_then_no_more() -> None:
    missed = MissedEvents(Capabilities())
    missed.was_away(since=NINE, until=NINE + MINUTE)
    with missed.reading():
        assert missed.is_nothing
        assert missed.horizon(NOON) == NINE
    assert missed.horizon(NOON) == NOON


def test_a_reading_that_failed_is_to_be_done_again_with_what_failed_since() -> None:
    missed = MissedEvents(Capabilities())
    missed.was_away(since=NINE, until=NINE + MINUTE)
    with suppress(StorageUnavailable), missed.reading():
        fails(missed, posted(NOON))
        raise StorageUnavailable(because("the database is away"))
    with missed.reading() as unheard:
        assert unheard.gap == Gap(since=NINE, until=NINE + MINUTE)
        assert dict(unheard.channels) == {HELP: NOON}
