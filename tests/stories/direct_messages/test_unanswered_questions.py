"""What the desk asked about is heard, though nobody pressed a button."""

import pytest

from tests.said import said
from tests.stories.office import Office, words


async def ticks(office: Office) -> int:
    done = await office.desk.workers["unanswered_questions"].tick()
    await office.settle()
    return done or 0


async def test_who_does_not_say_whether_it_is_a_request_is_heard_after_a_quarter_of_an_hour(
    office: Office,
) -> None:
    await office.says("ana", "@ana", "printer broken")
    await office.passes(minutes=14)
    assert await ticks(office) == 0
    await office.passes(minutes=2)
    assert await ticks(office) == 1
    assert await ticks(office) == 0
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["subject"] == "printer broken"
    told = [words(each) for each in await office.sees("ana", "@ana")]
    assert said("requester.sorted_unanswered", text="printer broken", reference="IT-1") in told
    assert said("requester.shall_i_open", text="printer broken") not in told


async def test_who_does_not_say_which_request_is_meant_gets_a_private_one_of_its_own(office: Office) -> None:
    for text in ("My screen is dark", "My keyboard is wet"):
        await office.says("ana", "help-it", text)
    for reference in ("IT-1", "IT-2"):
        await office.types("bo", f"/desk claim {reference}")
        await office.types("bo", f"/desk wait {reference} Since when?")
    await office.says("ana", "@ana", "it has been broken since Monday")
    await office.passes(minutes=16)
    assert await ticks(office) == 1
    card = await office.card("bo", "team-it", "IT-3")
    assert card["content"]["subject"] == "it has been broken since Monday"
    ticket = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 3))
    assert ticket is not None
    assert ticket.is_private


@pytest.mark.parametrize("button", ["No", "Open a ticket"])
async def test_what_was_answered_is_not_opened_again(office: Office, button: str) -> None:
    await office.says("ana", "@ana", "printer broken")
    await office.presses("ana", (await office.sees("ana", "@ana"))[-1], button)
    await office.passes(minutes=16)
    assert await ticks(office) == 0
    assert len(await office.sees("bo", "team-it")) == (button != "No")


async def test_what_was_deleted_meanwhile_opens_nothing(office: Office) -> None:
    message = await office.says("ana", "@ana", "printer broken")
    await office.deletes("ana", message)
    await office.passes(minutes=16)
    assert await ticks(office) == 0
    assert await office.sees("bo", "team-it") == []
