"""Which of the desk's messages goes first where a platform makes them wait."""

from dataclasses import replace
from datetime import timedelta

from adapters.kit.outcomes import come_again
from adapters.kit.rate_limits import Busy, Urgency
from bot.domain.directory import ChannelRef
from bot.domain.sentence import sentence
from bot.messages.outbound import Address, Board, Content, Notice, OutboundMessage, Tone
from tests.contracts.platforms.sample_messages import card, copy, notice

ALERT = Notice(text=("IT-1 is late.",), tone=Tone.ALERT)


def message(content: Content, **more: object) -> OutboundMessage:
    address = Address(channel=ChannelRef("chat", "help"))
    return replace(OutboundMessage(key="k1", address=address, content=content), **more)  # type: ignore[arg-type]


def test_an_alert_goes_before_an_acknowledgement_before_news_before_what_is_brought_up_to_date() -> None:
    queue = [
        message(ALERT, is_urgent=True),
        message(notice("Your request has number IT-1."), is_urgent=True),
        message(copy("It smokes, too")),
        message(card("Printer burns"), shown=("m1",)),
    ]
    assert [Urgency.of(each) for each in queue] == sorted(Urgency)


def test_a_board_is_brought_up_to_date_last_and_posted_as_news() -> None:
    board = Board(title=("1 breached",))
    assert Urgency.of(message(board, shown=("m1",))) is Urgency.REFRESH
    assert Urgency.of(message(board)) is Urgency.NEW


def test_an_answer_that_is_being_written_is_brought_up_to_date_last() -> None:
    part = Notice(text=("It is",), is_passing=True)
    assert Urgency.of(message(part, shown=("m1",))) is Urgency.REFRESH
    assert Urgency.of(message(part)) is Urgency.NEW
    assert Urgency.of(message(Notice(text=("It is the cable.",)), shown=("m1",))) is Urgency.NEW


def test_a_rate_limit_names_its_platform_and_is_no_failed_attempt() -> None:
    postponed = come_again(Busy(7, platform="Slack"))
    assert postponed.after_s == 7
    assert postponed.reason == sentence(
        "deliveries.rate_limited", platform="Slack", wait=timedelta(seconds=7)
    )
    assert not postponed.is_counted
