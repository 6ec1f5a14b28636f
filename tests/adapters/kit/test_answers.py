"""Whatever becomes of a command, button or form, its person reads a sentence."""

from datetime import UTC, datetime

import pytest

from adapters.kit.answers import answer_to
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import Refused, StorageUnavailable
from bot.messages.inbound import Location, VerbChosen
from bot.messages.outbound import FormRefused, PrivateReply, Reply
from bot.messages.plain import plain
from tests.said import because, not_done, said

DONE = PrivateReply(text=("Done.",))


def chosen(*, is_form: bool = False) -> VerbChosen:
    return VerbChosen(
        key="k1",
        actor=Person(key="chat:ana", name="Ana"),
        location=Location(channel=ChannelRef("chat", "help")),
        at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        verb="ticket close",
        is_form=is_form,
    )


async def brings(outcome: Reply | Exception) -> Reply | None:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def test_what_the_desk_answers_is_passed_on() -> None:
    assert await answer_to(chosen(), brings(DONE)) == DONE


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (
            StorageUnavailable(because("The database is full.")),
            not_done("refusals.storage_unavailable"),
        ),
        (Refused("refusals.empty_message"), said("refusals.empty_message")),
        (RuntimeError("a bug"), not_done()),
    ],
)
async def test_a_failure_is_said_plainly_and_a_form_stays_open_with_it(
    failure: Exception, sentence: str
) -> None:
    told = await answer_to(chosen(), brings(failure))
    assert isinstance(told, PrivateReply)
    assert (plain(told.text), told.is_error) == (sentence, True)
    assert await answer_to(chosen(is_form=True), brings(failure)) == FormRefused(sentence)
