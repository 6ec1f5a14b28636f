"""Every limit on messages, embeds, components, threads and channels: just within is taken, just beyond refused."""

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import DiscordServer, NotOffered
from tests.fakes.discord.world.records import Channel
from tests.fakes.selftests.discord.discord_client import Api, plain_requests


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.001) as running:
        yield running


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with plain_requests(server) as requests:
        yield requests


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    return server.channel("help")


def text(length: int) -> dict[str, Any]:
    return {"content": "x" * length}


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [parts]}


def fields(count: int, name: int = 1, value: int = 1) -> dict[str, Any]:
    return embed(fields=[{"name": "n" * name, "value": "v" * value}] * count)


def row(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"content": "card", "components": [{"type": 1, "components": list(inside)}]}


def button(custom_id: str = "claim", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Claim", "custom_id": custom_id} | more


def buttons(count: int) -> dict[str, Any]:
    return row(*(button(f"b{number}") for number in range(count)))


def rows(count: int) -> dict[str, Any]:
    made = [{"type": 1, "components": [button(f"b{number}")]} for number in range(count)]
    return {"content": "card", "components": made}


def option(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"label": f"Option {number}", "value": str(number)} | more


def menu(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return row({"type": 3, "custom_id": "more", "options": list(options)} | more)


def options(count: int) -> dict[str, Any]:
    return menu(*(option(number) for number in range(count)))


def poll(question: int = 1, answers: int = 2, answer: int = 1, hours: int = 24) -> dict[str, Any]:
    return {
        "poll": {
            "question": {"text": "q" * question},
            "answers": [{"poll_media": {"text": "a" * answer}}] * answers,
            "duration": hours,
        }
    }


def pinging(**allowed: Any) -> dict[str, Any]:
    return {"content": "hello", "allowed_mentions": allowed}


B = "components.0.components.0"
LONG = "fewer in length"
BETWEEN = "Must be between"

LIMITS: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("2,000 characters", text(2000), text(2001), "content", f"Must be 2000 or {LONG}."),
    ("a nonce of 25", text(1) | {"nonce": "n" * 25}, text(1) | {"nonce": "n" * 26}, "nonce", LONG),
    ("10 embeds", {"embeds": [{"title": "t"}] * 10}, {"embeds": [{"title": "t"}] * 11}, "embeds", LONG),
    (
        "6,000 characters in all embeds",
        {"embeds": [{"description": "d" * 3000}] * 2},
        {"embeds": [{"description": "d" * 3000}] * 2 + [{"title": "t"}]},
        "embeds",
        "Embed size exceeds maximum size of 6000",
    ),
    ("an embed's title", embed(title="t" * 256), embed(title="t" * 257), "embeds.0.title", LONG),
    (
        "an embed's description",
        embed(description="d" * 4096),
        embed(description="d" * 4097),
        "embeds.0.description",
        LONG,
    ),
    ("25 fields", fields(25), fields(26), "embeds.0.fields", LONG),
    ("a field's name", fields(1, name=256), fields(1, name=257), "embeds.0.fields.0.name", LONG),
    ("a field's value", fields(1, value=1024), fields(1, value=1025), "embeds.0.fields.0.value", LONG),
    ("a field without value", fields(1), fields(1, value=0), "embeds.0.fields.0.value", "required"),
    ("an embed with nothing", embed(title="t"), embed(color=1), "embeds.0.description", "required"),
    (
        "an embed's footer",
        embed(footer={"text": "f" * 2048}),
        embed(footer={"text": "f" * 2049}),
        "embeds.0.footer.text",
        LONG,
    ),
    (
        "an embed's author",
        embed(author={"name": "a" * 256}),
        embed(author={"name": "a" * 257}),
        "embeds.0.author.name",
        LONG,
    ),
    (
        "an embed's link",
        embed(title="t", url="https://example.org"),
        embed(title="t", url="javascript:alert(1)"),
        "embeds.0.url",
        "Scheme",
    ),
    ("5 rows", rows(5), rows(6), "components", BETWEEN),
    ("5 buttons in a row", buttons(5), buttons(6), "components.0.components", BETWEEN),
    ("a button's label", row(button(label="l" * 80)), row(button(label="l" * 81)), f"{B}.label", LONG),
    ("a button's id", row(button("c" * 100)), row(button("c" * 101)), f"{B}.custom_id", LONG),
    ("a button without id", row(button()), row({"type": 2, "style": 1, "label": "l"}), B, "custom id"),
    ("a button's style", row(button(style=4)), row(button(style=9)), f"{B}.style", "one of"),
    (
        "a link with an id",
        row({"type": 2, "style": 5, "label": "Open", "url": "https://example.org"}),
        row(button(style=5, url="https://example.org")),
        B,
        "cannot both be specified",
    ),
    (
        "the same id twice",
        row(button("a"), button("b")),
        row(button("a"), button("a")),
        "components.0.components.1.custom_id",
        "duplicated",
    ),
    ("25 options", options(25), options(26), f"{B}.options", BETWEEN),
    ("no option", options(1), options(0), f"{B}.options", BETWEEN),
    (
        "an option's label",
        menu(option(label="l" * 100)),
        menu(option(label="l" * 101)),
        f"{B}.options.0.label",
        BETWEEN,
    ),
    (
        "an option's value",
        menu(option(value="v" * 100)),
        menu(option(value="v" * 101)),
        f"{B}.options.0.value",
        BETWEEN,
    ),
    (
        "an option's description",
        menu(option(description="d" * 100)),
        menu(option(description="d" * 101)),
        f"{B}.options.0.description",
        LONG,
    ),
    (
        "the same value twice",
        menu(option(1), option(2)),
        menu(option(1), option(1)),
        f"{B}.options.1.value",
        "already used",
    ),
    (
        "a menu's hint",
        menu(option(), placeholder="p" * 150),
        menu(option(), placeholder="p" * 151),
        f"{B}.placeholder",
        LONG,
    ),
    (
        "a menu beside a button",
        menu(option()),
        row({"type": 3, "custom_id": "m", "options": [option()]}, button()),
        "components.0",
        "maximum width",
    ),
    ("a poll's question", poll(question=300), poll(question=301), "poll.question.text", BETWEEN),
    ("10 answers", poll(answers=10), poll(answers=11), "poll.answers", BETWEEN),
    ("an answer", poll(answer=55), poll(answer=56), "poll.answers.0.poll_media.text", BETWEEN),
    ("32 days of voting", poll(hours=768), poll(hours=769), "poll.duration", "less than"),
    (
        "100 people to ping",
        pinging(users=[str(n) for n in range(100)]),
        pinging(users=[str(n) for n in range(101)]),
        "allowed_mentions.users",
        BETWEEN,
    ),
    (
        "all people and some",
        pinging(parse=["users"]),
        pinging(parse=["users"], users=["1"]),
        "allowed_mentions",
        "mutually exclusive",
    ),
]


@pytest.mark.parametrize(
    ("within", "beyond", "path", "why"), [case[1:] for case in LIMITS], ids=[case[0] for case in LIMITS]
)
async def test_a_message_may_hold_so_much_and_no_more(
    channel: Channel, api: Api, within: dict[str, Any], beyond: dict[str, Any], path: str, why: str
) -> None:
    where = f"/channels/{channel.id}/messages"
    posted = await api.done("POST", where, within)
    assert why in (await api.ask("POST", where, beyond)).problem(path)[1]
    if "nonce" not in beyond:
        assert why in (await api.ask("PATCH", f"{where}/{posted['id']}", beyond)).problem(path)[1]


async def test_a_message_of_nothing_is_refused(channel: Channel, api: Api) -> None:
    where = f"/channels/{channel.id}/messages"
    for body in ({}, {"content": ""}, {"content": "  \n "}):
        assert (await api.ask("POST", where, body)).refusal == (400, 50006)


async def test_everything_that_is_wrong_is_said_at_once(channel: Channel, api: Api) -> None:
    answer = await api.ask("POST", f"/channels/{channel.id}/messages", text(2001) | embed(title="t" * 257))
    assert answer.problem("content")
    assert answer.problem("embeds.0.title")
    assert answer.body["message"] == "Invalid Form Body"


async def upload(server: DiscordServer, channel: Channel, sizes: list[int]) -> tuple[int, int]:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", '{"content": "files"}')
    for number, size in enumerate(sizes):
        form.add_field(f"files[{number}]", io.BytesIO(b"x" * size), filename=f"{number}.bin")
    headers = {"Authorization": f"Bot {server.token}"}
    url = f"{server.api_url}/channels/{channel.id}/messages"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, data=form) as response,
    ):
        body = await response.json()
    return response.status, body.get("code", 0)


