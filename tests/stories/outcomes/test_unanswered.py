"""A request that nobody answered is closed only on purpose, and words that are owed are asked for by a form."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, shown

TEAM = "team-it"


async def asked(office: Office, command: str) -> dict[str, Any]:
    await office.says("ana", "help-it", "My mouse is dead")
    answer = await office.types_for_reply("bo", command, channel=TEAM)
    reply: dict[str, Any] = answer["reply"]
    return reply


async def status(office: Office) -> str:
    return str((await office.card("bo", TEAM, "IT-1"))["content"]["status"])


async def test_closing_what_nobody_answered_asks_first(office: Office) -> None:
    reply = await asked(office, "/desk close IT-1")
    assert said("answers.close_unanswered", name="Ana Alves", reference="IT-1") in shown(reply)
    assert await status(office) == "new"
    closed = await office.presses_private("bo", reply, 0, channel=TEAM)
    assert said("answers.closed", reference="IT-1") in shown(closed)
    assert await status(office) == "closed"


async def test_it_is_resolved_with_a_reply_in_its_place(office: Office) -> None:
    reply = await asked(office, "/desk close IT-1")
    form = await office.presses_private("bo", reply, 1, channel=TEAM)
    assert form is not None
    await office.submits("bo", form, channel=TEAM, resolution="A new one is on your desk")
    assert await status(office) == "resolved"


async def test_a_reason_is_an_answer_and_asks_nothing(office: Office) -> None:
    assert said("answers.closed", reference="IT-1") in shown(await asked(office, "/desk close IT-1 spam"))


async def test_after_a_reply_closing_asks_nothing(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 Which one?", channel=TEAM)
    assert said("answers.closed", reference="IT-1") in await office.types(
        "bo", "/desk close IT-1", channel=TEAM
    )


@pytest.mark.parametrize(
    ("verb", "option", "after"),
    [("resolve", "resolution", "resolved"), ("wait", "question", "pending"), ("hold", "reason", "on hold")],
)
async def test_typed_without_words_the_buttons_form_opens(
    office: Office, verb: str, option: str, after: str
) -> None:
    form = await asked(office, f"/desk {verb} IT-1")
    assert (form["verb"], form["ticket"]) == (f"desk {verb}", "IT-1")
    assert [each["name"] for each in form["fields"]] == [option]
    await office.submits("bo", form, channel=TEAM, **{option: "Take mine"})
    assert await status(office) == after
