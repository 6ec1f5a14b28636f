"""What is written in direct messages beside a private request reaches no other team unasked."""

from typing import Any

from tests.said import said
from tests.stories.office import Office, words

PAY = "My payslip is wrong"
NEW = said("requester.button_new")


async def asks_about_pay(office: Office) -> None:
    await office.types("ana", f"/ticket open {PAY}", channel="@ana")


async def question(office: Office) -> dict[str, Any]:
    asked = (await office.sees("ana", "@ana"))[-1]
    assert asked["content"]["buttons"], words(asked)
    return asked


async def of_people(office: Office, reference: str = "IT-1") -> list[str]:
    card = await office.card("bo", "team-people", reference)
    return await office.reads("bo", "team-people", thread=card["id"])


async def test_a_ticket_that_is_named_is_the_one_that_is_meant(office: Office) -> None:
    await asks_about_pay(office)
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk wait IT-2 Which screen?", channel="team-it")
    await office.says("ana", "@ana", "When do I hear back on it-1?")
    assert "Ana Alves: When do I hear back on it-1?" in await of_people(office)
    assert len(await office.sees("bo", "team-it")) == 1


async def test_where_two_are_named_the_desk_asks(office: Office) -> None:
    await asks_about_pay(office)
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("ana", "@ana", "Is IT-1 as slow as IT-2?")
    assert len((await question(office))["content"]["buttons"]) == 3


async def test_somebody_elses_ticket_is_a_word_like_any_other(office: Office) -> None:
    await office.says("dan", "help-it", "My screen is dark")
    await office.says("ana", "@ana", "Is IT-1 about the screen in the hallway?")
    assert await office.card("bo", "team-it", "IT-2")


async def test_a_closed_ticket_that_is_named_goes_on_as_a_new_one(office: Office) -> None:
    await asks_about_pay(office)
    await office.types("bo", "/desk close IT-1 done", channel="team-people")
    await office.says("ana", "@ana", "IT-1 is wrong again this month")
    assert (await office.card("bo", "team-people", "IT-2"))["content"]["is_private"]


async def test_beside_a_private_request_the_desk_asks_which_is_meant(office: Office) -> None:
    await asks_about_pay(office)
    await office.says("ana", "@ana", "Did you already read my complaint from last week?")
    asked = await question(office)
    labels = [each["label"] for each in asked["content"]["buttons"]]
    assert labels == [NEW, f"🔒 IT-1 · {PAY}"]
    assert await office.sees("bo", "team-it") == []
    await office.presses("ana", asked, labels[1])
    assert any("my complaint" in each for each in await of_people(office))
    assert await office.sees("bo", "team-it") == []


async def test_a_private_request_may_be_meant_though_another_waits_for_its_requester(office: Office) -> None:
    await office.says("ana", "help-it", "The screen in the hallway is dark")
    await office.types("bo", "/desk wait IT-1 Which screen?", channel="team-it")
    await office.types("ana", f"/ticket open {PAY}", channel="@ana")
    await office.says("ana", "@ana", "Have you read my message yet?")
    asked = await question(office)
    labels = {each["label"] for each in asked["content"]["buttons"]}
    assert labels == {"IT-1 · in #help-it · The screen in the hallway is dark", f"🔒 IT-2 · {PAY}", NEW}
    card = await office.card("bo", "team-it", "IT-1")
    assert not any("my message" in each for each in await office.reads("bo", "team-it", thread=card["id"]))


async def test_a_resolved_private_request_may_be_meant_too(office: Office) -> None:
    await asks_about_pay(office)
    await office.types("bo", "/desk resolve IT-1 Corrected", channel="team-people")
    await office.says("ana", "@ana", "It is still 400 euros too low")
    asked = await question(office)
    await office.presses("ana", asked, f"🔒 IT-1 · {PAY}")
    assert any("400 euros" in each for each in await of_people(office))
    assert (await office.card("bo", "team-people", "IT-1"))["content"]["status"] == "open"


async def test_something_new_is_a_request_of_its_own(office: Office) -> None:
    await asks_about_pay(office)
    await office.says("ana", "@ana", "The coffee machine leaks badly")
    await office.presses("ana", await question(office), NEW)
    assert (await office.card("bo", "team-it", "IT-2"))["content"][
        "subject"
    ] == "The coffee machine leaks badly"
