"""What consoles are told is made once for all who see the same, and never shared by readers of different sight."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.documents.console.console_frame import ConsoleFrame
from bot.domain.directory import Person
from bot.domain.notices.follower import Follower
from bot.domain.people.identity import Link, LinkWay
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.ports.console.news import ChangedTickets
from bot.ports.unit_of_work import UnitOfWork
from bot.services.search.ticket_search import SearchScope, visibility_in
from bot.workers.console.told_tickets import ConsoleWatcher, ToldTickets
from storage.engine.sqlite import SqliteSession
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.storage.sample_rows import NOW, a_numbered_ticket

GUS = Person(key="web:gus", name="Gus Garcia")
HAL = Person(key="web:hal", name="Hal Holt")
NIA = Person(key="web:nia", name="Nia North")
OLD_NIA = Person(key="slack:U7", name="Nia North")
READERS = (ANA, BO, CLEO, GUS, HAL, LEE, NIA)
COLUMNS = ("requester", "assignee", "team", "status")


@pytest.fixture
def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """The service desk goes by its title alone; Gus and Hal are of it, and Nia is of the network team."""
    teams = dict(everyday_desk().teams)
    teams["it"] = replace(teams["it"], is_anonymous=True, agents=teams["it"].agents | {GUS.key, HAL.key})
    teams["network"] = replace(teams["network"], agents=teams["network"].agents | {NIA.key})
    headless.desk = replace(everyday_desk(), teams=teams)
    return headless


def fill(uow: UnitOfWork) -> list[Ticket]:
    """One of each kind: whose team, whether private, who asked; Nia follows some, by either side."""
    for person in (*READERS, OLD_NIA):
        uow.people.remember(person)
    uow.identities.put(Link(account=OLD_NIA.key, other=NIA.key, way=LinkWay.CODE, by=LEE.key, at=NOW))
    made: list[Ticket] = []
    for team, is_private, asker in product(("it", "network", "people"), (False, True), (ANA, OLD_NIA, GUS)):
        ticket = a_numbered_ticket(
            uow,
            team=team,
            is_private=is_private,
            requester=asker.key,
            assignee=BO.key if team == "it" else None,
        )
        for person, side, is_removed in (
            (NIA, Side.TEAM, asker is not ANA),
            (CLEO, Side.REQUESTER, team != "people"),
        ):
            follower = Follower(
                ticket=ticket.id, person=person.key, side=side, added_by=BO.key, at=NOW, is_removed=is_removed
            )
            uow.followers.put(follower)
        made.append(ticket)
    return made


def told_of(desk: HeadlessDesk, uow: UnitOfWork, tickets: list[Ticket]) -> ToldTickets:
    return ToldTickets(uow, tickets, frame=ConsoleFrame(desk.contexts.desk), contexts=desk.contexts)


def console_of(person: Person, columns: tuple[str, ...] | None = COLUMNS) -> ConsoleWatcher:
    return ConsoleWatcher(person, language="en", columns=columns)


async def test_what_is_read_by_ticket_is_what_each_reader_may_see(desk: HeadlessDesk) -> None:
    tickets = await desk.storage.run(fill)

    def read(uow: UnitOfWork) -> None:
        told = told_of(desk, uow, tickets)
        for reader in READERS:
            context = desk.contexts.context(uow, reader)
            alone, together = (
                visibility_in(context, SearchScope.SEEN),
                told.sight(context, console_of(reader)),
            )
            for each in tickets:
                of_all = (together.covers(each), together.reads_notes(each))
                assert of_all == (alone.covers(each), alone.reads_notes(each)), (reader.name, each.reference)

    await desk.storage.read(read)


async def test_who_sees_the_same_is_told_the_same_and_nobody_is_told_what_is_another_ones(
    desk: HeadlessDesk,
) -> None:
    tickets = await desk.storage.run(fill)
    tickets = [each for each in tickets if each.requester != GUS.key]

    def read(uow: UnitOfWork) -> tuple[dict[str, ChangedTickets], dict[str, ChangedTickets]]:
        together = told_of(desk, uow, tickets)
        return (
            {each.name: together.of(console_of(each)) for each in READERS},
            {each.name: told_of(desk, uow, tickets).of(console_of(each)) for each in READERS},
        )

    shared, alone = await desk.storage.read(read)
    assert shared["Gus Garcia"] is shared["Hal Holt"]
    told = {name: (list(each.tickets), dict(each.rows)) for name, each in shared.items()}
    assert told == {name: (list(each.tickets), dict(each.rows)) for name, each in alone.items()}
    of_anas = next(each.reference for each in tickets if (each.team, each.requester) == ("it", ANA.key))
    assert "Bo Berg" in shared["Gus Garcia"].rows[of_anas]
    assert "Bo Berg" not in shared["Nia North"].rows[of_anas]
    assert "Service Desk" in shared["Nia North"].rows[of_anas]


async def test_another_reader_costs_no_reading(desk: HeadlessDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = await desk.storage.run(fill)
    fetch, sent = SqliteSession._fetch, list[str]()

    def noted(self: SqliteSession, sql: str, parameters: dict[str, Any]) -> Any:
        sent.append(sql)
        return fetch(self, sql, parameters)

    def read(uow: UnitOfWork) -> set[int]:
        monkeypatch.setattr(SqliteSession, "_fetch", noted)
        told = told_of(desk, uow, tickets)
        first = id(told.of(console_of(GUS)))
        read_for_one = len(sent)
        others = {id(told.of(console_of(replace(HAL, key=f"web:hal{number}")))) for number in range(50)}
        monkeypatch.setattr(SqliteSession, "_fetch", fetch)
        assert (read_for_one > 0, len(sent)) == (True, read_for_one)
        return others - {first}

    assert len(await desk.storage.read(read)) == 1
