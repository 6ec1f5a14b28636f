"""What people write in Discord, as anybody reads it elsewhere: said there by people, heard by the desk."""

import discord
import pytest

from adapters.discord.events.plain_text import excerpt, mark_of
from bot.messages.inbound import MessageEdited, MessagePosted
from tests.adapters.discord.discord_in_use import DiscordInUse
from tests.said import said


async def hears(in_use: DiscordInUse) -> MessagePosted:
    await in_use.server.until(in_use.intake.has(1), "it is heard")
    (event,) = in_use.intake.events
    assert isinstance(event, MessagePosted)
    return event


async def test_people_roles_and_channels_are_named(in_use: DiscordInUse) -> None:
    team = in_use.server.channel_named("team")
    gone = in_use.server.world.ids.new()
    await in_use.ana.says(
        "help", f"@bo or @helpers, see <#{team.id}>, not <#{gone}>, <@{gone}> or <@&{gone}>"
    )
    event = await hears(in_use)
    assert event.text == (
        f"@Bo or @helpers, see #team, not #{said('platforms.a_channel')}, "
        f"@{said('platforms.someone')} or @{said('platforms.a_role')}"
    )
    assert not event.mentions_desk


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("broken <:sad:112233445566778899> <a:dance:112233445566778899>", "broken :sad: :dance:"),
        ("try </ticket open:112233445566778899>", "try /ticket open"),
        ("since <t:1392734382:R>, or <t:0>", "since 2014-02-18 14:39 UTC, or 1970-01-01 00:00 UTC"),
        ("not <t:99999999999999> nor <t:x>", "not <t:99999999999999> nor <t:x>"),
        ("**bold**, `code` and <https://example.org>", "**bold**, `code` and <https://example.org>"),
    ],
)
async def test_emoji_commands_and_instants_become_words(
    in_use: DiscordInUse, written: str, read: str
) -> None:
    await in_use.ana.says("help", written)
    assert (await hears(in_use)).text == read


@pytest.mark.parametrize("called", ["<@{user}> ", "<@!{user}>, ", "<@&{role}>: "])
async def test_whoever_calls_the_desk_means_it_by_its_name_or_by_its_role(
    in_use: DiscordInUse, called: str
) -> None:
    """Discord offers both under one name."""
    role = in_use.server.communities.bot_role(in_use.server.guild)
    name = called.format(user=in_use.server.world.bot.id, role=role.id)
    await in_use.ana.says("help", f"{name}my VPN is dead")
    event = await hears(in_use)
    assert (event.text, event.mentions_desk) == ("my VPN is dead", True)


async def test_an_answer_to_the_desk_is_not_a_call(in_use: DiscordInUse) -> None:
    words = await in_use.server.bot().says("help", "Which one?")
    await in_use.ana.says("help", "The blue one", reply_to=words)
    assert not (await hears(in_use)).mentions_desk


async def test_stickers_and_polls_are_told(in_use: DiscordInUse) -> None:
    in_use.server.add_sticker("Oh no")
    await in_use.ana.says("help", sticker="Oh no")
    await in_use.ana.says(
        "help",
        poll={
            "question": {"text": "Lunch?"},
            "answers": [{"poll_media": {"text": "Yes"}}, {"poll_media": {"text": "No"}}],
        },
    )
    await in_use.server.until(in_use.intake.has(2), "both are heard")
    sticker, poll = in_use.intake.of(MessagePosted)
    assert isinstance(sticker, MessagePosted)
    assert isinstance(poll, MessagePosted)
    assert (sticker.text, poll.text) == ("[sticker: Oh no]", "Poll: Lunch?\n– Yes\n– No")


async def test_a_forwarded_message_comes_with_its_words_and_files(in_use: DiscordInUse) -> None:
    words = await in_use.bo.says("team", "Ask @ana <:sad:112233445566778899>", files=[("log.txt", b"oops")])
    await in_use.bo.forwards(words, "help")
    await in_use.server.until(in_use.intake.has(2), "both are heard")
    event = in_use.intake.events[-1]
    assert isinstance(event, MessagePosted)
    assert event.text == f"{said('platforms.forwarded')}\nAsk @{said('platforms.someone')} :sad:"
    assert [file.name for file in event.files] == ["log.txt"]


async def test_an_alert_of_another_apps_is_read_with_its_embeds(in_use: DiscordInUse) -> None:
    embed = {
        "title": "Disk full",
        "description": "on db-1",
        "fields": [{"name": "Left", "value": "0 %"}],
    }
    in_use.server.outsiders.webhook_says(
        in_use.server.channel_named("help"), "Alerts", "Look", embeds=[embed]
    )
    event = await hears(in_use)
    assert event.text == "Look\nDisk full\non db-1\nLeft: 0 %"
    assert event.actor.is_bot


async def test_what_a_followed_channel_brings_is_an_apps(in_use: DiscordInUse) -> None:
    news = in_use.server.channel("news")
    words = await in_use.ana.says("news", "We move on Friday")
    in_use.server.outsiders.crossposts(words, in_use.server.channel_named("help"))
    await in_use.server.until(in_use.intake.has(2), "both are heard")
    event = in_use.intake.events[-1]
    assert isinstance(event, MessagePosted)
    assert (event.text, event.actor.is_bot) == ("We move on Friday", True)
    assert news.name in event.actor.name


async def test_a_links_preview_is_no_edit_and_no_words_of_the_author(in_use: DiscordInUse) -> None:
    words = await in_use.ana.says("help", "See https://example.org/")
    in_use.server.outsiders.unfurls(words)
    await in_use.ana.edits(words, "See https://example.org/ please")
    await in_use.server.until(in_use.intake.has(2), "the message and its edit are heard")
    message, edit = in_use.intake.events
    assert isinstance(message, MessagePosted)
    assert isinstance(edit, MessageEdited)
    assert (message.text, edit.text) == ("See https://example.org/", "See https://example.org/ please")


async def test_discords_own_notices_are_nobodys_words(in_use: DiscordInUse) -> None:
    in_use.server.outsiders.greets(in_use.server.channel_named("help"), in_use.bo.id)
    words = await in_use.ana.says("help", "My VPN is dead")
    in_use.server.talk.pin(in_use.server.world.message(words.channel, words.id), by=in_use.ana.id)
    await in_use.ana.starts_thread(words, "vpn")
    await in_use.ana.says("help", "And my mouse")
    await in_use.server.until(in_use.intake.has(2), "both are heard")
    texts = [event.text for event in in_use.intake.events if isinstance(event, MessagePosted)]
    assert texts == ["My VPN is dead", "And my mouse"]
    assert len(in_use.intake.events) == 2


@pytest.mark.parametrize(
    ("emoji", "mark"),
    [("🎫", "ticket"), ("✔️", "heavy_check_mark"), ("🇩🇪", "🇩🇪"), ("TicketPlease", "ticketplease")],
)
def test_a_mark_is_called_as_desk_yaml_writes_it(emoji: str, mark: str) -> None:
    assert mark_of(emoji) == mark
    assert mark_of(discord.PartialEmoji(name=emoji, id=7)) == mark


def test_what_is_quoted_is_one_line() -> None:
    assert excerpt("a\n\nb   c") == "a b c"
    assert excerpt("x" * 200) == "x" * 99 + "…"
