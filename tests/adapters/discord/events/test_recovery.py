"""The connection is cut: afterwards both sides agree, nothing is there twice, and one line says what was missed."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.discord.office import Office, open_office, running_desk
from tests.fakes.discord import Seen
from tests.fakes.discord.world.records import ApplicationFlag
from tests.fakes.selftests.discord.discord_client import leading_to
from tests.said import recovered


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        yield office


def told_of_recovery(office: Office) -> list[str]:
    return [each.words for each in office.lee.reads("operators") if "recovered" in each.words]


def copies(office: Office, card: Seen) -> list[str]:
    return [line for line in office.talk(office.bo, card) if line.startswith("Ana: ")]


async def back(office: Office) -> None:
    """What was missed has been read and told, and both sides show all there is to show."""
    await office.discord.until(
        lambda: bool(told_of_recovery(office)), "what was recovered is told", patience_s=30
    )
    await office.settle()


async def test_after_a_resume_nothing_is_missing_and_nothing_needs_reading_again(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.discord.gateway.cut(resumable=True)
    for number in range(5):
        await office.ana.says(request, f"word {number}")
    card = office.card("IT-1")
    await office.discord.until(lambda: len(copies(office, card)) >= 5, "the words are there")
    await office.settle()
    assert copies(office, card) == [f"Ana: word {number}" for number in range(5)]
    assert told_of_recovery(office) == []


async def test_after_a_new_session_what_was_said_meanwhile_comes_from_the_history(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    with away(office):
        await office.discord.gateway.cut(resumable=False)
        for number in range(5):
            await office.ana.says(request, f"word {number}")
        await office.ana.says("help", "My mouse is gone")
    await back(office)
    assert copies(office, office.card("IT-1")) == [f"Ana: word {number}" for number in range(5)]
    assert "My mouse is gone" in office.card("IT-2").words
    (line,) = told_of_recovery(office)
    assert recovered(requests=1, replies=5) in line


@pytest.mark.parametrize("cause", ["reconnect", "invalid but resumable", "invalid", "restarting"])
async def test_whatever_discord_asks_of_the_connection_nothing_is_lost_or_there_twice(
    office: Office, cause: str
) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    match cause:
        case "reconnect":
            office.discord.gateway.asks_to_reconnect()
        case "restarting":
            await office.discord.gateway.closes(1001)
        case _:
            office.discord.gateway.invalidates(resumable=cause != "invalid")
    for number in range(5):
        await office.ana.says(request, f"word {number}")
    card = office.card("IT-1")
    await office.discord.until(lambda: len(copies(office, card)) >= 5, "the words are there")
    await office.settle()
    assert copies(office, card) == [f"Ana: word {number}" for number in range(5)]
    assert len(told_of_recovery(office)) == (1 if cause == "invalid" else 0)


@pytest.mark.parametrize("code", [4000, 4007, 4009, 4012, 4014])
async def test_whatever_code_discord_closes_the_connection_with_the_desk_comes_back(
    office: Office, code: int
) -> None:
    """https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.discord.gateway.closes(code)
    await office.ana.says(request, "Still dead")
    card = office.card("IT-1")
    await office.discord.until(lambda: bool(copies(office, card)), "the word is there")
    await office.discord.until(lambda: office.platform.is_connected, "the desk is connected")
    await office.settle()
    assert copies(office, card) == ["Ana: Still dead"]


async def test_ten_minutes_away_with_messages_edits_deletions_and_posts(office: Office) -> None:
    ana = office.ana
    requests = [await ana.says("help", f"request {number}") for number in range(5)]
    direct = await ana.writes_dm("keep this in private")
    await office.settle()
    said = [await ana.says(requests[number % 5], f"before {number}") for number in range(15)]
    await office.settle()
    with away(office):
        await office.discord.gateway.cut(resumable=False)
        for number in range(40):
            await ana.says(requests[number % 5], f"meanwhile {number}")
        for number in range(5):
            await ana.writes_dm(f"aside {number}")
        for number in range(5):
            await ana.says("help", f"new request {number}")
        for number in range(10):
            await ana.edits(said[number], f"edited {number}")
        for each in said[10:]:
            await ana.deletes(each)
        office.clock.move(timedelta(minutes=10))
        for number in range(3):
            await ana.posts("questions", f"Post {number}", f"words of post {number}")
    await back(office)

    for number, request in enumerate(requests):
        (card,) = [each for each in office.bo.reads("team") if f"request {number}" == _subject(each)]
        there = [each.text for each in ana.reads_thread(request) if each.author == "Ana"]
        wanted = [f"Ana: {text}" for text in there if text and text != f"request {number}"]
        shown = [line.partition("\n-# ")[0] for line in copies(office, card)]
        assert sorted(shown) == sorted(wanted)
    assert direct is not None
    (private,) = [each for each in office.bo.reads("team") if _subject(each) == "keep this in private"]
    assert copies(office, private) == [f"Ana: aside {number}" for number in range(5)]
    subjects = [_subject(each) for each in office.bo.reads("team") if each.buttons]
    for wanted_subject in [
        *(f"new request {n}" for n in range(5)),
        *(f"Post {n} words of post {n}" for n in range(3)),
    ]:
        assert subjects.count(wanted_subject) == 1
    told, changed = told_of_recovery(office)
    assert recovered(requests=8, replies=45, changes=10) in told
    assert recovered(requests=0, replies=0, changes=5) in changed


