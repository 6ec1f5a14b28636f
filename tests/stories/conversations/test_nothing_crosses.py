"""Whatever people do in two servers that share a desk: what was asked in one stays with its own teams."""

import random
from pathlib import Path

import pytest

from bot.bootstrap.process import DeskProcess
from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import Notice
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from tests.stories.chat_office import GuildOffice, settle
from tests.stories.desk_files import TWO_SERVERS

PEOPLE = ("ana", "dan", "bo", "cleo", "lee")
WORDS = ("My invoice is wrong", "I report abuse", "The map does not load", "it is on floor 2", "Any news?")
AGENTS = ("bo", "cleo", "lee")
STEPS = 50


class Chance:
    """Somebody does something: who, what and where is left to this seed."""

    def __init__(self, office: GuildOffice, seed: int) -> None:
        self._office = office
        self._random = random.Random(seed)
        self._said: list[tuple[str, str, str]] = []
        """Who said it, in which channel, and its id."""

    async def begins(self, desk: DeskProcess) -> None:
        """However it goes on: each server has been asked by three people."""
        for who in PEOPLE[:3]:
            for channel in ("help", "oak-help"):
                await self._say(who, channel)
        await settle(desk)

    async def step(self, desk: DeskProcess) -> None:
        deed = self._random.choice(
            [self._asks, self._asks_directly, self._answers, self._commands, self._orders, self._chooses]
        )
        await deed()
        await settle(desk)

    async def _asks(self) -> None:
        await self._say(self._one(PEOPLE), self._one(("help", "oak-help")))

    async def _asks_directly(self) -> None:
        who = self._one(PEOPLE)
        await self._say(who, f"@{who}")

    async def _answers(self) -> None:
        if self._said:
            _, channel, message = self._random.choice(self._said)
            who = channel.removeprefix("@") if channel.startswith("@") else self._one(PEOPLE)
            await self._office.chat.says(who, channel, self._one(WORDS), thread=message)

    async def _commands(self) -> None:
        who = self._one(PEOPLE)
        channel = self._one(("help", "oak-help", f"@{who}"))
        options = {"text": self._one(WORDS)}
        if self._random.random() < 0.5:
            options["community"] = self._one(("chat:pine", "chat:oak", "chat:elm"))
        await self._office.chat.orders(who, "ticket open", channel=channel, **options)

    async def _orders(self) -> None:
        ticket = f"IT-{self._random.randint(1, 8)}"
        verb, options = self._random.choice(
            [
                *[("desk transfer", {"team": team}) for team in ("pine", "oak", "safety")],
                ("desk macro", {"macro": "to-oak"}),
                ("desk close", {}),
                ("ticket reopen", {}),
                ("ticket separate", {}),
            ]
        )
        await self._office.chat.orders(self._one(AGENTS), verb, ticket, **options)

    async def _chooses(self) -> None:
        who = self._one(PEOPLE)
        asked = [
            each
            for each in self._office.chat.posted(f"@{who}")
            if isinstance(each.content, Notice)
            and any(b.options.get("community") for b in each.content.buttons)
        ]
        if asked:
            await self._office.chat.presses(who, self._random.choice(asked), self._one(("Pine", "Oak")))

    async def _say(self, who: str, channel: str) -> None:
        said = await self._office.chat.says(who, channel, self._one(WORDS))
        self._said.append((who, channel, said))

    def _one(self, choices: tuple[str, ...]) -> str:
        return self._random.choice(choices)


def everything(uow: UnitOfWork) -> list[tuple[Ticket, list[Conversation]]]:
    tickets = uow.tickets.search(TicketFilter(statuses=frozenset(Status)), limit=500)
    return [(ticket, list(uow.conversations.of_ticket(ticket.id))) for ticket in tickets]


@pytest.mark.seeds(0, 1, 2, 3, 4, 5)
async def test_no_ticket_is_ever_with_a_team_of_the_other_server(folder: Path, seed: int) -> None:
    office = GuildOffice(folder, config=TWO_SERVERS)
    office.chat.servers = {
        "help": "chat:pine",
        "team-it": "chat:pine",
        "oak-help": "chat:oak",
        "oak-team": "chat:oak",
    }
    office.chat.is_in = dict.fromkeys(PEOPLE, ("chat:pine", "chat:oak"))
    chance = Chance(office, seed)
    async with office.desk() as desk:
        await chance.begins(desk)
        for _ in range(STEPS):
            await chance.step(desk)
        found = await desk.storage.read(everything)
        teams = desk.in_force.desk().teams
    assert len(found) > 5
    assert {ticket.community for ticket, _ in found} == {"pine", "oak"}
    theirs = {"pine": {"team-it", "escalations"}, "oak": {"oak-team", "escalations"}}
    for ticket, conversations in found:
        assert teams[ticket.team].community in (None, ticket.community)
        assert ticket.community is not None
        on_teams_side = {each.channel.channel for each in conversations if each.side is Side.TEAM}
        assert on_teams_side <= theirs[ticket.community]