async def test_ten_files_and_no_more(server: DiscordServer, channel: Channel) -> None:
    assert await upload(server, channel, [1] * 10) == (200, 0)
    assert await upload(server, channel, [1] * 11) == (400, 50035)


async def test_a_files_size_depends_on_the_guilds_boosts(server: DiscordServer, channel: Channel) -> None:
    mib = 1024**2
    assert await upload(server, channel, [10 * mib]) == (200, 0)
    assert await upload(server, channel, [10 * mib + 1]) == (413, 40005)
    server.guild.premium_tier = 2
    assert await upload(server, channel, [10 * mib + 1]) == (200, 0)


@pytest.mark.parametrize(
    ("within", "beyond", "path"),
    [
        ({"name": "n" * 100}, {"name": "n" * 101}, "name"),
        ({"name": "n"}, {"name": " "}, "name"),
        ({"auto_archive_duration": 60}, {"auto_archive_duration": 61}, "auto_archive_duration"),
        ({"rate_limit_per_user": 21_600}, {"rate_limit_per_user": 21_601}, "rate_limit_per_user"),
    ],
)
async def test_a_thread_is_named_and_set_within_limits(
    server: DiscordServer,
    channel: Channel,
    api: Api,
    within: dict[str, Any],
    beyond: dict[str, Any],
    path: str,
) -> None:
    said = await server.person("ana").says("help", "no network")
    where = f"/channels/{channel.id}/messages/{said.id}/threads"
    assert (await api.ask("POST", where, {"name": "n"} | beyond)).problem(path)
    thread = await api.done("POST", where, {"name": "n"} | within)
    assert (await api.ask("PATCH", f"/channels/{thread['id']}", beyond)).problem(path)