async def test_a_request_that_was_deleted_meanwhile_is_withdrawn(office: Office) -> None:
    request = await office.ana.says("help", "My PIN is 1234")
    await office.settle()
    with away(office):
        await office.discord.gateway.cut(resumable=False)
        await office.ana.deletes(request)
    await back(office)
    assert "1234" not in str(office.card("IT-1"))
    assert recovered(requests=0, replies=0, changes=1) in told_of_recovery(office)[0]


async def test_a_connection_that_ended_for_good_is_a_gap_like_any_other(office: Office) -> None:
    await office.ana.writes_dm("My VPN is dead")
    await office.settle()
    right = office.discord.token
    office.discord.world.application.token = "the-token-was-reset"
    await office.discord.gateway.closes(4004)
    await office.discord.until(lambda: not office.platform.is_connected, "the desk is out")
    await office.ana.writes_dm("Still dead")
    office.discord.world.application.token = right
    await back(office)
    assert copies(office, office.card("IT-1")) == ["Ana: Still dead"]
    assert recovered(requests=0, replies=1) in told_of_recovery(office)[0]


async def test_nobodys_direct_messages_are_opened_who_asked_in_a_channel(
    tmp_path: Path, sqlite_template: Path
) -> None:
    """Discord blocks apps that open many."""
    async with open_office(tmp_path, sqlite_template) as office:
        request = await office.ana.says("help", "My VPN is dead")
        await office.cleo.writes_dm("My salary is wrong")
        await office.settle()
        await office.desk.stop()
        await office.ana.says(request, "Still dead")
        opened = len(office.discord.calls_to("POST /users/@me/channels"))
        with leading_to(office.discord):
            async with running_desk(office.discord, tmp_path, more={}) as (desk, clock):
                office.desk, office.clock = desk, clock
                await back(office)
        (call,) = office.discord.calls_to("POST /users/@me/channels")[opened:]
        assert call.body["recipient_id"] == str(office.cleo.id)


async def test_an_agent_who_answered_while_the_desk_was_not_running_has_answered(
    tmp_path: Path, sqlite_template: Path
) -> None:
    """Also where Discord does not tell the desk who is in a role."""
    async with open_office(
        tmp_path, sqlite_template, flags=ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED
    ) as office:
        request = await office.ana.says("help", "My VPN is dead")
        await office.settle()
        await office.desk.stop()
        await office.bo.says(request, "Turn it off and on")
        with leading_to(office.discord):
            async with running_desk(office.discord, tmp_path, more={}) as (desk, clock):
                office.desk, office.clock = desk, clock
                await back(office)
                (copy,) = office.talk(office.bo, office.card("IT-1"))
                assert copy.startswith("Bo: Turn it off and on")
                assert "public reply" in copy
                assert "open" in office.card("IT-1").words


async def test_what_was_said_while_the_desk_was_not_running_is_read_at_the_next_start(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        request = await office.ana.says("help", "My VPN is dead")
        await office.settle()
        await office.desk.stop()
        await office.ana.says(request, "Still dead")
        await office.ana.says("help", "My mouse is gone")
        with leading_to(office.discord):
            async with running_desk(office.discord, tmp_path, more={}) as (desk, clock):
                office.desk, office.clock = desk, clock
                await back(office)
                assert copies(office, office.card("IT-1")) == ["Ana: Still dead"]
                assert "My mouse is gone" in office.card("IT-2").words
                assert len([each for each in office.bo.reads("team") if each.buttons]) == 2


@contextlib.contextmanager
def away(office: Office) -> Iterator[None]:
    """The gateway lets nobody in meanwhile."""
    office.discord.gateway.holds_back()
    try:
        yield
    finally:
        office.discord.gateway.lets_in()


def _subject(card: Seen) -> str:
    """What an embed's title says after the reference."""
    title = str(card.embeds[0].get("title", "")) if card.embeds else ""
    return title.partition(" · ")[2].removesuffix(" 🔒")
