"""An outage is two lines in the log, however often it is met."""

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot import outage
from bot.domain.errors import StorageUnavailable
from bot.outage import Outage, StorageWatch
from tests.said import because

FULL = "The disk is full."


def loud(lines: list[EventDict]) -> list[EventDict]:
    """What an operator sees who has DESKBELL_LOG_LEVEL=warning."""
    return [line for line in lines if line["log_level"] in ("warning", "error", "critical")]


def test_the_begin_says_why_and_the_end_how_long_and_how_many_attempts() -> None:
    slack = Outage("the connection to Slack")
    with capture_logs() as lines:
        for _ in range(30):
            slack.failed(because("Slack cannot be reached."))
        slack.worked()
        slack.worked()
    begun, ended = loud(lines)
    assert begun["event"] == "an outage has begun"
    assert (begun["of"], begun["cause"]) == (
        "the connection to Slack",
        because("Slack cannot be reached."),
    )
    assert ended["event"] == "an outage has ended"
    assert (ended["of"], ended["after"], ended["failed_attempts"]) == (
        "the connection to Slack",
        "less than 1 s",
        30,
    )
    assert sum(line["log_level"] == "debug" for line in lines) == 29


def test_another_cause_of_the_same_outage_is_told_once_too() -> None:
    slack = Outage("the connection to Slack")
    with capture_logs() as lines:
        for cause in ("The network is away.", "The token is wrong.") * 5:
            slack.failed(because(cause))
    assert [line["cause"] for line in loud(lines)] == [
        because("The network is away."),
        because("The token is wrong."),
    ]


def test_the_next_outage_is_told_again() -> None:
    slack = Outage("the connection to Slack")
    with capture_logs() as lines:
        for _ in range(2):
            slack.failed(because("Slack cannot be reached."))
            slack.worked()
    assert len(loud(lines)) == 4
    assert [line["failed_attempts"] for line in lines if "failed_attempts" in line] == [1, 1]


class Disk:
    """A database's: full or not. What only reads, or writes nothing, works on a full disk as well."""

    def __init__(self) -> None:
        self.is_full = False
        self.writes = 0

    async def write(self) -> None:
        self.writes += 1
        if self.is_full:
            raise StorageUnavailable(because(FULL))

    async def read(self) -> str:
        return "rows"


async def test_a_read_that_works_does_not_end_the_outage_of_a_full_disk() -> None:
    disk = Disk()
    watch = StorageWatch("the database", write=disk.write)
    disk.is_full = True
    with capture_logs() as lines:
        for _ in range(30):
            with pytest.raises(StorageUnavailable, match="disk is full"):
                await watch(disk.write())
            assert await watch(disk.read()) == "rows"
        assert [line["event"] for line in loud(lines)] == ["an outage has begun"]
        disk.is_full = False
        assert await watch(disk.read()) == "rows"
    assert [line["event"] for line in loud(lines)] == ["an outage has begun", "an outage has ended"]


async def test_a_database_is_written_to_for_the_asking_every_few_seconds_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = Disk()
    watch = StorageWatch("the database", write=disk.write)
    for _ in range(5):
        await watch.must_be_writable()
    assert disk.writes == 1
    disk.is_full = True
    await watch.must_be_writable()  # nobody has met it yet
    monkeypatch.setattr(outage, "WRITTEN_EVERY_S", 0.0)
    with pytest.raises(StorageUnavailable, match="disk is full"):
        await watch.must_be_writable()


async def test_what_others_met_is_known_without_another_write() -> None:
    disk = Disk()
    watch = StorageWatch("the database", write=disk.write)
    await watch.must_be_writable()
    disk.is_full = True
    with pytest.raises(StorageUnavailable):
        await watch(disk.write())
    assert disk.writes == 2
    with pytest.raises(StorageUnavailable, match="disk is full"):
        await watch.must_be_writable()
    assert disk.writes == 2
