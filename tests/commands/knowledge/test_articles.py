"""Who finds, reads, completes and counts which articles: every role, every audience, every way to ask."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from bot.commands.catalogue import all_commands
from bot.domain.directory import ChannelRef, Person
from bot.domain.knowledge.article import Article, ArticleAudience, ArticleState
from bot.messages.inbound import CommandGiven, Location, SuggestionsWanted
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.commands.knowledge.shelf import article, put
from tests.fakes.desk.desk_without_platform import BO as WEB_BO
from tests.fakes.desk.desk_without_platform import DeskWithoutPlatform, words_of
from tests.said import said
from tests.stories.desk_files import TWO_SERVERS

PINE, OAK = "chat:pine", "chat:oak"
AUDIENCES: Final = ("everybody", "team:pine", "team:oak", "team:safety", "community:pine", "community:oak")
DRAFT = "draft-of-pine"


def somebody(name: str) -> Person:
    return Person(key=f"chat:{name}", name=name.capitalize())


ASKERS: Final = (
    ("ana", PINE, {"everybody", "community:pine"}),
    ("ana", None, {"everybody"}),
    ("dan", OAK, {"everybody", "community:oak"}),
    ("bo", PINE, {"everybody", "team:pine", "community:pine", DRAFT}),
    ("cleo", OAK, {"everybody", "team:oak", "community:oak"}),
    ("lee", PINE, {"everybody", "team:safety", "community:pine", "community:oak"}),
)
IDS = [f"{who}-{server}" for who, server, _ in ASKERS]


def every_article() -> list[Article]:
    shelf = [article(_name(each), audience=ArticleAudience.parse(each), team=None) for each in AUDIENCES]
    return [*shelf, article(DRAFT, team="pine", state=ArticleState.DRAFT)]


def _name(audience: str) -> str:
    return audience.replace(":", "-of-")


@pytest.fixture
async def desk(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskWithoutPlatform:
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    desk = await DeskWithoutPlatform.opened(sqlite_storage, files, config=TWO_SERVERS)
    await sqlite_storage.run(lambda uow: put(uow, *every_article()))
    return desk


async def types(desk: DeskWithoutPlatform, who: str, server: str | None, line: str) -> str:
    group, _, words = line.removeprefix("/").partition(" ")
    event: CommandGiven = desk.typed(somebody(who), words, group=group)
    at = Location(channel=ChannelRef("chat", "lobby"), community=server)
    return words_of(await desk.intake.take(replace(event, location=at)))


@pytest.mark.parametrize(("who", "server", "theirs"), ASKERS, ids=IDS)
async def test_what_is_not_for_somebody_is_as_if_it_were_not_there(
    desk: DeskWithoutPlatform, who: str, server: str | None, theirs: set[str]
) -> None:
    own = {_name(each) for each in theirs}
    every = {each.name for each in every_article()}
    listed = await types(desk, who, server, "/kb list")
    assert {name for name in every if f"`{name}`" in listed or f"About {name} " in f"{listed} "} == own
    assert listed.startswith(f"{said('knowledge.list')} · {len(own)}\n")
    published = own - {DRAFT}
    found = await types(desk, who, server, "/kb search frobnicator")
    shown = [name for name in every if f"About {name} " in f"{found} "]
    assert set(shown) <= published
    assert f"{len(shown)} article" in found
    for name in every:
        read = await types(desk, who, server, f"/kb show {name}")
        assert ("Restart the frobnicator." in read) is (name in own), name
        if name not in own:
            unknown = await types(desk, who, server, f"/kb show {name}x")
            assert f"“{name}”" not in unknown
            assert name not in read.replace(f"“{name}”", "", 1)


@pytest.mark.parametrize(("who", "server", "theirs"), ASKERS, ids=IDS)
async def test_what_is_not_for_somebody_is_not_completed(
    desk: DeskWithoutPlatform, who: str, server: str | None, theirs: set[str]
) -> None:
    at = Location(channel=ChannelRef("chat", "lobby"), community=server)
    for verb in ("kb show", "kb edit", "kb history", "kb publish", "kb retire", "desk kb"):
        (command,) = (each for each in all_commands() if each.name == verb)
        wanted = SuggestionsWanted(
            actor=somebody(who),
            location=at,
            verb=verb,
            option=command.options[0].name,
            typed="",
        )
        offered = {value for value, _ in await desk.intake.suggest(wanted)}
        assert offered <= {_name(each) for each in theirs}, verb
        if verb == "kb show":
            assert offered == {_name(each) for each in theirs}


async def test_what_is_changed_by_a_verb_is_refused_as_unknown_to_others(desk: DeskWithoutPlatform) -> None:
    for verb in ("edit", "retire", "publish", "history"):
        told = await types(desk, "cleo", OAK, f"/kb {verb} {DRAFT}")
        assert told == said("knowledge.no_article", text=DRAFT), verb


async def test_a_long_list_has_pages(at_work: DeskAtWork, sqlite_storage: DeskStorage) -> None:
    shelf = [article(f"a{number:02}") for number in range(12)]
    await sqlite_storage.run(lambda uow: put(uow, *shelf))
    first = await at_work.types(WEB_BO, "/kb list")
    assert said("commands.range", first=1, last=10, total=12) in first
    second = await at_work.presses(WEB_BO, said("commands.next_page"))
    assert "About a11" in second
    assert said("commands.no_such_page", number=9, total=2) in await at_work.types(WEB_BO, "/kb list 9")
