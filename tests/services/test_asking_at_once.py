"""One person presses send several times in one moment: one ticket, and the others are told which."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from bot.domain.directory import Person
from bot.messages.inbound import Spot, VerbChosen
from storage import open_storage
from storage.file_store import FolderFileStore
from tests.services.desk_without_platform import ANA, BO, HELP, MONDAY_9, DeskWithoutPlatform, words_of

TIMES = 40
_numbers = count(1)


def sent(who: Person, text: str) -> VerbChosen:
    """A submitted form; each press of its button is an event of its own."""
    return VerbChosen(
        key=f"sent-{next(_numbers)}",
        actor=who,
        spot=Spot(channel=HELP),
        at=MONDAY_9,
        verb="ticket open",
        options={"text": text},
        is_form=True,
    )


@pytest.fixture
async def desks(database_url: str, tmp_path: Path) -> AsyncIterator[list[DeskWithoutPlatform]]:
    """Two processes of one desk."""
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    opened = [open_storage(database_url) for _ in range(2)]
    yield [await DeskWithoutPlatform.opened(storage, files) for storage in opened]
    for storage in opened:
        await storage.close()


async def test_five_presses_in_one_moment_open_one_ticket(desks: list[DeskWithoutPlatform]) -> None:
    for number in range(1, TIMES + 1):
        presses = [sent(ANA, f"Mouse {number} is dead") for _ in range(5)]
        replies = await asyncio.gather(
            *(desks[at % 2].intake.take(press) for at, press in enumerate(presses))
        )
        said = sorted(words_of(reply) for reply in replies)
        assert said[1:] == [f"That is IT-{number} already."] * 4
        assert said[0].startswith(f"IT-{number} is open")
        assert await desks[0].number_of_tickets() == number


async def test_two_people_with_the_same_words_have_a_ticket_each(desks: list[DeskWithoutPlatform]) -> None:
    events = [sent(who, "The wifi is down") for who in (ANA, BO)]
    await asyncio.gather(*(desk.intake.take(event) for desk, event in zip(desks, events, strict=True)))
    assert await desks[0].number_of_tickets() == 2
