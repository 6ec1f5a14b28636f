"""A desk on a database that was filled, with everything on that a desk can have on; and all that is done there.

Nothing happens by itself: workers tick when a chore ticks them.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import aiohttp

from bot.bootstrap.workers import WORKERS
from bot.commands.catalogue import all_commands
from bot.documents.console.ticket_table import ticket_table
from bot.domain.directory import ChannelRef, Person
from bot.messages.inbound import CommandGiven, Location, MessagePosted, SuggestionsWanted, message_key
from bot.ports.console.tickets import TableChoice
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.view import View
from bot.views.home import home
from bot.workers.history.unfinished_tickets import UnfinishedTickets
from tests.stories.office import Office, open_office

MONDAY_9: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DESK: Final = Path(__file__).with_name("desk.yaml")
HELP, TEAM = ChannelRef("web", "help-it"), ChannelRef("web", "team-it")
Chore = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class GrownOffice:
    office: Office
    numbers: "count[int]"

    def types(self, who: str, command: str) -> Chore:
        group, _, typed = command.partition(" ")

        async def do() -> object:
            event = CommandGiven(
                key=f"typed-{next(self.numbers)}",
                actor=_person(who),
                location=Location(channel=TEAM if who != "dan" else HELP),
                at=self.office.clock.now(),
                group=group,
                words=typed,
            )
            return await self.office.desk.intake.take(event)

        return do

    async def asks(self) -> None:
        """Dan asks, and Bo answers."""
        await self._says("dan", "My mouse is dead", thread=None)

    async def _says(self, who: str, text: str, *, thread: str | None) -> None:
        message = f"said-{next(self.numbers)}"
        event = MessagePosted(
            key=message_key(HELP, message),
            actor=_person(who),
            location=Location(channel=HELP, thread=thread),
            at=self.office.clock.now(),
            message_id=message,
            text=text,
        )
        await self.office.desk.intake.take(event)

    async def answers(self) -> None:
        await self._says("bo", "It is on its way", thread="root1-55")

    def is_suggested(self, verb: str, option: str, typed: str) -> Chore:
        wanted = SuggestionsWanted(
            actor=_person("bo"), location=Location(channel=TEAM), verb=verb, option=option, typed=typed
        )
        return partial(self.office.desk.intake.suggest, wanted)

    def ticks(self, worker: str) -> Chore:
        return self.office.desk.workers[worker].tick

    def looks_home(self, who: str) -> Chore:
        def look(uow: UnitOfWork) -> object:
            desk = self.office.desk.in_force.desk()
            return home(View(uow=uow, desk=desk, now=self.office.clock.now()), f"web:{who}")

        return lambda: self.office.desk.storage.read(look)

    def opens_table(self, who: str, choice: TableChoice) -> Chore:
        """The console's tickets: a page of the list, and what stands beside the views' names."""

        def look(uow: UnitOfWork) -> object:
            return ticket_table(self.office.desk.contexts.context(uow, _person(who)), choice)

        return lambda: self.office.desk.storage.read(look)

    async def is_probed(self) -> object:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.office.desk.http.url}/readyz") as answer,
        ):
            return await answer.json()

    async def catches_up(self, newest: int | None = None) -> object:
        return await UnfinishedTickets(self.office.desk.storage, platform="web").ids(newest=newest)

    async def settles(self) -> None:
        """Everything is shown."""
        self.office.desk.delivering.wake()
        await self.office.desk.settled()


@asynccontextmanager
async def open_grown(url: str, folder: Path, *, config: Path = DESK) -> AsyncIterator[GrownOffice]:
    """The desk on this database; its files and its page are in the folder."""
    async with open_office(
        folder, config=config, at=MONDAY_9, secrets={"DESKBELL_DATABASE_URL": url}
    ) as office:
        await office.desk.scheduler.stop()
        yield GrownOffice(office=office, numbers=count(1))


def _person(who: str) -> Person:
    return Person(key=f"web:{who}", name=who.title())


TYPED: Final = (
    ("bo", "desk queue"),
    ("bo", "desk queue overdue"),
    ("bo", "desk queue at-risk"),
    ("bo", "desk queue unassigned"),
    ("bo", "desk queue page:5"),
    ("bo", "desk mine"),
    ("bo", "desk next"),
    ("bo", "desk view waiting-on-us"),
    ("bo", "desk search tag:tag7"),
    ("bo", "desk search is:open opened:<2w"),
    ("bo", "desk search resolved:<1w team-then:it by:me"),
    ("bo", "desk search resolved:still,<1w team-then:it"),
    ("bo", "desk search answered:late,<1w"),
    ("bo", "desk search reopened:<1w"),
    ("bo", "desk search missed:first-response,<1w priority-then:normal"),
    ("bo", "desk search met:<3h team-then:it"),
    ("bo", "desk search opened:<1w hour:mon-09 team-then:it"),
    ("bo", "desk search worked:<1w team-then:it by:me"),
    ("bo", "desk search was-open:yesterday team-then:it"),
    ("bo", "desk search shown:solved,<1d team-then:it"),
    ("bo", "desk search shown:nothing,<1d"),
    ("bo", "desk search shown:no-help,<1d article:vpn7"),
    ("bo", "desk search article:vpn7"),
    ("bo", "desk search group:web:@netops"),
    ("bo", "desk search group:floor opened:<1w"),
    ("bo", "desk search language:de opened:<1w"),
    ("bo", "desk search field:asset_tag=T77"),
    ("bo", "desk search tag:none opened:<1w"),
    ("bo", "desk search group:none inbox:none opened:<1w"),
    ("bo", "desk claim"),
    ("bo", "desk reopen"),
    ("bo", "desk show IT-55"),
    ("bo", "desk history IT-55"),
    ("bo", "desk similar IT-50"),
    ("bo", "desk who @dan"),
    ("bo", "desk on-call"),
    ("bo", "desk reminders"),
    ("bo", "desk problems 12 weeks"),
    ("dan", "ticket list"),
    ("dan", "ticket search Subject"),
    ("dan", "ticket show"),
    ("dan", "ticket reopen"),
    ("lee", "desk report"),
    ("lee", "desk report 12 weeks"),
    ("lee", "desk-admin status"),
    ("lee", "desk-admin audit"),
    ("lee", "desk-admin outbox"),
    ("lee", "desk-admin notices IT-55"),
)
SUGGESTED: Final = (
    ("desk claim", "ticket", ""),
    ("desk claim", "ticket", "Subject 77"),
    ("desk claim", "ticket", "nothing like it"),
    ("desk show", "ticket", "nothing like it"),
    ("desk reopen", "ticket", ""),
    ("desk tag", "tags", ""),
    ("desk search", "query", "tag:"),
    ("desk search", "query", "from:per"),
)
CONSOLE_LISTS: Final = (
    TableChoice(),
    TableChoice(page=5),
    TableChoice(sought="is:open", order="newest"),
    TableChoice(sought="tag:tag7"),
)
FIRST: Final = ("auto_close", "seen_events", "similar_requests", "assignments", "nudge_backlog", "surveys")


def examples_of(grown: GrownOffice) -> dict[str, Chore]:
    """Each command as its help shows it, by somebody who may do everything; without words where it shows none."""
    return {
        f"/{each.group} {typed} (lee)": grown.types("lee", f"{each.group} {typed}")
        for each in all_commands()
        if (typed := each.example or each.verb)
    }


def chores_of(grown: GrownOffice) -> dict[str, Chore]:
    """By the name that people know each by."""
    chores: dict[str, Chore] = {
        "a request": grown.asks,
        "an answer in a thread": grown.answers,
        "/readyz": grown.is_probed,
        "delivery": grown.settles,
        "catch-up: all that is unfinished": grown.catches_up,
        "catch-up: the newest": partial(grown.catches_up, 50),
    }
    chores |= {f"/{command} ({who})": grown.types(who, command) for who, command in TYPED}
    chores |= {f"suggested: {' '.join(each)}": grown.is_suggested(*each) for each in SUGGESTED}
    chores |= {
        f"the console's tickets: {each.sought or 'queue'}, page {each.page}": grown.opens_table("bo", each)
        for each in CONSOLE_LISTS
    }
    chores |= {f"home of {who}": grown.looks_home(who) for who in ("bo", "lee", "dan")}
    chores |= {
        f"tick: {each.name}": grown.ticks(each.name) for each in WORKERS if each.name != "outbox_worker"
    }
    return chores
