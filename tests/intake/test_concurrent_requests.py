"""One person presses send several times in one moment: one ticket, and the others are told which."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from bot.domain.directory import Person
from bot.messages.inbound import Location, VerbChosen
from bot.messages.outbound import FormRefused, PrivateReply
from storage import open_storage
from storage.file_store import FolderFileStore
from tests.fakes.desk.desk_without_platform import ANA, BO, HELP, MONDAY_9, DeskWithoutPlatform, words_of
from tests.said import said
from tests.stories.desk_files import DESK

TIMES = 40
_numbers = count(1)


def sent(who: Person, text: str) -> VerbChosen:
    """A submitted form; each press of its button is an event of its own."""
    return VerbChosen(
        key=f"sent-{next(_numbers)}",
        actor=who,
        location=Location(channel=HELP),
        at=MONDAY_9,
        verb="ticket open",
        options={"text": text},
        is_form=True,
    )


@asynccontextmanager
async def processes(
    url: str, folder: Path, *, config: Path = DESK
) -> AsyncIterator[list[DeskWithoutPlatform]]:
    """Two processes of one desk."""
    files = FolderFileStore(folder / "files", cap=10_000)
    opened = [open_storage(url) for _ in range(2)]
    yield [await DeskWithoutPlatform.opened(storage, files, config=config) for storage in opened]
    for storage in opened:
        await storage.close()


@pytest.fixture
async def desks(database_url: str, tmp_path: Path) -> AsyncIterator[list[DeskWithoutPlatform]]:
    async with processes(database_url, tmp_path) as desks:
        yield desks


async def test_five_presses_in_one_moment_open_one_ticket(desks: list[DeskWithoutPlatform]) -> None:
    for number in range(1, TIMES + 1):
        presses = [sent(ANA, f"Mouse {number} is dead") for _ in range(5)]
        replies = await asyncio.gather(
            *(desks[at % 2].intake.take(press) for at, press in enumerate(presses))
        )
        asked_already = said("refusals.asked_already", reference=f"IT-{number}")
        answers = sorted((words_of(reply) for reply in replies), key=asked_already.__eq__)
        assert answers[1:] == [asked_already] * 4
        created = {"reference": f"IT-{number}", "team": "Service Desk"}
        assert answers[0] == said("answers.created_in_thread", **created)
        assert await desks[0].number_of_tickets() == number


async def test_of_many_requests_in_one_moment_no_more_are_taken_than_one_person_may_have(
    database_url: str, tmp_path: Path
) -> None:
    config = tmp_path / "limited.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("{channel: web:help-it}", "{channel: web:help-it, limits: {open: 2}}"))
    async with processes(database_url, tmp_path, config=config) as desks:
        wishes = [sent(ANA, f"Wish {number}") for number in range(20)]
        replies = await asyncio.gather(*(desks[at % 2].intake.take(wish) for at, wish in enumerate(wishes)))
        assert sum(isinstance(reply, PrivateReply) for reply in replies) == 2
        assert sum(isinstance(reply, FormRefused) for reply in replies) == 18
        assert await desks[0].number_of_tickets() == 2


async def test_two_people_with_the_same_words_have_a_ticket_each(desks: list[DeskWithoutPlatform]) -> None:
    events = [sent(who, "The wifi is down") for who in (ANA, BO)]
    await asyncio.gather(*(desk.intake.take(event) for desk, event in zip(desks, events, strict=True)))
    assert await desks[0].number_of_tickets() == 2
