"""A private ticket is told to its requester and the team alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.discord_driver import Discord
from tests.adapters.stories.platforms import Office, Platform, Read
from tests.fakes.discord.rules.refusals import NotOffered
from tests.said import said

SECRET = "My payslip is wrong"


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    default = f"default_team: {platform.team}\n"
    rules = f"  rules: [{{{{name: pay, when: {{{{words: [payslip]}}}}, team: {platform.team}, private: true}}}}]\n"
    assert default in platform.desk_file
    desk = platform.desk_file.replace(default, default + rules)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        yield office


def replies(office: Office, who: str, message: Read) -> list[Read]:
    """What somebody reads under a message; in Discord there may be no thread at all."""
    try:
        return office.reads_thread(who, message)
    except NotOffered:
        return []


async def test_what_a_rule_makes_private_goes_on_in_direct_messages(
    office: Office, platform: Platform
) -> None:
    """Its post is removed where the desk can do that."""
    request = await office.says("ana", "requests", SECRET)
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Which month?")
    assert replies(office, "cleo", request) == []
    public = [each.words for each in office.reads("cleo", "requests")]
    assert any(SECRET in each for each in public) is not isinstance(platform, Discord)
    direct = office.reads_directly("ana")
    told = [*direct, *(reply for each in direct for reply in replies(office, "ana", each))]
    assert any("Which month?" in each.words for each in told)


async def test_who_is_helped_by_an_agent_is_answered_in_direct_messages(
    office: Office, platform: Platform
) -> None:
    await office.writes_directly("ana", "hello")
    command = "/desk team on-behalf-of" if isinstance(platform, Discord) else "/desk on-behalf-of"
    answer = await office.types("bo", "requests", command, person="ana", text="The laptop does not start")
    assert said("answers.created_for", reference="IT-1", name=office.called("ana")) in answer.words
    assert office.reads("cleo", "requests") == []
    assert any("laptop" in each.words for each in office.reads_directly("ana"))


async def test_a_request_that_begins_with_private_is_read_by_the_team_alone(office: Office) -> None:
    await office.types("ana", "requests", "/ticket open", text="private: My boss reads my mails")
    assert office.reads("cleo", "requests") == []
    assert any("my mails" in each.words for each in office.reads_directly("ana"))


async def test_a_reply_typed_in_direct_messages_goes_to_the_team_alone(office: Office) -> None:
    request = await office.says("ana", "requests", "My screen is dark")
    await office.writes_directly("ana", "reply IT-1 my boss says I am too slow")
    assert any("too slow" in each.words for each in office.reads_thread("bo", await office.card("IT-1")))
    assert not any("too slow" in each.words for each in office.reads_thread("cleo", request))


async def test_beside_a_private_request_the_desk_asks_which_is_meant(office: Office) -> None:
    await office.says("ana", "requests", SECRET)
    await office.says("ana", "requests", "The screen in the hallway is dark")
    await office.types("bo", "team", "/desk wait", ticket="IT-2", question="Which screen?")
    await office.writes_directly("ana", "Have you read my message yet?")
    asked = office.reads_directly("ana")[-1]
    assert asked.buttons == (
        "IT-2 · in #help · The screen in the hallway is dark",
        said("requester.button_new"),
        f"🔒 IT-1 · {SECRET}",
    )
    await office.presses("ana", asked, asked.buttons[2])
    assert any("my message" in each.words for each in office.reads_thread("bo", await office.card("IT-1")))


async def test_a_ticket_that_is_named_is_the_one_that_is_meant(office: Office) -> None:
    await office.says("ana", "requests", SECRET)
    await office.says("ana", "requests", "The screen in the hallway is dark")
    await office.types("bo", "team", "/desk wait", ticket="IT-2", question="Which screen?")
    await office.writes_directly("ana", "When do I hear back on IT-1?")
    assert any("hear back" in each.words for each in office.reads_thread("bo", await office.card("IT-1")))


async def test_where_the_post_stays_its_author_is_told_and_deleting_it_withdraws_nothing(
    office: Office, platform: Platform
) -> None:
    request = await office.says("ana", "requests", SECRET)
    told = any(
        said("requester.post_stays") in each.words for each in office.reads_privately("ana", "requests")
    )
    assert told is not isinstance(platform, Discord)
    if told:
        await office.deletes("ana", request)
    card = await office.card("IT-1")
    assert SECRET in card.words
    assert "withdrawn" not in " ".join(each.words for each in office.reads_directly("ana"))


async def test_a_request_made_private_is_taken_out_of_the_channel_and_goes_on_directly(
    office: Office, platform: Platform
) -> None:
    """Where its own post can't be removed, its requester is told to delete it."""
    request = await office.says("ana", "requests", "My badge photo is awful")
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Send me another")
    assert any("another" in each.words for each in office.reads_thread("cleo", request))
    answer = await office.types("ana", "requests", "/ticket private", ticket="IT-1")
    assert not any("another" in each.words for each in replies(office, "cleo", request))
    is_left = any("awful" in each.words for each in office.reads("cleo", "requests"))
    assert is_left is not isinstance(platform, Discord)
    assert (said("answers.private_delete_own", count=1) in answer.words) is is_left
    direct = office.reads_directly("ana")
    told = [*direct, *(reply for each in direct for reply in replies(office, "ana", each))]
    assert any("awful" in each.words for each in told)
    assert any("another" in each.words for each in told)


async def test_who_makes_it_private_sends_it_to_the_team_that_takes_such_matters(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    """By the button below the answer; the team that had it reads it no more."""
    default = f"default_team: {platform.team}\n"
    rules = "  rules: [{{name: fair, when: {{private: true, words: [manager]}}, team: people}}]\n"
    lee = f"    leads: [{platform.person('lee')}]"
    people = (
        f"{lee}\n  people:\n    title: People\n    channel: {platform.operators}\n"
        f"    board: no\n    digests: []\n{lee}"
    )
    desk = platform.desk_file.replace(default, default + rules).replace(lee, people)
    secret, send = "My manager harasses me", said("requester.button_send_to", team="People")
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.says("ana", "requests", secret)
        answer = await office.types("ana", "requests", "/ticket private", ticket="IT-1")
        assert answer.buttons == (send, said("requester.button_leave_it"))
        await office.presses("ana", answer, send)
        assert not any(secret in each.words for each in office.reads("bo", "team"))
        assert any(secret in each.words for each in office.reads("lee", "operators"))
