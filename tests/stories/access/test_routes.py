"""Every address of the desk, by everybody: what they may not read, they are not told in any answer."""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from aiohttp import web

from bot.ports.sessions.sign_ins import Right
from tests.stories.access.planted import (
    SECRET,
    Guest,
    Planted,
    PlantedDesk,
    planted_desk,
    readers,
)
from tests.stories.access.walk import (
    WITHOUT_SESSION,
    Asked,
    Told,
    Walk,
    ask,
    noting,
    unfilled,
    walk_of,
)

OUTSIDE = ("nobody", "ended session")
RIGHTS = {
    "foreign agent": {Right.SIGNED_IN, Right.AGENT},
    "agent": {Right.SIGNED_IN, Right.AGENT},
    "lead": {Right.SIGNED_IN, Right.AGENT, Right.LEAD},
    "admin": {Right.SIGNED_IN, Right.ADMIN},
}
FORGED_FOR = ("requester", "lead", "admin")
"""So that each right is somebody's."""
ASKING_HEADS = ("nobody", "other employee", "foreign agent")
OWN_TO_ADMINS = "verb=desk-admin+audit"
"""The log of what was done tells administrators of every ticket, and nobody's words."""
KEPT = (
    "tickets",
    "audit_log",
    "messages",
    "outbox",
    "followers",
    "reminders",
    "time_entries",
    "desk_versions",
)


