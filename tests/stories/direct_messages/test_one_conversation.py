"""Direct messages where they have no threads: what somebody writes goes on with their open ticket."""

from pathlib import Path

import pytest

from bot.bootstrap.process import DeskProcess
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import UnitOfWork
from tests.fakes.chat.message import told
from tests.said import said
from tests.stories.chat_office import GuildOffice, settle


@pytest.fixture
def office(folder: Path) -> GuildOffice:
    return GuildOffice(folder)


async def ticket(desk: DeskProcess, number: int) -> Ticket | None:
    return await desk.storage.read(lambda uow: uow.tickets.find("IT", number))


async def said_on(desk: DeskProcess, number: int) -> list[str]:
    def read(uow: UnitOfWork) -> list[str]:
        found = uow.tickets.find("IT", number)
        return [] if found is None else [each.text for each in uow.messages.of_ticket(found.id)]

    return await desk.storage.read(read)


async def say(desk: DeskProcess, office: GuildOffice, text: str, *, thread: str | None = None) -> str:
    said = await office.chat.says("ana", "@ana", text, thread=thread)
    await settle(desk)
    return said


async def status(desk: DeskProcess, number: int) -> Status:
    found = await ticket(desk, number)
    assert found is not None
    return found.status


async def test_what_is_written_next_belongs_to_the_open_ticket(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        office.passes(days=2)
        await say(desk, office, "Can you hear me?")
        assert await said_on(desk, 1) == ["My salary is wrong", "Can you hear me?"]
        assert await ticket(desk, 2) is None
        (card,) = office.chat.posted("team-it")
        assert office.chat.reads_channel("team-it", thread=card.id) == ["Can you hear me?"]
        _, went = office.chat.posted("@ana")
        assert told(went.content) == said("requester.joined", reference="IT-1")


async def test_what_was_added_there_and_is_something_else_becomes_a_ticket_of_its_own(
    office: GuildOffice,
) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        office.passes(days=2)
        await say(desk, office, "By a lot")
        await say(desk, office, "The coffee machine leaks")
        went = office.chat.posted("@ana")[-1]
        await office.chat.presses("ana", went, said("requester.button_separate"))
        await settle(desk)
        assert await said_on(desk, 1) == ["My salary is wrong", "By a lot"]
        assert await said_on(desk, 2) == ["The coffee machine leaks"]
        assert [told(each.content) for each in office.chat.posted("@ana")].count(
            said("requester.joined", reference="IT-1")
        ) == 1


async def test_an_answer_to_the_team_is_not_told_where_it_went(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        await office.chat.orders("bo", "desk reply", "IT-1", text="By how much?")
        await settle(desk)
        before = len(office.chat.posted("@ana"))
        await say(desk, office, "By a lot")
        assert await said_on(desk, 1) == ["My salary is wrong", "By how much?", "By a lot"]
        assert len(office.chat.posted("@ana")) == before


async def test_thanks_is_not_told_where_it_went(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        await say(desk, office, "Thanks!")
        assert len(office.chat.posted("@ana")) == 1


async def test_it_opens_a_resolved_ticket_again_but_thanks_does_not(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        await office.chat.orders("bo", "desk resolve", "IT-1", resolution="All done")
        await say(desk, office, "Thanks!")
        assert await status(desk, 1) is Status.RESOLVED
        await say(desk, office, "It is still wrong")
        assert await status(desk, 1) is not Status.RESOLVED
        assert await ticket(desk, 2) is None


async def test_after_closing_it_is_a_new_ticket(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        await office.chat.orders("bo", "desk close", "IT-1", reason="done")
        await say(desk, office, "The coffee machine leaks")
        assert await said_on(desk, 2) == ["The coffee machine leaks"]


async def test_what_answers_a_message_of_the_desks_belongs_to_that_ticket(office: GuildOffice) -> None:
    async with office.desk() as desk:
        first = await say(desk, office, "My salary is wrong")
        await office.chat.orders("ana", "ticket open", channel="@ana", text="The coffee machine leaks")
        await settle(desk)
        await say(desk, office, "By a lot", thread=first)
        await say(desk, office, "All over the floor")
        asked = office.chat.posted("@ana")[-1]
        assert told(asked.content) == said("requester.which_ticket", text="All over the floor")
        await office.chat.presses("ana", asked, "🔒 IT-2 · The coffee machine leaks")
        await settle(desk)
        assert await said_on(desk, 1) == ["My salary is wrong", "By a lot"]
        assert await said_on(desk, 2) == ["The coffee machine leaks", "All over the floor"]


async def test_an_answer_to_something_else_is_as_if_it_answered_nothing(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong", thread="m99")
        await say(desk, office, "By a lot", thread="m98")
        assert await said_on(desk, 1) == ["My salary is wrong", "By a lot"]


async def test_opening_one_by_command_is_always_a_new_ticket(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        await office.chat.orders("ana", "ticket open", channel="@ana", text="The coffee machine leaks")
        await settle(desk)
        assert await said_on(desk, 2) == ["The coffee machine leaks"]


async def test_what_is_being_worked_on_goes_before_what_is_resolved(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        office.passes(minutes=5)
        await office.chat.orders("ana", "ticket open", channel="@ana", text="The coffee machine leaks")
        await office.chat.orders("bo", "desk resolve", "IT-2", resolution="All done")
        await say(desk, office, "Any news?")
        assert await said_on(desk, 1) == ["My salary is wrong", "Any news?"]


async def test_what_was_written_while_the_desk_was_away_is_found_there(office: GuildOffice) -> None:
    office.chat.hides_directs = True
    async with office.desk() as desk:
        first = await say(desk, office, "My salary is wrong")
    office.passes(hours=1)
    await office.chat.says("ana", "@ana", "By a lot")
    await office.chat.edits(first, "My salary is too low")
    async with office.desk() as desk:
        assert await said_on(desk, 1) == ["My salary is too low", "By a lot"]
        assert "recovered" in told(office.chat.posted("operators")[-1].content)


async def test_what_was_deleted_while_the_desk_was_away_is_gone_from_the_teams_thread(
    office: GuildOffice,
) -> None:
    async with office.desk() as desk:
        await say(desk, office, "My salary is wrong")
        second = await say(desk, office, "And my PIN is 1234")
    office.passes(hours=1)
    await office.chat.deletes(second)
    async with office.desk():
        (card,) = office.chat.posted("team-it")
        assert office.chat.reads_channel("team-it", thread=card.id) == []
