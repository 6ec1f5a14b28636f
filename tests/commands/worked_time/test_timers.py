"""Which ticket a timer is started on."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


@pytest.fixture
async def at_work(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path)
    await at_work.asks()
    return at_work


async def test_where_none_is_named_ones_own_are_offered(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk claim IT-1")
    assert await at_work.types(BO, "/desk time start") == said("commands.which_ticket")
    (label,) = at_work.buttons()
    assert await at_work.presses(BO, label) == said("time.started", reference="IT-1", longest="8 h")


async def test_a_ticket_that_there_is_not_is_unknown(at_work: DeskAtWork) -> None:
    unknown = said("commands.unknown_ticket", reference="IT-9", command="/desk queue")
    assert await at_work.types(BO, "/desk time start IT-9") == unknown


async def test_requesters_have_no_timers(at_work: DeskAtWork) -> None:
    for typed in ("start IT-1", "stop"):
        verb = f"/desk time-{typed.partition(' ')[0]}"
        refused = said("commands.agents_only", command=verb, ask="/ticket open")
        assert await at_work.types(ANA, f"/ticket time {typed}") == refused
