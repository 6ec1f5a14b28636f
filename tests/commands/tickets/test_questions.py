"""What a person answers when the desk asks what a message of theirs is about."""

from dataclasses import replace

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.ticket import Status
from bot.messages import verbs
from bot.messages.inbound import Location, MessagePosted
from bot.messages.outbound import Button
from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said

KEY = "direct-1"


async def writes_directly(at_work: DeskAtWork, who: Person, text: str) -> None:
    event: MessagePosted = at_work.desk.posted(who, text, message="d1")
    direct = Location(channel=ChannelRef.direct(who.key))
    assert await at_work.desk.intake.take(replace(event, key=KEY, location=direct)) is None


def answer(choice: str) -> Button:
    return Button(label=choice, verb=verbs.SORT, options={"asked": KEY, "choice": choice})


async def test_a_short_message_becomes_a_ticket_when_its_author_says_so(at_work: DeskAtWork) -> None:
    await writes_directly(at_work, ANA, "printer broken")
    assert await at_work.desk.number_of_tickets() == 0
    told = await at_work.presses_button(ANA, answer("new"))
    assert told == said("answers.created_by_message", reference="IT-1", team="Service Desk")
    assert (await at_work.ticket()).subject == "printer broken"


async def test_nothing_is_opened_when_its_author_declines(at_work: DeskAtWork) -> None:
    await writes_directly(at_work, ANA, "printer broken")
    assert await at_work.presses_button(ANA, answer("nothing")) == said("answers.not_opened")
    assert await at_work.desk.number_of_tickets() == 0


async def test_an_answer_goes_to_the_ticket_that_its_author_chose(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await writes_directly(at_work, ANA, "still dead")
    assert await at_work.presses_button(ANA, answer("IT-1")) == "", "the question says it"
    assert [each.text for each in await at_work.desk.said()] == ["My mouse is dead", "still dead"]


async def test_nobody_adds_to_a_ticket_of_somebody_else(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead", who=DAN)
    await writes_directly(at_work, ANA, "still dead")
    assert "IT-1" in await at_work.presses_button(ANA, answer("IT-1"))
    assert len(await at_work.desk.said()) == 1


async def test_what_was_closed_is_not_gone_on_with(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await writes_directly(at_work, ANA, "still dead")
    await at_work.types(BO, "/desk close IT-1 done")
    assert (await at_work.ticket()).status is Status.CLOSED
    told = await at_work.presses_button(ANA, answer("IT-1"))
    assert told == said("answers.closed_choose_new", reference="IT-1")
