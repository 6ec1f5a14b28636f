"""Files: the bytes, ten to a message, within the server's limit; what cannot come says why and where it is."""

from dataclasses import replace

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import StoredFile
from bot.messages.delivery import Delivered, Postponed
from bot.messages.outbound import Address, Copy, MessageLink, Notice, OutboundMessage
from tests.adapters.discord.delivery.sending_side import Sending
from tests.adapters.discord.discord_in_use import DiscordInUse
from tests.contracts.platforms.sample_messages import SAID_AT, notice
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import Thread
from tests.said import said as told

EXECUTE = "POST /webhooks/{webhook_id}/{webhook_token}"
POST = "POST /channels/{channel_id}/messages"
MIB = 1024 * 1024


def copy_with(*files: StoredFile, text: str = "Look:") -> Copy:
    return Copy(author="Ana Lima", text=text, said_at=SAID_AT, files=files)


def pictures(side: Sending, count: int, *, size: int = 9) -> list[StoredFile]:
    return [side.files.put(f"{n}.png", f"{n}".encode() * size, media_type="image/png") for n in range(count)]


def bytes_shown(side: Sending, thread: Thread) -> list[tuple[str, bytes]]:
    said = side.server.world.said(thread.id).values()
    return [(file.filename, file.content) for message in said for file in message.attachments]


async def in_progress(side: Sending) -> Thread:
    root = (await side.ana.says("help", "My screen flickers")).id
    await side.show("k0", notice("IT-1"), thread=root)
    return side.thread(root)


async def test_a_file_comes_with_the_words_it_belongs_to(side: Sending) -> None:
    thread = await in_progress(side)
    file = side.files.put("my screen.png", b"a picture", media_type="image/png")
    await side.show("k1", copy_with(file), thread=thread.id)
    said = side.said(thread)[-1]
    assert (said.author, said.text, said.files) == ("Ana Lima", "Look:", ("my_screen.png",))
    assert bytes_shown(side, thread) == [("my_screen.png", b"a picture")]


async def test_a_file_without_words_comes_alone(side: Sending) -> None:
    thread = await in_progress(side)
    (file,) = pictures(side, 1)
    await side.show("k1", copy_with(file, text=""), thread=thread.id)
    assert side.said(thread)[-1].files == ("0.png",)


async def test_more_than_ten_files_come_in_several_messages(side: Sending) -> None:
    thread = await in_progress(side)
    parts = await side.show("k1", copy_with(*pictures(side, 23)), thread=thread.id)
    assert [len(each.files) for each in side.said(thread)[1:]] == [10, 10, 3]
    await side.show("k1", copy_with(*pictures(side, 23), text="See:"), thread=thread.id, shown=parts)
    first = side.said(thread)[1]
    assert (first.text, len(first.files)) == ("See:", 10)
    await side.show("k1", None, thread=thread.id, shown=parts)
    assert len(side.said(thread)) == 1


async def test_an_edit_keeps_the_files_and_the_messages_that_hold_them(side: Sending) -> None:
    thread = await in_progress(side)
    parts = await side.show("k1", copy_with(*pictures(side, 12)), thread=thread.id)
    side.restarts()
    kept = await side.show("k1", copy_with(*pictures(side, 12), text="Ah!"), thread=thread.id, shown=parts)
    assert kept == parts
    assert [name for name, _ in bytes_shown(side, thread)] == [f"{n}.png" for n in range(12)]


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("cut", [1, 2])
async def test_files_whose_sending_was_cut_short_arrive_once(side: Sending, cut: int, restarts: bool) -> None:
    thread = await in_progress(side)
    content = copy_with(*pictures(side, 12))
    side.server.plan_failures(EXECUTE, every=cut, times=1, drop=True, after=True)
    assert isinstance(await side.send("k1", content, thread=thread.id), Postponed)
    if restarts:
        side.restarts()
    parts = await side.show("k1", content, thread=thread.id, is_retry=True)
    assert [name for name, _ in bytes_shown(side, thread)] == [f"{n}.png" for n in range(12)]
    await side.show("k1", replace(content, text="Ah!"), thread=thread.id, shown=parts)
    assert len(bytes_shown(side, thread)) == 12


