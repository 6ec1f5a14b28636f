"""Two servers that share a desk: what is asked in one never comes to those who help in the other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap.process import DeskProcess
from bot.domain.directory import ChannelRef
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.inbound import CommandGiven, Location, SuggestionsWanted, VerbChosen
from bot.messages.outbound import Form, FormRefused, Notice, PrivateReply, Reply
from bot.messages.plain import plain
from bot.ports.storage.tickets import TicketFilter
from tests.fakes.chat.message import Message, told
from tests.said import said
from tests.stories.chat_office import GuildOffice, settle
from tests.stories.desk_files import TWO_SERVERS

OF_PINE, OF_OAK = "help", "oak-help"


@pytest.fixture
def office(folder: Path) -> GuildOffice:
    office = GuildOffice(folder, config=TWO_SERVERS)
    office.chat.servers = {
        "help": "chat:pine", "team-it": "chat:pine", "oak-help": "chat:oak", "oak-team": "chat:oak",
        "lounge": "chat:elm",
    }  # fmt: skip
    office.chat.is_in = {"ana": ("chat:pine", "chat:oak"), "dan": ("chat:oak", "chat:elm")}
    return office


async def ticket(desk: DeskProcess, number: int = 1) -> Ticket:
    found = await desk.storage.read(lambda uow: uow.tickets.find("IT", number))
    assert found is not None, f"there is no IT-{number}"
    return found


async def number_of_tickets(desk: DeskProcess) -> int:
    return await desk.storage.read(lambda uow: uow.tickets.count(TicketFilter(statuses=frozenset(Status))))


async def say(desk: DeskProcess, office: GuildOffice, who: str, channel: str, text: str) -> str:
    said = await office.chat.says(who, channel, text)
    await settle(desk)
    return said


def words(reply: Reply | None) -> str:
    match reply:
        case PrivateReply():
            return plain(reply.text)
        case FormRefused():
            return reply.reason
        case _:
            raise AssertionError(reply)


def question(office: GuildOffice, who: str) -> Message:
    """The desk's newest words to this person, which ask something."""
    message = office.chat.posted(f"@{who}")[-1]
    assert isinstance(message.content, Notice)
    return message


