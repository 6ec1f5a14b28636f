"""A team that wants time logged before a ticket is resolved: asked for by form and command alike."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.fields.desk_with_fields import desk_with
from tests.stories.office import Office, open_office
from tests.stories.worked_time.test_worked_time import on_card

REQUIRED = "    required_to_resolve: [time]\n"


@pytest.fixture
async def strict(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=desk_with(tmp_path, more=REQUIRED)) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        yield office


async def state(office: Office) -> str:
    return str((await office.card("bo", "team-it", "IT-1"))["content"]["state"])


async def test_resolving_asks_for_minutes_and_keeps_the_words(strict: Office) -> None:
    form = (await strict.types_for_reply("bo", "/desk resolve IT-1 new battery"))["reply"]
    asked = {field["name"]: (field["value"], field["required"]) for field in form["fields"]}
    assert asked == {"resolution": ("new battery", True), "time": ("", True)}
    refused = await strict.submits_for_reply(
        "bo", form, channel="team-it", resolution="new battery", time="a while"
    )
    assert refused is not None
    assert refused["fields"] == {"time": said("time.not_a_length", text="a while")}
    assert await state(strict) == "new"
    await strict.submits("bo", form, channel="team-it", resolution="new battery", time="25 swapped it")
    assert await state(strict) == "resolved"
    assert await on_card(strict) == "25 min"
    assert "swapped" not in await strict.everything_seen_by("ana")


async def test_logged_time_and_the_resolvers_running_timer_are_enough(strict: Office) -> None:
    await strict.types("cleo", "/desk time start IT-1")
    assert (await strict.types_for_reply("bo", "/desk resolve IT-1 new"))["reply"]["type"] == "form"
    await strict.types("bo", "/desk time start IT-1")
    await strict.passes(minutes=12)
    answer = await strict.types("bo", "/desk resolve IT-1 new battery")
    assert said("answers.resolved", reference="IT-1") in answer
    assert await on_card(strict) == "12 min"
    await strict.types("bo", "/desk reopen IT-1")
    answer = await strict.types("bo", "/desk resolve IT-1 new plug")
    assert said("answers.resolved", reference="IT-1") in answer


async def test_in_a_message_it_is_told_how_time_is_logged(strict: Office) -> None:
    card = await strict.card("bo", "team-it", "IT-1")
    async with strict.page_of("bo") as told:
        await strict.says("bo", "team-it", "@deskbell resolve new battery", thread=card["id"])
    (answer,) = told
    assert said("refusals.resolving_needs", reference="IT-1", fields="Time worked") in answer
    assert said("time.log_with", command="/desk time IT-1 25m") in answer
    assert "new battery" in answer
    assert await state(strict) == "new"


async def test_closing_needs_no_time(strict: Office) -> None:
    await strict.types("bo", "/desk close IT-1 not for us")
    assert await state(strict) == "closed"