async def test_a_channels_topic_has_1024_characters_and_a_forums_4096(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    server.communities.change_role(server.communities.bot_role(server.guild), permissions=1 << 3)
    forum = server.forum("questions")
    for place, most in ((channel, 1024), (forum, 4096)):
        await api.done("PATCH", f"/channels/{place.id}", {"topic": "t" * most})
        answer = await api.ask("PATCH", f"/channels/{place.id}", {"topic": "t" * (most + 1)})
        assert answer.problem("topic")[1] == f"Must be {most} or fewer in length."


async def test_history_is_read_a_hundred_at_a_time(channel: Channel, api: Api) -> None:
    where = f"/channels/{channel.id}/messages"
    await api.done("GET", where, limit=100)
    assert (await api.ask("GET", where, limit=101)).problem("limit")[0] == "NUMBER_TYPE_MAX"


async def test_a_message_has_twenty_kinds_of_reactions(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    ana = server.person("ana")
    said = await ana.says("help", "thanks")
    for number in range(20):
        await ana.reacts(said, chr(0x1F600 + number))
    path = f"/channels/{channel.id}/messages/{said.id}/reactions"
    assert (await api.ask("PUT", f"{path}/✅/@me")).refusal == (400, 30010)
    await api.done("PUT", f"{path}/{chr(0x1F600)}/@me")


async def test_a_guild_has_five_hundred_channels(server: DiscordServer) -> None:
    for number in range(500):
        server.channel(f"channel-{number}")
    with pytest.raises(NotOffered, match="500 channels"):
        server.channel("one-more")


async def test_stickers_are_three_and_the_guilds_own(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    server.add_sticker("wave")
    sticker = server.sticker(server.guild.id, "wave")
    where = f"/channels/{channel.id}/messages"
    await api.done("POST", where, {"sticker_ids": [sticker] * 3})
    assert (await api.ask("POST", where, {"sticker_ids": [sticker] * 4})).problem("sticker_ids")
    assert (await api.ask("POST", where, {"sticker_ids": ["1"]})).refusal == (404, 10060)
