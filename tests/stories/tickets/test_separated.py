"""A message that went to the wrong ticket and is taken apart leaves that as if it had not been there."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.directory import Person
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, words

SEPARATE = said("requester.button_separate")


async def joins_wrongly(office: Office, *, claimed: bool = True) -> str:
    """Ana's request waits for her, and what she writes next is about something else."""
    await office.says("ana", "help-it", "My screen is dark")
    if claimed:
        await office.types("cleo", "/desk claim IT-1")
    await office.types("cleo", "/desk wait IT-1 Which screen?")
    await office.passes(minutes=10)
    return await office.says("ana", "@ana", "The coffee machine leaks badly")


async def separates(office: Office, message: str, label: str = SEPARATE) -> None:
    (told,) = [
        each for each in await office.sees_thread("ana", "@ana", message) if each["content"]["buttons"]
    ]
    await office.presses("ana", told, label)


async def the_teams(office: Office) -> list[str]:
    card = await office.card("bo", "team-it", "IT-1")
    return await shown_in(office, "team-it", card["id"], who="bo")


async def shown_in(office: Office, channel: str, root: str, *, who: str) -> list[str]:
    seen: list[dict[str, Any]] = await office.sees_thread(who, channel, root)
    return [words(each) for each in seen if not each["deleted"]]


@pytest.mark.parametrize("claimed", [True, False])
async def test_nobody_reads_any_more_that_it_came(office: Office, *, claimed: bool) -> None:
    message = await joins_wrongly(office, claimed=claimed)
    key = "team.replied" if claimed else "team.replied_unassigned_for"
    told = said(key, name="Ana Alves", reference="IT-1", owner="Cleo Chen")
    assert told in await the_teams(office)
    await separates(office, message)
    assert told not in await the_teams(office)
    assert said("requester.joined", reference="IT-1") not in await shown_in(
        office, "@ana", message, who="ana"
    )


async def test_where_it_went_is_told_in_the_language_of_who_wrote_it(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "german.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("name: Ana Alves,", "name: Ana Alves, language: de,"), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        stranger = Person(key="web:ana", name="Ana Alves")
        await office.desk.storage.run(lambda uow: uow.people.remember(stranger))
        await office.types("bo", "/desk on-behalf-of ana Her screen is dark")
        await office.types("bo", "/desk wait IT-1 Which screen?")
        message = await office.says("ana", "@ana", "Der Bildschirm links")
        (told,) = await office.sees_thread("ana", "@ana", message)
        assert words(told) == said("requester.joined", language="de", reference="IT-1")
        assert told["content"]["buttons"][0]["label"] == said("requester.button_separate", language="de")
