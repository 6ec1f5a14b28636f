"""Words below a question go where the message goes that it is about."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.direct_messages.test_unanswered_questions import ticks
from tests.stories.office import Office, words

SHORT = "printer broken"
MORE = "the one on floor 2"


async def said_on(office: Office, reference: str) -> list[str]:
    prefix, _, number = reference.partition("-")
    return await office.desk.storage.read(
        lambda uow: [
            each.text
            for each in uow.messages.of_ticket(uow.tickets.find(prefix, int(number)).id)  # type: ignore[union-attr]
            if not each.is_deleted
        ]
    )


async def question(office: Office) -> dict[str, object]:
    return (await office.sees("ana", "@ana"))[-1]


@pytest.mark.parametrize("is_under_question", [False, True])
async def test_what_is_added_before_a_button_is_pressed_reaches_the_team(
    office: Office, is_under_question: bool
) -> None:
    asked = await office.says("ana", "@ana", SHORT)
    shown = await question(office)
    under = str(shown["id"]) if is_under_question else asked
    await office.says("ana", "@ana", MORE, thread=under)
    await office.sends_file("ana", "@ana", "here", name="jam.txt", content=b"jam", thread=under)
    await office.presses("ana", await question(office), "Open a ticket")
    assert await said_on(office, "IT-1") == [SHORT, MORE, "here"]
    root = str((await office.card("bo", "team-it", "IT-1"))["id"])
    told = " ".join(words(each) for each in await office.sees_thread("bo", "team-it", root))
    assert MORE in told
    assert "here" in told
    await office.says("ana", "@ana", "and it smells", thread=under)
    assert (await said_on(office, "IT-1"))[-1] == "and it smells"


async def test_what_is_added_and_left_reaches_the_team_after_a_quarter_of_an_hour(office: Office) -> None:
    asked = await office.says("ana", "@ana", SHORT)
    added = await office.says("ana", "@ana", MORE, thread=asked)
    gone = await office.says("ana", "@ana", "my password is tulip", thread=asked)
    await office.edits("ana", added, "the one on floor 3")
    await office.deletes("ana", gone)
    await office.passes(minutes=16)
    assert await ticks(office) == 1
    assert await said_on(office, "IT-1") == [SHORT, "the one on floor 3"]
    await office.edits("ana", added, "the one on floor 4")
    assert await said_on(office, "IT-1") == [SHORT, "the one on floor 4"]


async def test_what_is_added_goes_where_its_author_sends_the_message(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("ana", "help-it", "My keyboard is wet")
    for reference in ("IT-1", "IT-2"):
        await office.types("bo", f"/desk claim {reference}")
        await office.types("bo", f"/desk wait {reference} Since when?")
    asked = await office.says("ana", "@ana", "it has been broken since Monday")
    await office.says("ana", "@ana", "or Sunday", thread=asked)
    shown = await question(office)
    assert said("requester.which_ticket", text="it has been broken since Monday") in words(shown)
    await office.presses("ana", shown, "IT-1 · in #help-it · My screen is dark")
    assert await said_on(office, "IT-1") == [
        "My screen is dark",
        "Since when?",
        "it has been broken since Monday",
        "or Sunday",
    ]


async def test_after_no_ticket_is_wanted_nothing_is_kept(office: Office) -> None:
    asked = await office.says("ana", "@ana", SHORT)
    await office.says("ana", "@ana", MORE, thread=asked)
    await office.presses("ana", await question(office), "No")
    await office.says("ana", "@ana", "never mind", thread=asked)
    await office.passes(minutes=16)
    assert await ticks(office) == 0
    assert await office.sees("bo", "team-it") == []


async def test_who_writes_on_under_a_mistyped_command_wants_the_team(office: Office) -> None:
    asked = await office.says("ana", "@ana", "hlep")
    await office.says("ana", "@ana", "my screen is dark", thread=asked)
    await office.passes(minutes=16)
    assert await ticks(office) == 1
    assert await said_on(office, "IT-1") == ["hlep", "my screen is dark"]


async def test_all_that_is_said_under_the_message_in_a_channel_is_on_its_ticket(careful: Office) -> None:
    replies: list[dict[str, Any]] = []
    async with careful.page_of("ana", replies=replies):
        asked = await careful.says("ana", "help-it", SHORT)
    await careful.says("ana", "help-it", MORE, thread=asked)
    await careful.says("bo", "help-it", "Which tray?", thread=asked)
    await careful.says("bo", "help-it", "// she always jams it", thread=asked)
    await careful.says("dan", "help-it", "the lower one, I saw it", thread=asked)
    await careful.presses_private("ana", replies[0], 0, channel="help-it")
    wanted = [SHORT, MORE, "Which tray?", "// she always jams it", "the lower one, I saw it"]
    assert await said_on(careful, "IT-1") == wanted
    ticket = await careful.desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert ticket is not None
    assert ticket.first_replied_at is not None, "an agent has answered"


async def test_the_menu_of_a_message_takes_along_what_was_said_under_the_question(careful: Office) -> None:
    asked = await careful.says("ana", "help-it", SHORT)
    await careful.says("ana", "help-it", MORE, thread=asked)
    await careful.makes_a_ticket_of("ana", "help-it", asked)
    assert await said_on(careful, "IT-1") == [SHORT, MORE]