async def test_two_pictures_without_words_from_one_person_are_told_apart(side: Sending) -> None:
    thread = await in_progress(side)
    first, second = pictures(side, 1), pictures(side, 1, size=500)
    await side.show("k1", copy_with(*first, text=""), thread=thread.id)
    side.restarts()
    await side.show("k2", copy_with(*second, text=""), thread=thread.id, is_retry=True)
    assert [len(content) for _, content in bytes_shown(side, thread)] == [9, 500]


async def test_a_file_larger_than_the_server_takes_is_named_with_the_reason_and_where_it_is(
    side: Sending,
) -> None:
    thread = await in_progress(side)
    large = side.files.put("dump.bin", b"x" * (11 * MIB))
    source = MessageLink("there", side.ref("help"), str(thread.id))
    await side.channel_cache.get(source.channel.channel)
    content = replace(copy_with(large, *pictures(side, 1)), source=source)
    await side.show("k1", content, thread=thread.id)
    said = side.said(thread)[-1]
    assert said.files == ("0.png",)
    assert f"dump.bin: {told('platforms.file_too_large_here', size='11 MiB', limit='10 MiB')}" in said.text
    assert (
        f"https://discord.com/channels/{side.server.guild.id}/{source.channel.channel}/{thread.id}"
        in said.text
    )


async def test_a_boosted_server_takes_larger_files(in_use: DiscordInUse) -> None:
    guild = in_use.server.add_guild("Boosted", premium_tier=2)
    ana = in_use.server.person("ana")
    await ana.joins(guild)
    target = in_use.server.channel("large", guild=guild)
    await in_use.server.settled()
    large = in_use.files.put("dump.bin", b"x" * (11 * MIB))
    answer = await in_use.platform.deliver(
        OutboundMessage(
            key="k1", address=Address(channel=ChannelRef("discord", str(target.id))), content=copy_with(large)
        )
    )
    assert isinstance(answer, Delivered)
    assert ana.reads(target)[-1].files == ("dump.bin",)


async def test_many_large_files_come_in_portions(side: Sending) -> None:
    thread = await in_progress(side)
    files = [side.files.put(f"{n}.bin", bytes([n]) * (9 * MIB)) for n in range(5)]
    await side.show("k1", copy_with(*files), thread=thread.id)
    assert [len(each.files) for each in side.said(thread)[1:]] == [3, 2]


async def test_a_rate_limit_does_not_empty_the_file(side: Sending) -> None:
    side.server.plan_failures(POST, times=1, status=429, retry_after_s=1)
    report = Notice(text=("The transcript.",), files=tuple(pictures(side, 1)))
    await side.show("k1", report)
    said = side.server.world.said(side.server.channel_named("help").id).values()
    assert [file.content for message in said for file in message.attachments] == [b"0" * 9]


async def test_a_file_that_is_not_in_the_store_any_more_is_named(side: Sending) -> None:
    thread = await in_progress(side)
    (file,) = pictures(side, 1)
    side.files.bytes_of.clear()
    await side.show("k1", copy_with(file), thread=thread.id)
    said = side.said(thread)[-1]
    assert said.files == ()
    assert said.text == f"Look:\n📎 0.png: {told('platforms.file_lost')}"


async def test_where_the_desk_may_not_attach_files_the_words_come_and_say_so(side: Sending) -> None:
    thread = await in_progress(side)
    channel = side.server.channel_named("help")
    side.server.deny(channel, side.server.bot(), Permission.ATTACH_FILES)
    report = Notice(text=("The transcript.",), files=tuple(pictures(side, 1)))
    await side.show("k1", report, thread=thread.id)
    await side.show("k2", notice("Bye."), thread=thread.id)
    assert [each.text for each in side.said(thread)[1:]] == [
        f"The transcript.\n📎 0.png: {told('platforms.file_not_allowed')}",
        "Bye.",
    ]


async def test_in_direct_messages_files_come_too(side: Sending) -> None:
    await side.ana.writes_dm("Help")
    await side.show("k1", copy_with(*pictures(side, 2)), channel="@ana")
    said = side.ana.reads_dm()[-1]
    assert (said.text, said.files) == ("**Ana Lima:** Look:", ("0.png", "1.png"))
