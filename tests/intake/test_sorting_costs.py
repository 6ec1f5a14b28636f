"""What a suggestion costs the transaction that opens a ticket: one statement, and nothing where there is none."""

import time
from pathlib import Path

import pytest

from bot.caches.sorting_models import KnownModel
from bot.domain.sorting.policy import SortedField
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.fakes.desk.desk_without_platform import ANA, MONDAY_9, DeskWithoutPlatform
from tests.intake.test_intake_costs import KNOWN, CountingStorage
from tests.learner.small_models import model_of
from tests.stories.desk_files import DESK


@pytest.fixture
def counting(storage: DeskStorage) -> CountingStorage:
    return CountingStorage(storage)


@pytest.fixture
async def desk(counting: CountingStorage, tmp_path: Path) -> DeskWithoutPlatform:
    config = tmp_path / "desk.yaml"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\nsorting: {{}}\n", encoding="utf-8")
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    desk = await DeskWithoutPlatform.opened(counting, files, config=config)
    known = KnownModel(model=model_of({"tunnel": "network"}), learned_at=MONDAY_9)
    desk.contexts.sorting.replace({SortedField.TEAM: known})
    await desk.intake.take(desk.posted(ANA, "The VPN is down", message="m0"))
    return desk


async def test_a_suggestion_is_one_statement_more_and_none_is_none(
    desk: DeskWithoutPlatform, counting: CountingStorage, database_url: str
) -> None:
    sent = []
    for number, text in enumerate(("The printer is jammed", "The tunnel is down"), start=1):
        await desk.intake.take(desk.posted(ANA, text, message=f"m{number}"))
        sent.append(counting.sent)
    usual = KNOWN[database_url.partition(":")[0]][0]
    assert sent == [usual, usual + 1]


def test_suggesting_takes_milliseconds_for_the_longest_text() -> None:
    model = model_of({f"word{number}": "network" for number in range(20_000)})
    text = " ".join(f"word{number}" for number in range(2_000))
    took = []
    for _ in range(20):
        began = time.process_time()
        model.guess(text)
        took.append(time.process_time() - began)
    assert min(took) < 0.05
