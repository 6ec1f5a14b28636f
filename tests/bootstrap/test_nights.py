"""A night that is put forward at once is the same night as one that is gone through from quarter to quarter.

At once, cards, boards and alerts are drawn when it is over; whatever is new comes at its minute in both.
"""

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.bootstrap.fast_forward import GRID
from bot.bootstrap.process import DeskProcess
from bot.clocks import ShiftedClock
from bot.demo import DESK_FILE
from bot.settings import Settings
from storage import migrate

EVENING = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
NIGHT = timedelta(hours=4)
APART = timedelta(seconds=97)
REQUESTS = (
    ("ana", "My keyboard does not work any more, please send me another."),
    ("dora", "The vpn drops every few minutes since this morning."),
    ("ana", "I need access to the shared folder of finance."),
    ("ana", "The wifi is down in room 4"),
    ("dora", "My payslip of October is wrong"),
)
_MADE_BY_CHANCE = re.compile(r"\d{15,}")
"""Ids of rows, which are in keys and buttons."""


class StandingClock(ShiftedClock):
    """It goes when it is put forward and never by itself, so that what comes is compared to the second."""

    def now(self) -> datetime:
        return EVENING + self._shift


@dataclass(frozen=True, kw_only=True)
class Night:
    """What was written down, and what people find in the morning. `edits` are how often messages were."""

    audit_log: list[Any]
    notices: list[Any]
    once_rows: list[Any]
    posts: list[Any]
    mentions: list[Any]
    edits: int


async def test_a_night_at_once_is_the_same_as_one_from_quarter_to_quarter(tmp_path: Path) -> None:
    at_once = await _night(tmp_path / "at once", steps=1)
    in_steps = await _night(tmp_path / "in steps", steps=NIGHT // GRID)
    alerts = [each for each in at_once.once_rows if each[0] == "ping"]
    assert len({at for _, at, *_ in alerts}) >= 12
    assert {"TicketAssigned", "EscalationStepTaken"} <= {event for _, event, *_ in at_once.audit_log}
    assert at_once.edits < in_steps.edits, "nobody sees how a card looked at three in the night"
    for part in ("audit_log", "notices", "once_rows", "mentions", "posts"):
        assert getattr(at_once, part) == getattr(in_steps, part), part
    assert replace(at_once, edits=0) == replace(in_steps, edits=0)


async def _night(folder: Path, *, steps: int) -> Night:
    await asyncio.to_thread(folder.mkdir)
    settings = Settings.from_environ(
        {"DESKBELL_DATA_DIR": str(folder), "DESKBELL_CONFIG": str(DESK_FILE), "DESKBELL_HTTP_PORT": "0"}
    )
    migrate(settings.database_url.get_secret_value())
    clock = StandingClock(folder / "clock.json")
    desk = DeskProcess(settings, clock=clock)
    await desk.start()
    await desk.scheduler.stop()  # what it ticks by real time comes at whatever moment the night is at
    try:
        async with desk.visitor() as visitor:
            for who, text in REQUESTS:
                await visitor.say(who, "help-it", text)
                await desk.settled()
                clock.forward(APART)
            await visitor.say("bo", "team-it", "/desk claim IT-1")
            await visitor.say("cleo", "team-network", "/desk wait IT-2")
            clock.forward(GRID - len(REQUESTS) * APART)
            for _ in range(steps):
                body = {"forward_s": (NIGHT / steps).total_seconds()}
                await visitor.call("POST", "/api/clock", who="bo", body=body)
            await desk.settled()
    finally:
        await desk.stop()
    return _found(folder)


def _found(folder: Path) -> Night:
    desk, workspace = folder / "deskbell.db", folder / "workspace.db"
    numbers = "SELECT number FROM tickets WHERE tickets.id = ticket_id"
    return Night(
        audit_log=_rows(
            desk, f"SELECT ({numbers}), event, actor, at, details FROM audit_log ORDER BY at, 1, id"
        ),
        notices=sorted(_rows(desk, f"SELECT *, ({numbers}) FROM notices"), key=str),
        once_rows=sorted(
            _rows(
                desk,
                "SELECT kind, created_at, payload, state FROM outbox WHERE kind IN ('ping', 'notice', 'digest')",
            ),
            key=str,
        ),
        posts=_rows(
            workspace,
            "SELECT at, channel, thread, author, text, content, is_deleted FROM messages ORDER BY channel, at, id",
        ),
        mentions=_rows(
            workspace,
            "SELECT DISTINCT person, mentions.channel, at FROM mentions JOIN messages ON messages.id = message"
            " WHERE is_deleted = 0 ORDER BY 1, 2, 3",
        ),
        edits=_rows(workspace, "SELECT sum(revision) FROM messages")[0][0],
    )


def _rows(database: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return [tuple(map(_plain, row)) for row in connection.execute(question)]


def _plain(value: Any) -> Any:
    """Without the ids that are made by chance, and without what buttons did that a message had before."""
    if not isinstance(value, str):
        return "id" if isinstance(value, int) and value > 10**17 else value
    if value.startswith("{") and "past" in (found := json.loads(value)):
        del found["past"]
        value = json.dumps(found)
    return _MADE_BY_CHANCE.sub("id", value)