async def test_a_rule_for_one_servers_team_takes_nothing_from_the_other(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", OF_OAK, "My invoice is wrong")
        await say(desk, office, "ana", OF_PINE, "My invoice is wrong, too")
        await say(desk, office, "ana", OF_PINE, "I report abuse")
        teams = [(await ticket(desk, number)).team for number in (1, 2, 3)]
    assert teams == ["oak", "pine", "safety"]


async def test_a_ticket_cannot_go_to_the_other_servers_team(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", OF_PINE, "The map does not load")
        refused = await office.chat.orders("bo", "desk transfer", "IT-1", team="oak")
        assert words(refused) == said(
            "refusals.team_of_another_server", team="Oak helpers", reference="IT-1", server="Pine"
        )
        await office.chat.orders("bo", "desk transfer", "IT-1", team="safety")
        assert (await ticket(desk)).team == "safety"
        refused = await office.chat.orders("lee", "desk transfer", "IT-1", team="oak")
        assert words(refused) == said(
            "refusals.team_of_another_server", team="Oak helpers", reference="IT-1", server="Pine"
        )
        assert (await ticket(desk)).team == "safety"


async def test_the_other_servers_agents_do_not_see_it(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", OF_PINE, "The map does not load")
        assert "The map does not load" not in words(
            await office.chat.orders("cleo", "ticket show", "IT-1", channel="oak-team")
        )
        assert "The map does not load" in words(await office.chat.orders("lee", "ticket show", "IT-1"))


async def test_a_server_that_is_not_served_gets_a_sentence_or_silence(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "dan", "lounge", "@deskbell help me")
        reply = await office.chat.orders("dan", "ticket open", channel="lounge", text="Help me")
        assert words(reply) == said("refusals.server_not_covered")
        assert await number_of_tickets(desk) == 0
        assert office.chat.posted("lounge") == []


async def test_a_team_for_all_servers_works_in_one_that_is_not_served_itself(office: GuildOffice) -> None:
    office.chat.servers["escalations"] = "chat:staff"
    async with office.desk() as desk:
        await say(desk, office, "ana", OF_OAK, "I report abuse")
        (card,) = office.chat.posted("escalations")
        await office.chat.says("lee", "escalations", "Known troublemaker", thread=card.id)
        await office.chat.presses("lee", card, "Claim")
        await settle(desk)
        assert (await ticket(desk)).assignee == "chat:lee"
        shown = words(await office.chat.orders("lee", "ticket show", "IT-1", channel="escalations"))
        assert "Known troublemaker" in shown
        called = {"person": "ana", "text": "She called"}
        refused = await office.chat.orders("lee", "desk on-behalf-of", channel="escalations", **called)
        assert words(refused) == said("refusals.which_server", command="/ticket open")
        await office.chat.orders(
            "lee", "desk on-behalf-of", channel="escalations", community="chat:pine", **called
        )
        assert ((await ticket(desk, 2)).team, await number_of_tickets(desk)) == ("pine", 2)


async def test_whoever_is_in_one_server_only_is_not_asked(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "dan", "@dan", "The map does not load")
        assert ((await ticket(desk)).team, (await ticket(desk)).community) == ("oak", "oak")


async def test_whoever_is_in_several_servers_is_asked_which_it_is_for(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", "@ana", "My invoice is wrong")
        assert await number_of_tickets(desk) == 0
        asked = question(office, "ana")
        assert told(asked.content) == said("requester.which_server")
        await office.chat.presses("ana", asked, "Pine")
        await settle(desk)
        found = await ticket(desk)
        assert (found.team, found.community, found.subject) == ("pine", "pine", "My invoice is wrong")
        again = await office.chat.presses("ana", asked, "Oak")
        assert words(again) == said("refusals.already_part_of", reference="IT-1")
        await say(desk, office, "ana", "@ana", "By a lot")
        assert await number_of_tickets(desk) == 1, "what is written next goes on with it"


async def test_it_is_asked_too_where_it_was_written_while_the_desk_was_away(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", "@ana", "My order is late")
        await office.chat.presses("ana", question(office, "ana"), "Pine")
        await office.chat.orders("bo", "desk close", "IT-1", reason="done")
    office.passes(hours=1)
    await office.chat.says("ana", "@ana", "My invoice is wrong")
    async with office.desk() as desk:
        await office.chat.presses("ana", question(office, "ana"), "Oak")
        await settle(desk)
        assert (await ticket(desk, 2)).team == "oak"


async def test_thanks_is_no_reason_to_ask(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", "@ana", "Thanks!")
        assert office.chat.posted("@ana") == []


async def test_whoever_is_in_none_of_them_is_told_so(office: GuildOffice) -> None:
    office.chat.is_in["dan"] = ("chat:elm",)
    async with office.desk() as desk:
        await say(desk, office, "dan", "@dan", "My map is dark")
        assert told(question(office, "dan").content) == said("requester.no_server")
        assert await number_of_tickets(desk) == 0


async def test_what_follows_a_closed_ticket_stays_in_its_server(office: GuildOffice) -> None:
    async with office.desk() as desk:
        first = await say(desk, office, "ana", "@ana", "The map does not load")
        await office.chat.presses("ana", question(office, "ana"), "Pine")
        await office.chat.orders("bo", "desk close", "IT-1", reason="done")
        await settle(desk)
        await office.chat.says("ana", "@ana", "And now my invoice is wrong", thread=first)
        await settle(desk)
        found = await ticket(desk, 2)
        assert (found.team, found.community) == ("pine", "pine")


async def test_a_command_in_direct_messages_asks_by_its_form(office: GuildOffice) -> None:
    async with office.desk() as desk:
        location = Location(channel=ChannelRef("chat", "@ana"))
        opened = desk.intake.form_for(
            CommandGiven(
                key="k1", actor=office.chat.person("ana"), location=location, at=office.clock.now(),
                group="ticket", words="open",
            )
        )  # fmt: skip
        assert isinstance(opened, Form)
        assert opened.fields[0].choices == (("chat:pine", "Pine"), ("chat:oak", "Oak"))
        in_channel = VerbChosen(
            key="k2", actor=office.chat.person("ana"), location=Location(channel=ChannelRef("chat", OF_PINE)),
            at=office.clock.now(), verb="ticket open",
        )  # fmt: skip
        on_behalf = replace(in_channel, location=location, verb="desk on-behalf-of")
        assert desk.intake.form_for(on_behalf) is None, "it is for agents, and Ana is none"
        for_somebody = desk.intake.form_for(replace(on_behalf, actor=office.chat.person("bo")))
        assert isinstance(for_somebody, Form)
        assert for_somebody.fields[0].name == "community"
        form = desk.intake.form_for(in_channel)
        assert isinstance(form, Form)
        assert [each.name for each in form.fields] == ["text", "category", "private"]


async def test_a_command_that_does_not_say_which_server_opens_nothing(office: GuildOffice) -> None:
    async with office.desk() as desk:
        reply = await office.chat.orders("ana", "ticket open", channel="@ana", text="My invoice is wrong")
        assert words(reply) == said("refusals.which_server", command="/ticket open")
        assert await number_of_tickets(desk) == 0
        await office.chat.orders(
            "ana", "ticket open", channel="@ana", text="My invoice is wrong", community="chat:pine"
        )
        assert (await ticket(desk)).team == "pine"


async def test_in_a_channel_nobody_can_ask_for_another_server(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await office.chat.orders(
            "ana", "ticket open", channel=OF_PINE, text="My invoice is wrong", community="chat:oak"
        )
        assert (await ticket(desk)).team == "pine"


async def test_the_team_is_told_once_that_the_requester_left_the_server(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", OF_PINE, "The map does not load")
        await say(desk, office, "ana", OF_OAK, "The sound is off")
        for time in (1, 2):
            await office.chat.leaves("ana", "chat:pine", time=time)
            await settle(desk)
        (of_pine,), (of_oak,) = office.chat.posted("team-it"), office.chat.posted("oak-team")
        assert office.chat.reads_channel("team-it", thread=of_pine.id) == [
            said("team.requester_left", name="Ana Alves", reference="IT-1")
        ]
        assert office.chat.reads_channel("oak-team", thread=of_oak.id) == []
        history = words(await office.chat.orders("bo", "desk history", "IT-1"))
        assert history.endswith(said("history.left", name="Ana Alves"))


async def test_nobody_is_told_about_a_ticket_that_is_done(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", OF_PINE, "The map does not load")
        await office.chat.orders("bo", "desk resolve", "IT-1", resolution="All done")
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        before = office.chat.reads_channel("team-it", thread=card.id)
        await office.chat.leaves("ana", "chat:pine")
        await settle(desk)
        assert office.chat.reads_channel("team-it", thread=card.id) == before


async def test_nobody_is_remembered_for_having_left(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await office.chat.leaves("ana", "chat:pine")
        await office.chat.leaves("dan", "chat:elm")
        met = await desk.storage.read(lambda uow: uow.people.find_many(["chat:ana", "chat:dan"]))
    assert met == {}


def transfer_form(
    office: GuildOffice, desk: DeskProcess, channel: str, *, by: str = "bo", **fields: Any
) -> list[str]:
    pressed = VerbChosen(
        key="k1", actor=office.chat.person(by), location=Location(channel=ChannelRef("chat", channel)),
        at=office.clock.now(), verb="desk transfer", ticket="IT-1", **fields,
    )  # fmt: skip
    form = desk.intake.form_for(pressed)
    assert isinstance(form, Form)
    return [title for _, title in form.fields[0].choices]


async def test_a_card_offers_no_team_of_the_other_server(office: GuildOffice) -> None:
    async with office.desk() as desk:
        assert transfer_form(office, desk, "team-it") == ["Pine helpers", "Safety"]
        assert transfer_form(office, desk, "oak-team", by="cleo") == ["Oak helpers", "Safety"]
        everywhere = ["Pine helpers", "Oak helpers", "Safety"]
        assert transfer_form(office, desk, "escalations", by="lee") == everywhere
        assert transfer_form(office, desk, "team-it", is_on_private_reply=True) == everywhere


async def test_no_macro_and_no_team_of_the_other_server_is_offered_while_one_types(
    office: GuildOffice,
) -> None:
    async with office.desk() as desk:
        await say(desk, office, "ana", OF_PINE, "The map does not load")
        bo = office.chat.person("bo")

        async def offered(verb: str, option: str) -> list[str]:
            location = Location(channel=ChannelRef("chat", "team-it"))
            wanted = SuggestionsWanted(
                actor=bo, location=location, verb=verb, option=option, typed="", ticket="IT-1"
            )
            return [value for value, _ in await desk.intake.suggest(wanted)]

        assert await offered("desk transfer", "team") == ["safety"]
        assert await offered("desk macro", "macro") == ["later", "to-safety"]
