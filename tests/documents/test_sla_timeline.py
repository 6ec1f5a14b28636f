"""A ticket's clocks as files: for its requester and its team, and for nobody else."""

from dataclasses import replace

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.documents.document import RequestedDocument, TextFile
from bot.documents.sla_timeline import CLOCKS, as_text, time_line
from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import Conversation, Side
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.view import View
from bot.services.sla.explanation import TimerExplanation
from bot.views.renderer import render
from tests.domain.sla.random_lives import BEN, Life
from tests.domain.sla.sample_policies import POLICY, hours, on
from tests.domain.sla.test_ledger import replays
from tests.said import said
from tests.storage.sample_rows import NOW, a_numbered_ticket, a_timer
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)


def explained(life: Life) -> list[TimerExplanation]:
    return [
        TimerExplanation(
            timer=each.timer, elapsed=each.timer.elapsed(life.now, policy=each.policy), replayed=each
        )
        for each in replays(life)
    ]


async def made(storage: Storage, person: str, *, time_zone: str | None = None) -> RequestedDocument | None:
    def work(uow: UnitOfWork) -> RequestedDocument | None:
        uow.people.remember(Person(key=person, name=person, time_zone=time_zone))
        ticket = a_numbered_ticket(uow)
        a_timer(uow, ticket)
        row = OutboxRow(
            id=1,
            kind=RowKind.DOCUMENT,
            conversation=Conversation(
                id=1, ticket_id=None, side=Side.CHANNEL, channel=ChannelRef.direct(person)
            ),
            subject=ticket.id,
            payload={"document": CLOCKS, "person": person, "about": {}},
            created_at=NOW,
        )
        rendered = render(View(uow=uow, desk=DESK, now=NOW), row)
        assert rendered is None or isinstance(rendered, RequestedDocument)
        return rendered

    return await storage.run(work)


@pytest.mark.parametrize("person", ["web:ana", "web:bo"])
async def test_requester_and_team_get_the_account(storage: Storage, person: str) -> None:
    document = await made(storage, person)
    assert document is not None
    assert [page.name.rpartition("-")[2] for page in document.pages] == ["clocks.txt"]


@pytest.mark.parametrize(
    ("theirs", "shown"), [("Asia/Tokyo", "Asia/Tokyo"), ("Mars/Olympus", "UTC"), (None, "UTC")]
)
async def test_times_are_those_of_whoever_asked_else_those_of_the_team(
    storage: Storage, theirs: str | None, shown: str
) -> None:
    document = await made(storage, "web:ana", time_zone=theirs)
    assert document is not None
    (account,) = document.pages
    assert isinstance(account, TextFile)
    heading = said("reports.timeline_text", reference="IT-1", subject="My laptop does not start", zone=shown)
    assert account.text.startswith(f"{heading}\n\n")


async def test_nobody_else_does(storage: Storage) -> None:
    assert await made(storage, "web:dan") is None


def test_what_is_counted_after_the_due_time_is_drawn_as_late() -> None:
    life = Life.begun(POLICY, at=on("fri 10:00"))
    life.passes(hours(6))

    picture = time_line(explained(life), life.ticket, zone="Europe/Berlin", language="en")

    first, resolution = picture["lanes"]
    assert first["due"] == on("fri 14:00").timestamp()
    assert [(span["kind"], span["until"] - span["from"]) for span in first["spans"]] == [
        ("counted", 4 * 3600),
        ("late", 2 * 3600),
    ]
    assert [span["kind"] for span in resolution["spans"]] == ["counted"]
    assert first["note"] == said("reports.timeline_counted", length="6 h", limit="4 h")
    assert resolution["note"] == said("reports.timeline_counted", length="6 h", limit="16 h")


def test_who_was_waited_for_is_drawn() -> None:
    life = Life.begun(POLICY, at=on("fri 10:00"))
    life.does(life.ticket.wait(actor=BEN, at=life.now))
    life.passes(hours(1))
    life.does(life.ticket.hold(actor=BEN, at=life.now))
    life.passes(hours(1))

    _, resolution = time_line(explained(life), life.ticket, zone="Europe/Berlin", language="en")["lanes"]

    assert [span["kind"] for span in resolution["spans"]] == ["requester", "held"]


def test_a_clock_that_the_history_does_not_tell_of_is_said_to_be_so_and_not_drawn() -> None:
    life = Life.begun(POLICY, at=on("fri 10:00"))
    life.passes(hours(6))
    untold = [replace(each, replayed=None) for each in explained(life)]

    account = as_text(untold, life.ticket, zone="Europe/Berlin", language="en", sees_policy=True)

    assert said("sla.untold", elapsed="6 h", target="4 h") in account
    assert time_line(untold, life.ticket, zone="Europe/Berlin", language="en") == {}
