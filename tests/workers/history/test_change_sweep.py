"""The look for edits and deletions is owed until it is done, whatever becomes of the process."""

from datetime import UTC, datetime, timedelta

from bot.ports.unit_of_work import Storage
from bot.workers.history.change_sweep import ChangeSweep
from bot.workers.history.reader import HistoryReader
from bot.workers.history.unfinished_tickets import UnfinishedTickets
from tests.adapters.doubles import MemoryFiles
from tests.fakes.chat.chat import Chat
from tests.fakes.desk.desk_without_platform import ANA, DeskWithoutPlatform

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def sweep_of(storage: Storage, begun: list[datetime]) -> ChangeSweep:
    desk = DeskWithoutPlatform(storage, MemoryFiles())

    def reading(since: datetime) -> HistoryReader:
        begun.append(since)
        return HistoryReader(
            platform="web",
            history=Chat(lambda: NOON),
            storage=storage,
            offer=desk.intake.offer,
            since=since,
            now=NOON,
        )

    return ChangeSweep(
        platform="web",
        storage=storage,
        tickets=UnfinishedTickets(storage, platform="web"),
        reading=reading,
    )


async def test_a_desk_that_was_stopped_in_the_middle_does_it_again_from_the_earliest_instant(
    storage: Storage,
) -> None:
    desk = await DeskWithoutPlatform.opened(storage, MemoryFiles())
    await desk.intake.take(desk.posted(ANA, "My printer burns", message="m1"))
    begun: list[datetime] = []
    before = sweep_of(storage, begun)
    await before.owe(since=NOON)
    await before.owe(since=NOON + timedelta(hours=1))
    assert await before.go_on(is_interrupted=lambda: True) is None

    after = sweep_of(storage, begun)
    await after.remember()
    assert after.is_owed
    assert await after.go_on(is_interrupted=lambda: False) is not None
    assert begun == [NOON, NOON]

    done = sweep_of(storage, begun)
    await done.remember()
    assert not done.is_owed


async def test_what_was_interrupted_goes_on_where_it_was(storage: Storage) -> None:
    desk = await DeskWithoutPlatform.opened(storage, MemoryFiles())
    for number in range(3):
        await desk.intake.take(desk.posted(ANA, f"Printer {number} burns", message=f"m{number}"))
    begun: list[datetime] = []
    sweep = sweep_of(storage, begun)
    await sweep.owe(since=NOON)
    turns = iter([False, False, True, False, True])
    assert await sweep.go_on(is_interrupted=lambda: next(turns)) is None
    assert await sweep.go_on(is_interrupted=lambda: next(turns)) is not None
    assert begun == [NOON]
    assert next(turns) is True, "the third ticket was the last"
