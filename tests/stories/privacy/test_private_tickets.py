"""A private ticket is told to its requester and the team alone, wherever and however it was asked."""

import pytest

from bot.domain.directory import Person
from tests.said import said
from tests.stories.office import Office

SECRET = "My payslip is wrong"
ZOE = Person(key="import:zoe", name="Zoe Zimmer")


async def knows_zoe(office: Office) -> None:
    """By an import: she has no account on the page."""
    await office.desk.storage.run(lambda uow: uow.people.remember(ZOE))


@pytest.mark.parametrize("channel", ["help-it", "help-hr", "hr-private", "team-it", "@bo"])
async def test_nobody_is_helped_in_private_whom_the_team_could_not_answer(
    office: Office, channel: str
) -> None:
    await knows_zoe(office)
    refused = await office.types("bo", "/desk on-behalf-of zoe her salary is wrong", channel=channel)
    assert refused == said("refusals.requester_unreachable", name=ZOE.name)
    assert await office.sees("bo", "team-it") == []
    for who in ("bo", "dan"):
        assert "salary" not in await office.everything_seen_by(who)


@pytest.mark.parametrize("channel", ["help-it", "help-hr", "hr-private", "team-it", "@bo"])
async def test_who_can_be_reached_reads_the_answer_in_direct_messages(office: Office, channel: str) -> None:
    await office.types("bo", "/desk on-behalf-of ana her salary is wrong", channel=channel)
    team = "team-people" if channel in ("help-hr", "hr-private") else "team-it"
    await office.types("bo", "/desk reply IT-1 Which month?", channel=team)
    (root,) = await office.sees("ana", "@ana")
    assert "Bo Berg: Which month?" in await office.reads("ana", "@ana", thread=root["id"])
    assert "Which month" not in await office.everything_seen_by("dan")


async def test_what_a_rule_makes_private_goes_on_in_direct_messages(office: Office) -> None:
    async with office.page_of("ana") as ana:
        request = await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk reply IT-1 Which month?", channel="team-people")
    told = said("requester.private_in_directs", reference="IT-1")
    readers = said("answers.private_readers", team="People", people="Bo Berg and Lee Lund")
    assert f"{told} {said('requester.only_team_reads', team='People')} {readers}" in ana
    assert SECRET not in await office.everything_seen_by("dan")
    assert request not in [each["id"] for each in await office.sees("dan", "help-it")]
    (root,) = await office.sees("ana", "@ana")
    assert "Bo Berg: Which month?" in await office.reads("ana", "@ana", thread=root["id"])


async def test_the_team_keeps_the_words_whose_message_was_removed(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    card = await office.card("bo", "team-people", "IT-1")
    assert card["content"]["status"] == "new"
    assert card["content"]["excerpt"] == SECRET
    assert SECRET in " ".join(await office.reads("ana", "@ana"))
    assert SECRET in await office.types("bo", "/desk show IT-1", channel="team-people")


async def test_what_only_adds_to_it_is_told_in_direct_messages(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    added = await office.says("ana", "help-it", "It is the one of March")
    assert await office.sees_thread("dan", "help-it", added) == []
    (root,) = await office.sees("ana", "@ana")
    assert said("requester.joined", reference="IT-1") in await office.reads("ana", "@ana", thread=root["id"])


async def test_what_goes_on_with_it_after_closing_is_private_too(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk close IT-1 done", channel="team-people")
    (root,) = await office.sees("ana", "@ana")
    await office.says("ana", "@ana", "It is wrong again this month", thread=root["id"])
    await office.says("ana", "@ana", "By 400 euros", thread=root["id"])
    card = await office.card("bo", "team-people", "IT-2")
    assert card["content"]["is_private"]
    assert "Ana Alves: By 400 euros" in await office.reads("bo", "team-people", thread=card["id"])
    assert "400 euros" not in await office.everything_seen_by("dan")


async def test_what_goes_on_privately_from_an_open_request_leaves_its_thread(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk close IT-1 done", channel="team-it")
    before = await office.reads("dan", "help-it", thread=request)
    await office.says("ana", "help-it", SECRET, thread=request)
    await office.says("ana", "help-it", "By 400 euros", thread=request)
    await office.types("bo", "/desk reply IT-2 Which month?", channel="team-people")
    card = await office.card("bo", "team-people", "IT-2")
    assert "Ana Alves: By 400 euros" in await office.reads("bo", "team-people", thread=card["id"])
    told = [each for each in await office.reads("dan", "help-it", thread=request) if each not in before]
    assert told == []
    mine = await office.everything_seen_by("ana")
    assert "By 400 euros" in mine


async def test_an_agent_of_another_team_is_shown_it_once_that_is_confirmed(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    asked = (await office.types_for_reply("bo", "/desk add IT-1 cleo", channel="team-people"))["reply"]
    teams = "Service Desk and Network"
    assert said("answers.add_private", reference="IT-1", name="Cleo Chen", team=teams) in "".join(
        each if isinstance(each, str) else each["text"] for each in asked["text"]
    )
    assert SECRET not in await office.everything_seen_by("cleo")
    await office.presses_private("bo", asked, 0, channel="team-people")
    assert SECRET in await office.types("cleo", "/desk show IT-1", channel="team-it")
    shown = await office.types("ana", "/ticket show IT-1", channel="@ana")
    assert said("commands.followers_requester", names="Cleo Chen") in shown
    refused = await office.types("ana", "/ticket remove IT-1 cleo", channel="@ana")
    assert said("refusals.added_by_team", name="Cleo Chen", reference="IT-1", team="People") in refused


@pytest.mark.parametrize("line", ["show IT-1", "summary IT-1", "mine", "queue", "search payslip"])
async def test_lists_and_views_of_it_say_that_it_is_private(office: Office, line: str) -> None:
    await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk claim IT-1", channel="team-people")
    assert said("lists.private") in await office.types("bo", f"/desk {line}", channel="team-people")
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk claim IT-2", channel="team-it")
    assert said("lists.private") not in await office.types("bo", "/desk show IT-2", channel="team-it")
