"""The workspace's file: transactions that wait together do not fail together, and trouble is a sentence."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from adapters.web.store.messages import NewMessage, find, insert, posted_under
from adapters.web.store.store import Store, WorkspaceUnavailable, open_database
from bot.domain.directory import ChannelRef
from bot.domain.sentence import Sentence
from bot.messages.delivery import Delivered, Postponed
from bot.messages.outbound import Address, Notice, OutboundMessage
from bot.ports.health import HealthLevel
from tests.adapters.web.doubles import SetClock
from tests.adapters.web.workspace_in_use import WorkspaceInUse, workspace
from tests.said import said


def message(key: str) -> NewMessage:
    return NewMessage(
        post_key=key,
        channel="help-it",
        thread=None,
        author="ana",
        author_name="Ana",
        at=SetClock().now(),
        text=key,
    )


def post(database: sqlite3.Connection, key: str, *, fails: bool = False) -> int:
    number = insert(database, message(key))
    if fails:
        raise ValueError(key)
    return number


async def test_one_of_many_that_fails_leaves_nothing_and_takes_nobody_along(tmp_path: Path) -> None:
    store = Store(tmp_path / "w.db")
    answers = await asyncio.gather(
        *(
            store.run(lambda database, key=f"k{number}": post(database, key, fails=key == "k7"))  # type: ignore[misc]
            for number in range(20)
        ),
        return_exceptions=True,
    )
    kept = await store.run(lambda database: [len(posted_under(database, f"k{each}")) for each in range(20)])
    await store.close()
    assert [number for number, answer in enumerate(answers) if isinstance(answer, ValueError)] == [7]
    assert kept == [1] * 7 + [0] + [1] * 12


async def test_ids_are_never_given_out_twice(tmp_path: Path) -> None:
    store = Store(tmp_path / "w.db")
    first = await store.run(lambda database: post(database, "k1"))
    await store.run(lambda database: database.execute("DELETE FROM messages").rowcount)
    second = await store.run(lambda database: post(database, "k2"))
    await store.close()
    assert second > first


async def test_what_was_asked_before_closing_is_done(tmp_path: Path) -> None:
    store = Store(tmp_path / "w.db")
    asked = [
        asyncio.create_task(store.run(lambda database, key=f"k{each}": post(database, key)))  # type: ignore[misc]
        for each in range(300)
    ]
    await asyncio.sleep(0)
    await store.close()
    numbers = await asyncio.gather(*asked)
    reopened = open_database(tmp_path / "w.db")
    assert all(find(reopened, number) is not None for number in numbers)
    reopened.close()


async def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version=99")
    database.close()
    store = Store(path)
    with pytest.raises(WorkspaceUnavailable, match="web_messages_newer"):
        await store.run(lambda database: post(database, "k1"))
    await store.close()


async def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    path.write_text("this is no database, but it is long enough to look at" * 20)
    store = Store(path)
    with pytest.raises(WorkspaceUnavailable) as told:
        await store.run(lambda database: post(database, "k1"))
    unusable = told.value.sentence
    assert isinstance(unusable, Sentence)
    assert (unusable.key, unusable.facts["file"]) == ("operations.web_messages_unusable", str(path))
    await store.close()


async def test_a_delivery_during_a_full_disk_is_postponed_and_succeeds_later(in_use: WorkspaceInUse) -> None:
    hello = OutboundMessage(
        key="k1",
        address=Address(channel=ChannelRef("web", "help-it")),
        content=Notice(text=("Hello " * 999,)),
    )
    await fill_disk(in_use)
    postponed = await in_use.platform.deliver(hello)
    assert isinstance(postponed, Postponed)
    assert postponed.is_counted
    await empty_disk(in_use)
    assert isinstance(await in_use.platform.deliver(hello), Delivered)


async def test_a_person_is_told_when_a_message_could_not_be_kept(in_use: WorkspaceInUse) -> None:
    ana = await in_use.page("ana")
    await fill_disk(in_use)
    answer = await ana.call("POST", "/api/channels/help-it/messages", {"text": "x" * 90_000})
    await empty_disk(in_use)
    assert answer.status == 503
    assert answer.body["error"] == said("refusals.storage_unavailable")
    assert await ana.messages() == []


async def test_the_workspace_says_whether_it_works(tmp_path: Path) -> None:
    async with workspace(tmp_path) as in_use:
        assert (await in_use.platform.health()).condition is HealthLevel.READY
        await in_use.platform._store.run(lambda database: database.execute("DROP TABLE messages"))
        with pytest.raises(WorkspaceUnavailable):
            await in_use.platform.health()


async def fill_disk(in_use: WorkspaceInUse) -> None:
    """Let the file grow no more."""
    await in_use.platform._store.run(lambda database: database.execute("PRAGMA max_page_count=1").fetchone())


async def empty_disk(in_use: WorkspaceInUse) -> None:
    await in_use.platform._store.run(
        lambda database: database.execute("PRAGMA max_page_count=1000000").fetchone()
    )
