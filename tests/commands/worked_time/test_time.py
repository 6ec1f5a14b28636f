"""How `/desk time` is understood: what is logged, listed and asked."""

from datetime import timedelta
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


async def test_what_follows_the_ticket_is_logged_and_without_it_the_list_is_shown(
    at_work: DeskAtWork,
) -> None:
    assert "25 min" in await at_work.types(BO, "/desk time IT-1 25m cable")
    assert (await at_work.ticket()).worked == timedelta(minutes=25)
    heading = said("time.heading", reference="IT-1", total="25 min")
    assert heading in await at_work.types(BO, "/desk time IT-1")


async def test_where_no_ticket_is_named_they_are_offered_and_the_time_is_kept(at_work: DeskAtWork) -> None:
    offered = await at_work.types(BO, "/desk time 25m cable")
    assert offered == said("commands.which_ticket")
    (label,) = at_work.buttons()
    assert "25 min" in await at_work.presses(BO, label)
    assert (await at_work.ticket()).worked == timedelta(minutes=25)


async def test_requesters_are_told_that_it_is_for_agents(at_work: DeskAtWork) -> None:
    refused = await at_work.types(ANA, "/ticket time IT-1 25m")
    assert refused == said("commands.agents_only", command="/desk time", ask="/ticket open")


async def test_a_long_list_shows_the_newest_entries_and_adds_up_all(at_work: DeskAtWork) -> None:
    for minutes in range(1, 26):
        await at_work.types(BO, f"/desk time IT-1 {minutes}m")
    told = await at_work.types(BO, "/desk time IT-1")
    assert said("time.heading", reference="IT-1", total="5 h 25 min") in told
    assert said("time.earlier", count=5) in told
    assert told.splitlines()[-1].startswith("25. ")
    assert len(at_work.buttons()) == 12
