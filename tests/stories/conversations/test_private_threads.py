"""An inbox where each request gets a thread that only its requester and the team see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap.process import DeskProcess
from bot.domain.tickets.ticket import Status
from bot.messages.outbound import Card, Notice, PrivateReply, Reply
from bot.messages.plain import plain
from tests.fakes.chat.message import told
from tests.said import said
from tests.stories.chat_office import GuildOffice, settle


@pytest.fixture
def office(folder: Path) -> GuildOffice:
    return GuildOffice(folder)


@asynccontextmanager
async def opened(office: GuildOffice) -> AsyncIterator[DeskProcess]:
    """The desk, with private threads in #help. In `desk.yaml` only a real platform that has some may say so."""
    async with office.desk() as desk:
        configured = desk.in_force.configuration
        inbox = replace(configured.desk.inboxes["help"], has_private_threads=True)
        inboxes = {**configured.desk.inboxes, "help": inbox}
        desk.in_force.configuration = replace(configured, desk=replace(configured.desk, inboxes=inboxes))
        yield desk


async def ask(desk: DeskProcess, office: GuildOffice, text: str) -> str:
    request = await office.chat.says("ana", "help", text)
    await settle(desk)
    return request


def private_thread(office: GuildOffice) -> str:
    (thread,) = office.chat.private_threads
    return thread


async def test_a_request_is_answered_in_a_private_thread_that_says_what_was_asked(
    office: GuildOffice,
) -> None:
    async with opened(office) as desk:
        await ask(desk, office, "My screen is dark")
        thread = private_thread(office)
        (acknowledged,) = office.chat.reads_channel("help", thread=thread)
        assert "My screen is dark" in acknowledged
        assert "IT-1" in acknowledged
        assert office.chat.reads_channel("help") == []


async def test_the_thread_is_for_the_requester_and_those_who_work_for_them(office: GuildOffice) -> None:
    async with opened(office) as desk:
        for somebody in ("bo", "lee", "dan"):
            await office.chat.says(somebody, "@" + somebody, "hello")
        await ask(desk, office, "My screen is dark")
        head = office.chat.heads[private_thread(office)]
    assert head.is_private
    assert set(head.members) == {"chat:ana", "chat:bo", "chat:lee"}
    assert head.title == "IT-1 · My screen is dark"


async def test_a_colleague_who_is_added_is_let_into_the_thread_and_put_out_when_removed(
    office: GuildOffice,
) -> None:
    async with opened(office) as desk:
        await office.chat.says("dan", "@dan", "hello")
        await ask(desk, office, "My screen is dark")
        await office.chat.orders("ana", "ticket add", "IT-1", person="chat:dan")
        await settle(desk)
        head = office.chat.heads[private_thread(office)]
        assert "chat:dan" in head.members
        await office.chat.orders("ana", "ticket remove", "IT-1", person="chat:dan")
        await settle(desk)
        head = office.chat.heads[private_thread(office)]
        assert "chat:dan" not in head.members
        assert head.former == ("chat:dan",)


async def test_words_cross_over_from_the_private_thread_and_back(office: GuildOffice) -> None:
    async with opened(office) as desk:
        await ask(desk, office, "My screen is dark")
        thread = private_thread(office)
        await office.chat.says("ana", "help", "The left one", thread=thread)
        await office.chat.orders("bo", "desk reply", "IT-1", text="Try the cable")
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        assert office.chat.reads_channel("team-it", thread=card.id) == ["The left one", "Try the cable"]
        assert office.chat.reads_channel("help", thread=thread)[-1] == "Try the cable"


async def test_an_edited_request_reads_anew_in_the_thread_and_on_the_card(office: GuildOffice) -> None:
    async with opened(office) as desk:
        request = await ask(desk, office, "My screen is dark")
        await office.chat.edits(request, "Both my screens are dark")
        await settle(desk)
        (acknowledged,) = office.chat.reads_channel("help", thread=private_thread(office))
        assert "Both my screens are dark" in acknowledged
        assert "My screen is dark" not in acknowledged
        (card,) = office.chat.posted("team-it")
        assert isinstance(card.content, Card)
        assert card.content.subject == "Both my screens are dark"


async def test_a_deleted_request_is_withdrawn_and_quoted_nowhere(office: GuildOffice) -> None:
    async with opened(office) as desk:
        request = await ask(desk, office, "My PIN is 1234")
        await office.chat.deletes(request)
        await settle(desk)
        found = await desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
        assert found is not None
        assert found.status is Status.CLOSED
        shown = [told(each.content) for each in office.chat.messages.values() if each.content is not None]
        assert not any("1234" in each for each in shown)


async def test_a_request_that_stands_in_the_channel_is_not_taken_for_deleted(office: GuildOffice) -> None:
    async with opened(office) as desk:
        await ask(desk, office, "My screen is dark")
        await office.chat.says("ana", "help", "The left one", thread=private_thread(office))
        await settle(desk)
    office.passes(hours=1)
    async with opened(office) as desk:
        found = await desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
        assert found is not None
        assert found.status is Status.NEW
        assert found.subject == "My screen is dark"


async def test_its_edit_is_found_though_the_desk_was_away(office: GuildOffice) -> None:
    async with opened(office) as desk:
        request = await ask(desk, office, "My screen is dark")
    office.passes(hours=1)
    await office.chat.edits(request, "Both my screens are dark")
    async with opened(office) as desk:
        found = await desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
        assert found is not None
        assert found.subject == "Both my screens are dark"


