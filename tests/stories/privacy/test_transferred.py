"""A private ticket's words leave the team that has it no more."""

import pytest

from tests.said import said
from tests.stories.office import Office

LONG = "Did you read my complaint about the manager of floor 2? " * 15


@pytest.fixture
async def transferred(office: Office) -> Office:
    """From the Service Desk, where it came first, to People."""
    await office.says("ana", "@ana", LONG)
    root = (await office.sees("ana", "@ana"))[0]["id"]
    await office.says("ana", "@ana", "He shouts at me", thread=root)
    await office.types("bo", "/desk note IT-1 She means Tom", channel="team-it")
    asked = (await office.types_for_reply("bo", "/desk transfer IT-1 people", channel="team-it"))["reply"]
    await office.presses_private("bo", asked, 0, channel="team-it")
    return office


async def test_the_former_team_reads_where_it_went_and_none_of_its_words(transferred: Office) -> None:
    seen = await transferred.everything_seen_by("cleo")
    for word in ("complaint", "shouts", "Tom"):
        assert word not in seen
    (left,) = await transferred.reads("cleo", "team-it")
    assert "IT-1" in left
    assert said("team.private") in left
    assert "People" in left


async def test_the_new_team_reads_all_of_it(transferred: Office) -> None:
    card = await transferred.card("bo", "team-people", "IT-1")
    thread = await transferred.reads("bo", "team-people", thread=card["id"])
    for word in ("complaint", "shouts", "Tom"):
        assert any(word in each for each in thread)


async def test_what_is_changed_later_stays_with_the_new_team(transferred: Office) -> None:
    (root, *_) = await transferred.sees("ana", "@ana")
    await transferred.edits("ana", root["id"], "My complaint is about Tom")
    assert "complaint" not in await transferred.everything_seen_by("cleo")


async def test_a_ticket_that_is_not_private_keeps_its_words_there(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk transfer IT-1 people", channel="team-it")
    (left,) = await office.reads("cleo", "team-it")
    assert "My screen is dark" in left
