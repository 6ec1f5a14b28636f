"""The category of a request is read on its card, in `show` and in the transcript, wherever the team is."""

from pathlib import Path

from bot.domain.directory import Person
from bot.messages.inbound import Location, RequestImported
from tests.adapters.stories.platforms import Platform


async def test_the_category_of_a_request_is_seen_by_the_team(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        (inbox, *_) = office.desk.in_force.desk().inboxes.values()
        await office.desk.intake.take_import(
            RequestImported(
                key="import:1",
                actor=Person(key="import:eve", name="Eve"),
                location=Location(channel=inbox.channel),
                at=office.clock.now(),
                text="My mouse is dead",
                fields={"category": "Hardware"},
            )
        )
        await office.settle()
        card = await office.card("IT-1")
        assert "Category" in card.words
        assert "Hardware" in card.words
        shown = await office.types("bo", "team", "/ticket show", ticket="IT-1")
        assert "Category: Hardware" in shown.words
