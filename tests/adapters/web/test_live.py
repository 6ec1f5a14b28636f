"""Open pages hear at once of what they may see; unread marks count what concerns their person."""

from datetime import UTC, datetime
from pathlib import Path

from aiohttp import WSMsgType

from bot.domain.directory import ChannelRef
from bot.domain.sentence import sentence
from bot.messages.delivery import Delivered, RefusedByPlatform
from bot.messages.outbound import Address, Content, Copy, Mention, Notice, OutboundMessage
from tests.adapters.web.workspace_in_use import (
    CHANNELS,
    PEOPLE,
    Page,
    WorkspaceInUse,
    workspace,
)
from tests.said import said


async def deliver(
    in_use: WorkspaceInUse,
    content: Content | None,
    *,
    channel: str,
    thread: str | None = None,
    key: str = "k",
) -> tuple[str, ...]:
    delivered = await in_use.platform.deliver(
        OutboundMessage(
            key=key, address=Address(channel=ChannelRef("web", channel), thread=thread), content=content
        )
    )
    assert isinstance(delivered, Delivered)
    return delivered.parts


async def test_a_message_appears_on_other_pages_as_the_same_json(ana: Page, noor: Page) -> None:
    await noor.open_live()
    said = await ana.say("The VPN is down")
    assert (await noor.hears("message"))["message"] == said


async def test_a_reply_brings_its_root_with_the_new_count(ana: Page, noor: Page) -> None:
    await noor.open_live()
    root = await ana.say("The VPN is down")
    await ana.say("Since nine", thread=root["id"])
    heard = [(await noor.hears("message"))["message"] for _ in range(3)]
    assert [(each["text"], each["reply_count"]) for each in heard] == [
        ("The VPN is down", 0),
        ("Since nine", 0),
        ("The VPN is down", 1),
    ]


async def test_edits_and_removals_appear_too(in_use: WorkspaceInUse, noor: Page) -> None:
    await noor.open_live()
    (card,) = await deliver(in_use, Notice(text=("new",)), channel="network")
    await deliver(in_use, Notice(text=("open",)), channel="network")
    await deliver(in_use, None, channel="network")
    assert (await noor.hears("message"))["message"]["content"]["text"] == ["new"]
    changed = (await noor.hears("message"))["message"]
    assert (changed["id"], changed["content"]["text"], changed["edited"]) == (card, ["open"], False)
    assert (await noor.hears("gone"))["id"] == card


async def test_a_copy_says_what_it_answers(in_use: WorkspaceInUse, noor: Page) -> None:
    await noor.open_live()
    answer = Copy(
        author="Ana", text="The left one", said_at=datetime(2026, 3, 2, 9, tzinfo=UTC), quote="Bo: Which one?"
    )
    await deliver(in_use, answer, channel="network")
    content = (await noor.hears("message"))["message"]["content"]
    assert (content["text"], content["quote"]) == ("The left one", "Bo: Which one?")


