"""Files that somebody asked for are looked at once more when they are made: who may see what has changed by then."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.documents.document import RequestedDocument
from bot.documents.report import TABLES, about
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import Conversation, Side
from bot.messages.plain import plain
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.view import View
from bot.services.reports.reports import asked_of
from bot.views.renderer import render
from tests.said import said
from tests.storage.sample_rows import NOW, a_numbered_ticket, a_timer
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
WINDOW = {"since": NOW - timedelta(weeks=1), "until": NOW + timedelta(weeks=1), "now": NOW}


def row(person: str, teams: frozenset[str] | None, *, to: str | None = None) -> OutboxRow:
    asked = asked_of(DESK, teams=teams, compared=None, **WINDOW)
    channel = ChannelRef.direct(to or person)
    return OutboxRow(
        id=1,
        kind=RowKind.DOCUMENT,
        conversation=Conversation(id=1, ticket_id=None, side=Side.CHANNEL, channel=channel),
        subject=0,
        payload={"document": TABLES, "person": person, "about": about(asked, report="sla")},
        created_at=NOW,
    )


async def made(storage: Storage, asked_for: OutboxRow, *, desk: Desk = DESK) -> RequestedDocument | None:
    def work(uow: UnitOfWork) -> RequestedDocument | None:
        rendered = render(View(uow=uow, desk=desk, now=NOW), asked_for)
        assert rendered is None or isinstance(rendered, RequestedDocument)
        return rendered

    return await storage.read(work)


def kept(uow: UnitOfWork) -> None:
    over: dict[str, Any] = {"running_since": None, "due_at": None, "next_at": None, "stopped_at": NOW}
    a_timer(uow, a_numbered_ticket(uow), **over)


async def test_an_agent_gets_the_tables_of_their_team(storage: Storage) -> None:
    await storage.run(kept)
    document = await made(storage, row("web:bo", frozenset({"it"})))
    assert document is not None
    title = said("reports.heading_sla", teams="Service Desk")
    assert plain(document.heading) == said("reports.tables", title=title, period="23 Feb – 9 Mar 2026")
    assert [page.name for page in document.pages] == [
        "sla-it-2026-02-23-summary.csv",
        "sla-it-2026-02-23-targets.csv",
        "sla-it-2026-02-23-tickets.csv",
    ]


async def test_it_comes_in_the_language_of_whoever_asked(storage: Storage) -> None:
    def german(uow: UnitOfWork) -> None:
        kept(uow)
        uow.people.remember(Person(key="web:bo", name="Bo Berg", language="de"))

    await storage.run(german)
    document = await made(storage, row("web:bo", frozenset({"it"})))
    assert document is not None
    assert document.language == "de"
    assert "23. Feb. – 9. März 2026" in plain(document.heading)


@pytest.mark.parametrize(
    ("person", "teams"),
    [
        pytest.param("web:bo", frozenset({"it", "network"}), id="no longer of one of the teams"),
        pytest.param("web:bo", None, id="no longer an admin"),
        pytest.param("web:ana", frozenset({"it"}), id="in no team any more"),
    ],
)
async def test_who_may_no_longer_see_it_gets_nothing(
    storage: Storage, person: str, teams: frozenset[str] | None
) -> None:
    assert await made(storage, row(person, teams)) is None


async def test_it_goes_to_nobody_but_whoever_asked(storage: Storage) -> None:
    assert await made(storage, row("web:lee", None, to="web:bo")) is None
    assert await made(storage, row("web:lee", None)) is not None


async def test_a_team_that_is_no_more_can_still_be_read_by_admins(storage: Storage) -> None:
    await storage.run(kept)
    without = replace(DESK, teams={name: team for name, team in DESK.teams.items() if name != "network"})
    document = await made(storage, row("web:lee", frozenset({"network"})), desk=without)
    assert document is not None
    assert "network" in plain(document.heading)
