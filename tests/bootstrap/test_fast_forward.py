"""Fast-forward is quick over quiet hours, and yet everything comes when it is due."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap.fast_forward import GRID, FastForward
from bot.bootstrap.process import DeskProcess
from bot.clocks import ShiftedClock
from bot.demo import DESK_FILE
from bot.domain.events import SlaStageReached
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.settings import Settings
from storage import migrate
from storage.store import DeskStorage

NIGHT = timedelta(hours=12)


@pytest.fixture
def clock(tmp_path: Path) -> ShiftedClock:
    return ShiftedClock(tmp_path / "clock.json")


async def test_a_quiet_night_is_crossed_from_quarter_to_quarter(
    sqlite_storage: DeskStorage, clock: ShiftedClock
) -> None:
    told: list[datetime] = []

    async def nothing() -> int:
        return 0

    async def never() -> None:
        raise AssertionError("nothing was done that people could see")

    forward = FastForward(
        clock=clock, storage=sqlite_storage, tick_timers=nothing, tick_all=nothing, settle=never
    )
    until = clock.now() + NIGHT
    assert until <= await forward(NIGHT, told.append) < until + timedelta(minutes=1)
    assert len(told) <= NIGHT / GRID + 1
    off_grid_s = [at.timestamp() % GRID.total_seconds() for at in told[:-1]]
    assert all(each < 60 for each in off_grid_s)


async def test_a_year_takes_no_more_stops_than_it_may(
    sqlite_storage: DeskStorage, clock: ShiftedClock
) -> None:
    told: list[datetime] = []

    async def nothing() -> int:
        return 0

    async def settle() -> None: ...

    forward = FastForward(
        clock=clock, storage=sqlite_storage, tick_timers=nothing, tick_all=nothing, settle=settle
    )
    await forward(timedelta(days=365), told.append)
    assert len(told) <= 2_001
    assert told[-1] >= datetime.now(UTC) + timedelta(days=364)


async def test_what_stays_due_whatever_is_done_does_not_hold_the_clock_up(
    sqlite_storage: DeskStorage, clock: ShiftedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = clock.now()
    monkeypatch.setattr("bot.bootstrap.fast_forward._next_due", lambda _: stuck)
    told: list[datetime] = []

    async def nothing() -> int:
        return 0

    async def settle() -> None: ...

    forward = FastForward(
        clock=clock, storage=sqlite_storage, tick_timers=nothing, tick_all=nothing, settle=settle
    )
    until = clock.now() + NIGHT
    assert await forward(NIGHT, told.append) >= until
    assert len(told) <= NIGHT / timedelta(minutes=1) + 2


async def test_the_way_is_written_down_once_and_a_restart_on_it_is_at_its_end(
    sqlite_storage: DeskStorage, clock: ShiftedClock, tmp_path: Path
) -> None:
    found: list[datetime] = []
    began = clock.now()

    async def kill() -> int:
        found.append(ShiftedClock(tmp_path / "clock.json").now())
        return 0

    async def settle() -> None: ...

    forward = FastForward(clock=clock, storage=sqlite_storage, tick_timers=kill, tick_all=kill, settle=settle)
    ended = await forward(NIGHT, lambda _: None)
    assert len(found) > 10
    assert min(found) >= began + NIGHT, "what was done on the way would be due again"
    assert abs(ShiftedClock(tmp_path / "clock.json").now() - ended) < timedelta(seconds=5)


async def test_alerts_of_a_night_come_at_their_minute(tmp_path: Path) -> None:
    settings = Settings.from_environ(
        {"DESKBELL_DATA_DIR": str(tmp_path), "DESKBELL_CONFIG": str(DESK_FILE), "DESKBELL_HTTP_PORT": "0"}
    )
    migrate(settings.database_url.get_secret_value())
    clock = ShiftedClock(tmp_path / "clock.json")
    began = time.monotonic()
    desk = DeskProcess(settings, clock=clock)
    await desk.start()
    try:
        async with desk.visitor() as visitor:
            for minute, text in enumerate(("The VPN drops", "My laptop is slow", "The printer is empty")):
                await visitor.say("ana", "help-it", f"/ticket open {text}")
                await visitor.call("POST", "/api/clock", who="ana", body={"forward_s": 60 + 7 * minute})
            await visitor.call("POST", "/api/clock", who="ana", body={"forward_s": NIGHT.total_seconds()})
        stages = await desk.storage.read(_stages_reached)
    finally:
        await desk.stop()
    assert len(stages) >= 12, "two targets each, with a half, a warning and a breach"
    took_s = time.monotonic() - began
    latest_s = max(entry.details["late_by_s"] for entry in stages)
    assert latest_s <= 1 + took_s, (
        "the desk's clock runs on while the machine works, and that alone may be late"
    )


def _stages_reached(uow: UnitOfWork) -> list[AuditEntry]:
    entries = uow.audit_log.recent(limit=200)
    return [entry for entry in entries if entry.event == SlaStageReached.stored_as]