async def test_nobody_hears_of_channels_they_may_not_see(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    await ana.open_live()
    await noor.say("the password is swordfish", channel="network")
    await noor.say("and mine", channel="@noor")
    await noor.say("hello all")
    assert (await ana.hears("message"))["message"]["text"] == "hello all"


async def test_unread_counts_arrive_after_messages_and_go_when_read(
    in_use: WorkspaceInUse, noor: Page
) -> None:
    await noor.open_live()
    (message,) = await deliver(in_use, Notice(text=("new",)), channel="network")
    assert (await noor.hears("channel"))["channel"]["unread"] == 1
    await noor.post("/api/channels/network/read", {"up_to": message})
    assert (await noor.hears("channel"))["channel"]["unread"] == 0


async def test_ones_own_messages_are_never_unread(ana: Page, noor: Page) -> None:
    await ana.say("The VPN is down")
    assert (await ana.channel("help-it"))["unread"] == 0
    assert (await noor.channel("help-it"))["unread"] == 1


async def test_replies_count_for_those_in_the_thread_only(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    root = await ana.say("The VPN is down")
    await noor.post("/api/channels/help-it/read", {"up_to": None})
    await deliver(in_use, Notice(text=("IT-1",)), channel="help-it", thread=root["id"])
    assert (await ana.channel("help-it"))["unread"] == 1
    assert (await noor.channel("help-it"))["unread"] == 0


async def test_a_reply_in_a_thread_stays_unread_until_the_thread_is_opened(
    in_use: WorkspaceInUse, ana: Page
) -> None:
    (root,) = await deliver(
        in_use, Notice(text=("IT-1",), followers=("web:ana",)), channel="@ana", key="root"
    )
    told = Notice(text=("Solved",), mentions=(Mention("web:ana", "Ana"),))
    (reply,) = await deliver(in_use, told, channel="@ana", thread=root, key="reply")
    await ana.post("/api/channels/@ana/read", {"up_to": reply})
    channel = await ana.channel("@ana")
    assert (channel["unread"], channel["mentions"], channel["unread_threads"]) == (1, 1, [root])
    await ana.post("/api/channels/@ana/read", {"up_to": reply, "thread": root})
    channel = await ana.channel("@ana")
    assert (channel["unread"], channel["mentions"], channel["unread_threads"]) == (0, 0, [])


async def test_a_first_visit_begins_at_the_end_of_the_threads_too(in_use: WorkspaceInUse, ana: Page) -> None:
    root = await ana.say("The printer prints only blank pages")
    await deliver(in_use, Notice(text=("IT-1",)), channel="help-it", thread=root["id"])
    await ana.post("/api/channels/help-it/read", {"up_to": root["id"]})
    channel = await ana.channel("help-it")
    assert (channel["unread"], channel["unread_threads"]) == (0, [])


async def test_a_mention_counts_for_the_person_it_names(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    await ana.say("can @noor or someone@noor.example help? @everyone @ben")
    await deliver(in_use, Notice(text=("Late!",), mentions=(Mention("web:noor", "Noor"),)), channel="network")
    assert (await noor.channel("help-it"))["mentions"] == 1
    assert (await noor.channel("network"))["mentions"] == 1
    assert (await ana.channel("help-it"))["mentions"] == 0


async def test_a_read_mark_never_goes_back(ana: Page, noor: Page) -> None:
    first = await ana.say("one")
    await ana.say("two")
    await noor.post("/api/channels/help-it/read", {"up_to": None})
    await noor.post("/api/channels/help-it/read", {"up_to": first["id"]})
    assert (await noor.channel("help-it"))["unread"] == 0


async def test_the_desk_can_write_to_somebody_directly(in_use: WorkspaceInUse, ana: Page) -> None:
    await deliver(in_use, Notice(text=("Just for you",)), channel="@ana")
    channel = await ana.channel("@ana")
    assert (channel["name"], channel["kind"], channel["unread"]) == ("Deskbell", "direct", 1)


async def test_somebody_unknown_cannot_be_written_to(in_use: WorkspaceInUse) -> None:
    refused = await in_use.platform.deliver(
        OutboundMessage(
            key="k", address=Address(channel=ChannelRef("web", "@mallory")), content=Notice(text=("Hi",))
        )
    )
    assert isinstance(refused, RefusedByPlatform)
    assert refused.reason == sentence("deliveries.web_no_person", person="@mallory")


async def test_a_reload_changes_who_is_there_and_what_they_see(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    in_use.platform.replace(people=PEOPLE[:1], channels=CHANNELS[1:], desk_name="New name")
    assert (await ana.get("/api/state"))["desk"] == "New name"
    assert [each["id"] for each in await ana.get("/api/channels")] == ["@ana"]
    assert (await noor.call("GET", "/api/channels")).status == 403


async def test_pages_are_told_when_the_server_stops(in_use: WorkspaceInUse, ana: Page) -> None:
    await ana.open_live()
    await ana.hears("hello")
    await in_use.server.stop()
    assert ana.socket is not None
    assert (await ana.socket.receive()).type in {WSMsgType.CLOSE, WSMsgType.CLOSED}


async def test_every_page_sees_time_pass_while_the_clock_is_put_forward(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    await noor.open_live()
    answer = await ana.call("POST", "/api/clock", {"forward_s": 7200})
    seen = [(await noor.hears("clock"))["now"] for _ in range(2)]
    assert seen == ["2026-03-02T10:00:00.000Z", "2026-03-02T11:00:00.000Z"]
    assert answer.body["now"] == seen[-1]


async def test_a_desk_on_real_time_says_that_its_clock_cannot_be_moved(tmp_path: Path) -> None:
    async with workspace(tmp_path, can_forward=False) as in_use:
        ana = await in_use.page("ana")
        assert (await ana.get("/api/state"))["can_fast_forward"] is False
        answer = await ana.call("POST", "/api/clock", {"forward_s": 60})
    assert answer.status == 404
    assert answer.body["error"] == said("platforms.real_time")