async def test_a_command_there_opens_a_private_thread_too(office: GuildOffice) -> None:
    async with opened(office) as desk:
        reply = await office.chat.orders(
            "ana", "ticket open", channel="help", text="My screen is dark", private="yes"
        )
        await settle(desk)
        created = said("answers.created_in_private_thread", reference="IT-1", team="Service Desk")
        assert words(reply) == f"{created} {said('requester.only_team_reads', team='Service Desk')}"
        (acknowledged,) = office.chat.reads_channel("help", thread=private_thread(office))
        assert "My screen is dark" in acknowledged


async def test_whoever_is_helped_by_an_agent_there_gets_a_private_thread(office: GuildOffice) -> None:
    async with opened(office) as desk:
        await office.chat.says("dan", "@dan", "hello")
        reply = await office.chat.orders(
            "bo", "desk on-behalf-of", channel="help", person="Dan Dietz", text="His laptop does not start"
        )
        await settle(desk)
        created = said("answers.created_for_in_private_thread", reference="IT-1", name="Dan Dietz")
        assert words(reply) == created
        assert "chat:dan" in office.chat.heads[private_thread(office)].members


async def test_what_only_adds_to_a_request_shows_nothing_in_the_channel(office: GuildOffice) -> None:
    async with opened(office) as desk:
        await ask(desk, office, "My screen is dark")
        joined = await ask(desk, office, "it is the one on floor 2")
        thread = private_thread(office)
        assert "Added to IT-1" in office.chat.reads_channel("help", thread=thread)[-1]
        assert office.chat.posted("help", thread=joined) == []
        (told_so,) = [
            each
            for each in office.chat.posted("help", thread=thread)
            if isinstance(each.content, Notice) and "Added to" in told(each.content)
        ]
        await office.chat.presses("ana", told_so, "Separate")
        await settle(desk)
        assert len(office.chat.private_threads) == 2, "the new ticket has a private thread of its own"
        assert office.chat.posted("help", thread=joined) == []
        refused = await office.chat.orders("ana", "ticket separate", "IT-1", channel="@ana")
        assert said("refusals.nothing_to_separate", reference="IT-1") in words(refused)


async def test_a_team_that_stays_outside_reads_in_its_own_thread_what_is_said_inside(
    office: GuildOffice,
) -> None:
    """Whoever answers under the team's name is no member: members are seen."""
    async with opened(office) as desk:
        configured = desk.in_force.configuration
        team = replace(configured.desk.teams["it"], mirrors=False, is_anonymous=True)
        desk.in_force.configuration = replace(
            configured, desk=replace(configured.desk, teams={**configured.desk.teams, "it": team})
        )
        await office.chat.says("bo", "@bo", "hello")
        await ask(desk, office, "My screen is dark")
        thread = private_thread(office)
        assert office.chat.heads[thread].members == ("chat:ana",)
        await office.chat.says("ana", "help", "The left one", thread=thread)
        await settle(desk)
        *_, card = office.chat.posted("team-it")
        assert office.chat.reads_channel("team-it", thread=card.id) == ["The left one"]


async def test_a_closed_tickets_private_thread_goes_on_with_the_next(office: GuildOffice) -> None:
    async with opened(office) as desk:
        await ask(desk, office, "My screen is dark")
        thread = private_thread(office)
        await office.chat.orders("bo", "desk close", "IT-1", reason="done")
        await settle(desk)
        await office.chat.says("ana", "help", "Now it is green", thread=thread)
        await settle(desk)
        assert office.chat.private_threads == {thread}
        assert office.chat.heads[thread].title == "IT-2 · Now it is green"
        assert office.chat.heads[thread].is_private
        assert not office.chat.heads[thread].is_finished


async def test_what_goes_on_under_the_request_itself_is_answered_in_a_private_thread_again(
    office: GuildOffice,
) -> None:
    async with opened(office) as desk:
        request = await ask(desk, office, "My screen is dark")
        first = private_thread(office)
        await office.chat.orders("bo", "desk close", "IT-1", reason="done")
        await settle(desk)
        await office.chat.says("ana", "help", "Now it is green", thread=request)
        await settle(desk)
        (second,) = office.chat.private_threads - {first}
        acknowledged, follows = office.chat.reads_channel("help", thread=second)
        assert "Now it is green" in acknowledged
        assert "IT-1" in follows
        await office.chat.says("ana", "help", "And it flickers", thread=request)
        await office.chat.orders("bo", "desk reply", "IT-2", text="Try the cable")
        await settle(desk)
        assert office.chat.reads_channel("help", thread=second)[-1] == "Try the cable"
        assert office.chat.posted("help", thread=request) == []
        assert await desk.storage.read(lambda uow: uow.tickets.find("IT", 3)) is None


async def test_a_message_is_made_a_ticket_once(office: GuildOffice) -> None:
    async with opened(office) as desk:
        request = await ask(desk, office, "My screen is dark")
        again = await office.chat.orders("bo", "ticket open", channel="help", message=request)
        assert words(again) == said("refusals.already_part_of", reference="IT-1")


def words(reply: Reply | None) -> str:
    assert isinstance(reply, PrivateReply)
    return plain(reply.text)
