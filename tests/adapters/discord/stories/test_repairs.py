"""What Discord refuses is set aside and told with how to mend it; then it is sent, and nothing was lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports.storage.outbox import RowState
from tests.adapters.discord.office import Office, open_office
from tests.fakes.discord.rules.permissions import Permission
from tests.said import said


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        yield office


def told(office: Office) -> str:
    """What the operators read."""
    return "\n".join(each.words for each in office.bo.reads("operators"))


async def retries(office: Office) -> None:
    """An operator has everything sent again that was set aside."""
    storage = office.desk.storage
    rows = await storage.read(lambda uow: [row.id for row in uow.outbox.listing([RowState.DEAD])])
    assert rows
    await storage.run(lambda uow: [uow.outbox.retry(row) for row in rows])
    await office.settle()


async def set_aside(office: Office) -> list[str]:
    """The keys of why what was set aside could not be sent."""
    rows = await office.desk.storage.read(lambda uow: uow.outbox.listing([RowState.DEAD]))
    return [row.last_error.key for row in rows if row.last_error is not None]


async def responder(office: Office, text: str) -> None:
    shown = await office.bo.presses(office.card("IT-1"), "Reply")
    await office.bo.submits(shown, {said("commands.desk_reply_text_label"): text})
    await office.settle()


async def test_a_right_taken_away_at_run_time_is_named_and_once_it_is_given_back_nothing_is_lost(
    office: Office,
) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    channel, bot = office.discord.channel_named("help"), office.discord.bot()
    office.discord.deny(channel, bot, Permission.SEND_MESSAGES_IN_THREADS | Permission.MANAGE_WEBHOOKS)
    await office.discord.settled()
    await responder(office, "Which client?")
    assert "Send Messages in Threads" in told(office)
    assert "#help" in told(office)
    assert not any("Which client?" in line for line in office.talk(office.ana, request))

    office.discord.allow(channel, bot, Permission.SEND_MESSAGES_IN_THREADS | Permission.MANAGE_WEBHOOKS)
    await office.discord.settled()
    await retries(office)
    assert [line for line in office.talk(office.ana, request) if "Which client?" in line] == [
        "Bo: Which client?\n@Ana"
    ]


async def test_a_kicked_desk_says_why_and_let_in_again_shows_what_was_to_be_shown(office: Office) -> None:
    await office.ana.writes_dm("My VPN is dead")
    await office.settle()
    guild, bot = office.discord.guild, office.discord.bot()
    office.discord.communities.kick_bot(guild)
    await office.passes(minutes=25)
    reasons = await set_aside(office)
    assert reasons
    assert set(reasons) == {"deliveries.discord_no_access"}

    office.discord.communities.invite_bot(guild)
    for channel in ("team", "escalations", "operators"):
        office.discord.allow(office.discord.channel_named(channel), bot, Permission.VIEW_CHANNEL)
    await office.discord.settled()
    await retries(office)
    (warning,) = office.lee.reads("escalations")
    assert "IT-1" in warning.words


async def test_a_teams_channel_that_was_deleted_is_told_to_the_operators_with_how_to_mend_it(
    office: Office,
) -> None:
    team = office.discord.channel_named("team")
    office.discord.communities.delete_channel(team)
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    assert str(team.id) in told(office)
    assert "desk.yaml" in told(office)
    assert any("IT-1" in line for line in office.talk(office.ana, request))
    await office.bo.says(request, "I saw it anyway")
    await office.settle()
    assert (await office.ana.types_command("/ticket show", request)).text


async def test_everybody_in_a_request_pings_nobody_anywhere(office: Office) -> None:
    request = await office.ana.says("help", "@everyone @here help <@&1>")
    await office.settle()
    await office.cleo.types_command("/desk claim", "team", ticket="IT-1")
    await office.settle()
    card = office.card("IT-1")
    assert "@everyone @here help" in card.words
    thread = office.discord.world.threads[request.id]
    assert "@everyone" in thread.name
    said = [*office.bo.reads("team"), *office.bo.reads_thread(card), *office.ana.reads(thread)]
    assert {ping for each in said if each.is_bot for ping in each.pings} <= {"Ana"}


async def test_two_thousand_and_one_characters_arrive_whole_both_ways(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    longest = "".join(f"*{number:03}* and so on\n" for number in range(120))[:2_000]
    await office.ana.says(request, longest)
    await office.settle()
    said = office.talk(office.bo, office.card("IT-1"))
    assert all(f"\\*{number:03}\\*" in "".join(said) for number in range(117))

    answer = "".join(f"{number:04} and so on and so forth\n" for number in range(140))
    await responder(office, answer[:3_900])
    shown = "".join(office.talk(office.ana, request))
    assert all(shown.count(f"{number:04} and") == 1 for number in range(139))


async def test_ten_files_cross_over_together(office: Office) -> None:
    request = await office.ana.says("help", "My screen flickers")
    await office.settle()
    names = [f"{number}.png" for number in range(10)]
    await office.ana.says(request, "Look:", files=[(name, name.encode()) for name in names])
    await office.settle()
    (copied,) = [each for each in office.bo.reads_thread(office.card("IT-1")) if each.files]
    assert list(copied.files) == names
