"""Who is on call until when, and when nobody will be: against asking every hour."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.calendars.calendar import Calendar
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Every, Rota, Shift
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.on_call.roster import Roster
from bot.services.on_call.shifts import FORESEEN, LOOKED_INTO, first_coverage_gap, stretches
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.stories import desk_files

STEP = timedelta(hours=1)
NOW = datetime(2026, 3, 26, 9, tzinfo=UTC)  # three days before Berlin's clocks go forward
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(name="office", zone=BERLIN, week=dict.fromkeys(range(5), ((540, 1020),)))
ROTA = Rota(
    name="days",
    zone=BERLIN,
    people=(BO.key, CLEO.key),
    every=Every.DAY,
    handover=9 * 60,
    starts=date(2026, 3, 1),
)
DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
TRIALS = 40


@pytest.mark.seeds(1)
async def test_stretches_and_emptiness_agree_with_asking_every_hour(storage: Storage, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(TRIALS):
        await storage.run(partial(compare, chance=chance))


def compare(uow: UnitOfWork, *, chance: random.Random) -> None:
    for person in (ANA, BO, CLEO):
        uow.people.remember(person)
    for absence in uow.absences.since(NOW):
        uow.absences.end(absence)
    for cover in uow.covers.of(ROTA.name, since=NOW):
        uow.covers.end(cover, at=NOW)
    for _ in range(chance.randrange(3)):
        uow.covers.add(ROTA.name, some_time(chance, chance.choice([ANA.key, BO.key])), made_by=BO.key)
    for person in (BO, CLEO):
        if chance.random() < 0.7:
            away = some_time(chance, person.key)
            uow.absences.put(Absence(person=person.key, since=away.begins, until=away.ends))
    roster = Roster(uow, DESK, now=NOW)
    instants = [NOW + STEP * step for step in range(LOOKED_INTO // STEP)]
    asked = {at: roster.on_call(ROTA, at=at) for at in instants}

    found = list(stretches(roster, ROTA, now=NOW))
    assert all(before.person != after.person for before, after in itertools.pairwise(found))
    for each in found:
        within = [at for at in instants if each.begins <= at and (each.ends is None or at < each.ends)]
        assert {asked[at] for at in within} <= {each.person}

    empty = first_coverage_gap(roster, ROTA, OFFICE, now=NOW)
    bare = [at for at in instants if asked[at] is None and OFFICE.is_open(at)]
    soon = [at for at in bare if at <= max(NOW + FORESEEN, OFFICE.add(NOW, timedelta(hours=8)))]
    assert (empty.begins if empty is not None else None) == (soon[0] if soon else None)


def some_time(chance: random.Random, person: str) -> Shift:
    begins = NOW + STEP * chance.randrange(-10, 60)
    return Shift(person=person, begins=begins, ends=begins + STEP * chance.randrange(1, 100))