class Matrix:
    """What is wrong is gathered, so that one run tells of all of it."""

    def __init__(self, desk: PlantedDesk, folder: Path) -> None:
        self.desk = desk
        self.url = desk.office.desk.http.url
        self.folder = folder
        self.walk: Walk = walk_of(desk.office.desk.http.rights())
        self.wrong: list[str] = []
        self.seen: dict[tuple[str, str], set[str]] = defaultdict(set)

    async def reads(self, guest: Guest) -> None:
        await self._goes(guest, safe=True)

    async def writes(self, guest: Guest) -> None:
        await self._goes(guest, safe=False)
        for asked in self.walk.asked(self.desk.absent, safe=False, is_end=True):
            self._look(guest, asked, await ask(guest, self.url, asked, token=guest.token))

    async def is_forged(self, guest: Guest) -> None:
        """Without the token, with another's and from another site: nothing comes of it."""
        before = self.kept()
        asked_at = {each.route.name: each for each in self.walk.asked(self.desk.tickets[1], safe=False)}
        for name, asked in asked_at.items():
            if name in WITHOUT_SESSION or asked.route.method == "*":
                continue
            for token, origin in ((None, "null"), ("0", "null"), (guest.token, "http://evil.example")):
                told = await ask(guest, self.url, asked, token=token, origin=origin)
                self._check(told.status == 403, guest, asked, f"forged, and answered {told.status}")
        self._check(before == self.kept(), guest, None, "what was forged changed something")

    async def _goes(self, guest: Guest, *, safe: bool) -> None:
        """The ticket that there is not is asked for beside each other: its answer is what to compare with."""
        done: set[Asked] = set()
        for ticket in self._tickets(guest):
            before, as_it_was = self.kept(), self.of_ticket(ticket)
            named = {each.named_for: each for each in self.walk.asked(self.desk.absent, safe=safe)}
            for there in self.walk.asked(ticket, safe=safe):
                if there in done or (there.route.method == "HEAD" and guest.role not in ASKING_HEADS):
                    continue
                done.add(there)
                told = await ask(guest, self.url, there, token=guest.token)
                self._look(guest, there, told)
                none = named[there.named_for]
                if there != none and self._is_hidden(guest, ticket, there):
                    absent = await ask(guest, self.url, none, token=guest.token)
                    self._compare(guest, there, told, absent, ticket)
            await self.desk.office.settle()
            if not safe and guest.role not in self._may(ticket):
                unchanged = as_it_was == self.of_ticket(ticket)
                self._check(unchanged, guest, None, f"changed {ticket.kind}")
            elif safe:
                self._check(before == self.kept(), guest, None, f"reading changed something: {ticket.kind}")

    def _tickets(self, guest: Guest) -> Sequence[Planted]:
        return self.desk.tickets[1:2] if guest.role in OUTSIDE else self.desk.tickets

    def _may(self, ticket: Planted) -> frozenset[str]:
        return readers(ticket.kind, "console")[0]

    def _is_hidden(self, guest: Guest, ticket: Planted, asked: Asked) -> bool:
        if asked.route.side == "requests":
            return guest.role not in readers(ticket.kind, "requests")[0]
        if guest.role == "admin" and OWN_TO_ADMINS in asked.path:
            return False
        return ticket.kind in SECRET and guest.role not in self._may(ticket)

    def _look(self, guest: Guest, asked: Asked, told: Told) -> None:
        self._check(told.status < 500, guest, asked, f"answered {told.status}")
        right = asked.route.right
        if guest.role in OUTSIDE and right is not Right.ANYBODY:
            is_sent_in = told.status == 303 and told.headers["Location"].startswith("/sign-in?next=")
            self._check(is_sent_in or told.status == 401, guest, asked, f"let in: {told.status}")
        elif right not in (Right.ANYBODY, *RIGHTS.get(guest.role, {Right.SIGNED_IN})):
            self._check(told.status == 403, guest, asked, f"has not the right, and got {told.status}")
        words = told.words()
        for ticket in self.desk.tickets:
            said, noted = readers(ticket.kind, asked.route.side)
            for theirs, may in ((ticket.said, said), (ticket.noted, noted)):
                found = {each for each in theirs if each in words}
                if guest.role in may:
                    self.seen[guest.role, asked.route.side] |= found
                    continue
                sent = f"{asked.path} {asked.body}"
                leaked = {each for each in found if each not in sent}
                self._check(not leaked, guest, asked, f"was told {leaked}")

    def _compare(self, guest: Guest, asked: Asked, there: Told, none: Told, ticket: Planted) -> None:
        mine, nothing = (each.as_if(ticket, self.desk.absent) for each in (there, none))
        self._check(mine == nothing, guest, asked, f"differs: {_difference(mine, nothing)}")

    def _check(self, holds: bool, guest: Guest, asked: Asked | None, what: str) -> None:
        if not holds:
            where = f"{asked.route.method} {asked.path} {asked.body}" if asked is not None else ""
            self.wrong.append(f"{guest.role}: {where} {what}")

    def kept(self) -> str:
        with sqlite3.connect(self.folder / "deskbell.db") as database:
            rows = [database.execute(f"select * from {each} order by 1").fetchall() for each in KEPT]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def of_ticket(self, ticket: Planted) -> str:
        number = int(ticket.reference.partition("-")[2])
        with sqlite3.connect(self.folder / "deskbell.db") as database:
            rows = database.execute("select * from tickets where number = ?", (number,)).fetchall()
            (found,) = database.execute("select id from tickets where number = ?", (number,)).fetchone()
            rows += database.execute("select * from audit_log where ticket_id = ?", (found,)).fetchall()
        return repr(rows)


def _difference(mine: object, nothing: object) -> str:
    one, other = repr(mine), repr(nothing)
    at = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return f"{one[max(at - 60, 0) : at + 90]} ≠ {other[max(at - 60, 0) : at + 90]}"


async def test_nobody_is_told_at_any_address_what_they_may_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: dict[str, set[str]] = {}
    async with planted_desk(folder) as desk:
        monkeypatch.setattr(web.Request, "query", noting(names))
        matrix = Matrix(desk, folder)
        for guest in desk.people.values():
            await matrix.reads(guest)
        for role in FORGED_FOR:
            await matrix.is_forged(desk.people[role])
        for guest in desk.people.values():
            await matrix.writes(guest)
    assert sorted({*matrix.walk.unknown, *unfilled(names)}) == []
    assert matrix.wrong == [], "\n".join(matrix.wrong[:40])
    for ticket in desk.tickets:
        for side in ("requests", "console"):
            said, noted = readers(ticket.kind, side)
            for theirs, may in ((ticket.said, said), (ticket.noted, noted)):
                for role in may & {"requester", "agent", "lead", "foreign agent"}:
                    if side == "requests" or role != "requester":
                        assert theirs <= matrix.seen[role, side], (role, side, ticket.kind)
