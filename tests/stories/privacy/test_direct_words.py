"""What somebody writes or types in their direct messages with the desk is published nowhere else."""

import pytest

from tests.said import said
from tests.stories.office import Office

SECRET = "my boss says I am too slow"
BY = said("team.label_direct")


async def asks(office: Office) -> str:
    return await office.says("ana", "help-it", "My screen is dark")


@pytest.mark.parametrize("order", ["reply IT-1", "/ticket reply IT-1"])
async def test_a_reply_typed_in_direct_messages_goes_to_the_team_alone(office: Office, order: str) -> None:
    request = await asks(office)
    await office.types_for_reply("ana", f"{order} {SECRET}", channel="@ana")
    card = await office.card("bo", "team-it", "IT-1")
    assert f"[{BY}] Ana Alves: {SECRET}" in await office.reads("bo", "team-it", thread=card["id"])
    assert SECRET not in await office.everything_seen_by("dan")
    assert not any(SECRET in each for each in await office.reads("ana", "help-it", thread=request))


async def test_a_second_one_goes_there_too(office: Office) -> None:
    await asks(office)
    for text in (SECRET, "and he shouts"):
        await office.types("ana", f"/ticket reply IT-1 {text}", channel="@ana")
    card = await office.card("bo", "team-it", "IT-1")
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == f"[{BY}] Ana Alves: and he shouts"
    assert "shouts" not in await office.everything_seen_by("dan")


async def test_a_reply_typed_in_the_channel_stays_in_its_thread(office: Office) -> None:
    request = await asks(office)
    await office.types("ana", "/ticket reply IT-1 The left one", channel="help-it")
    assert (await office.reads("dan", "help-it", thread=request))[-1] == "Ana Alves: The left one"


async def test_a_reply_to_a_private_request_stands_in_its_own_thread(office: Office) -> None:
    await office.types("ana", "/ticket open My payslip is wrong", channel="@ana")
    await office.types("ana", "/ticket reply IT-1 By 400 euros", channel="@ana")
    root, *_ = await office.sees("ana", "@ana")
    assert (await office.reads("ana", "@ana", thread=root["id"]))[-1] == "Ana Alves: By 400 euros"


async def test_what_is_to_stay_in_confidence_is_offered_no_public_request_first(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk wait IT-1 Which screen?")
    await office.says("ana", "@ana", "Bitte nur die Personalabteilung: my boss shouts at me")
    question = (await office.sees("ana", "@ana"))[-1]["content"]
    labels = [each["label"] for each in question["buttons"]]
    where = said("requester.read_in", inbox="help-it")
    assert labels == [said("requester.button_new_private"), f"IT-1 · {where} · My screen is dark"]


async def test_who_adds_to_a_public_request_directly_reads_who_sees_it_and_the_answer(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk wait IT-1 Which screen?")
    root = await office.says("ana", "@ana", "The left one in my room")
    told = " ".join(await office.reads("ana", "@ana", thread=root))
    assert said("requester.answered_in_public", team="Service Desk") in told
    card = await office.card("bo", "team-it", "IT-1")
    assert f"[{BY}] Ana Alves: The left one in my room" in await office.reads(
        "bo", "team-it", thread=card["id"]
    )
    assert "left one" not in await office.everything_seen_by("dan")
