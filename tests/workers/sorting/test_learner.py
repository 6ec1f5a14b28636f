"""What people sorted is learned at night by one replica, and every replica suggests by it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.bootstrap.sorting_findings import findings_of_sorting
from bot.config import load_configuration
from bot.domain.desk import Desk
from bot.domain.sentence import sentence
from bot.domain.sorting.policy import LEAST_IN_ALL, SortedField
from bot.domain.tickets.ticket import Status
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.workers.sorting.learner import SortingLearner
from storage.store import DeskStorage
from tests.contracts.sorting.test_storage_sorting_records import asked
from tests.learner.test_machine import requests_of
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, SetClock

TEAMS = {"hardware": "it", "access": "network", "purchase": "people"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    config = tmp_path / "desk.yaml"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\nsorting: {{fields: [team, category]}}\n", "utf-8")
    return load_configuration(config, KNOWN_PLATFORMS).desk


class Replica:
    """One process of the desk, as far as sorting goes."""

    def __init__(self, storage: DeskStorage, desk: Desk, at: datetime = MONDAY_9) -> None:
        self.clock = SetClock(at)
        self.contexts = ContextFactory(desk=lambda: desk, clock=self.clock)
        self.tick = SortingLearner(storage=storage, contexts=self.contexts).tick

    def says(self, text: str) -> str | None:
        known = self.contexts.sorting.get(SortedField.TEAM)
        guess = known.model.guess(text) if known is not None else None
        return guess.label if guess is not None else None


async def sort_by_hand(storage: DeskStorage, many: int) -> None:
    """So many finished tickets, and one of a team that the desk no longer has."""

    def work(uow: UnitOfWork) -> None:
        for text, topic in requests_of(many):
            asked(uow, text, team=TEAMS[topic], status=Status.CLOSED)
        asked(uow, "old words", team="gone", status=Status.CLOSED)

    await storage.run(work)


async def test_one_replica_learns_and_the_others_suggest_by_it(
    sqlite_storage: DeskStorage, desk: Desk
) -> None:
    await sort_by_hand(sqlite_storage, 300)
    first, second = Replica(sqlite_storage, desk), Replica(sqlite_storage, desk)
    assert await first.tick() == 1
    assert await second.tick() == 0
    for replica in (first, second):
        assert replica.says("my password and login are locked") == "network"
        assert replica.says("please order a licence at the supplier") == "people"
    learned = await sqlite_storage.read(lambda uow: uow.sorting.models())
    assert next((each.field, each.requests, each.why) for each in learned) == (SortedField.TEAM, 300, "")


async def test_it_learns_again_only_when_the_next_night_has_come(
    sqlite_storage: DeskStorage, desk: Desk
) -> None:
    await sort_by_hand(sqlite_storage, 300)
    replica = Replica(sqlite_storage, desk)
    await replica.tick()
    assert await replica.tick() == 0
    replica.clock.move(timedelta(hours=15))
    assert await replica.tick() == 0, "midnight has passed, and it is not two yet"
    replica.clock.move(timedelta(hours=3))
    assert await replica.tick() == 1


async def test_the_doctor_says_why_nothing_was_learned(sqlite_storage: DeskStorage, desk: Desk) -> None:
    await sort_by_hand(sqlite_storage, LEAST_IN_ALL - 20)
    replica = Replica(sqlite_storage, desk)
    assert await replica.tick() == 0
    assert replica.says("my password and login are locked") is None
    found = await sqlite_storage.read(lambda uow: list(findings_of_sorting(uow, desk)))
    few, none = (each.sentence for each in found)
    assert few == sentence(
        "operations.sorting_few",
        field=sentence("operations.sorting_team"),
        tickets=LEAST_IN_ALL - 20,
        least=LEAST_IN_ALL,
    )
    assert none.key == "operations.sorting_few_of_a_label"


async def test_a_desk_without_sorting_reads_and_learns_nothing(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    plain = load_configuration(DESK, KNOWN_PLATFORMS).desk
    await sort_by_hand(sqlite_storage, 60)
    assert await Replica(sqlite_storage, plain).tick() == 0
    assert await sqlite_storage.read(lambda uow: uow.watches.all()) == {}
    assert await sqlite_storage.read(lambda uow: list(findings_of_sorting(uow, plain))) == []
