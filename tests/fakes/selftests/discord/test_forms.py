"""Forms within Discord's limits, and what Discord's own window offers and takes of commands, menus and forms."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fakes.discord import DiscordServer, NotOffered, Person
from tests.fakes.discord.world.records import Channel
from tests.fakes.selftests.discord.discord_app import Waiting, button, card, form, register, text_input
from tests.fakes.selftests.discord.discord_client import Api, plain_requests


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.001) as running:
        yield running


@pytest.fixture
async def channel(server: DiscordServer) -> Channel:
    return server.channel("help")


@pytest.fixture
def ana(server: DiscordServer) -> Person:
    return server.person("ana")


@pytest.fixture
def noor(server: DiscordServer) -> Person:
    return server.person("noor")


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with plain_requests(server) as requests:
        yield requests


@pytest.fixture
def app(server: DiscordServer, channel: Channel, api: Api) -> Waiting:
    return Waiting(server, api)


OPTIONS = [{"label": f"Option {n}", "value": str(n)} for n in range(30)]
C = "data.components.0.component"
FORMS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("a title", form(text_input(), title="t" * 45), form(text_input(), title="t" * 46), "data.title"),
    (
        "five rows",
        form(*(text_input(f"t{n}") for n in range(5))),
        form(*(text_input(f"t{n}") for n in range(6))),
        "data.components",
    ),
    ("an input's id", form(text_input("t" * 100)), form(text_input("t" * 101)), f"{C}.custom_id"),
    (
        "what is typed in",
        form(text_input(value="v" * 4000)),
        form(text_input(value="v" * 4001)),
        f"{C}.value",
    ),
    (
        "how much may be typed",
        form(text_input(max_length=4000)),
        form(text_input(max_length=4001)),
        f"{C}.max_length",
    ),
    (
        "a hint",
        form(text_input(placeholder="p" * 100)),
        form(text_input(placeholder="p" * 101)),
        f"{C}.placeholder",
    ),
    (
        "different ids",
        form(text_input("a"), text_input("b")),
        form(text_input("a"), text_input("a")),
        "data.components.1.component.custom_id",
    ),
    (
        "25 options",
        form({"type": 3, "custom_id": "s", "options": OPTIONS[:25]}),
        form({"type": 3, "custom_id": "s", "options": OPTIONS[:26]}),
        f"{C}.options",
    ),
    (
        "10 radio buttons",
        form({"type": 21, "custom_id": "r", "options": OPTIONS[:10]}),
        form({"type": 21, "custom_id": "r", "options": OPTIONS[:11]}),
        f"{C}.options",
    ),
    (
        "10 files",
        form({"type": 19, "custom_id": "f", "max_values": 10}),
        form({"type": 19, "custom_id": "f", "max_values": 11}),
        f"{C}.max_values",
    ),
    ("known fields", form(text_input()), form(button()), f"{C}.type"),
]


@pytest.mark.parametrize(
    ("within", "beyond", "path"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS]
)
async def test_a_form_keeps_discords_limits(
    server: DiscordServer,
    api: Api,
    app: Waiting,
    channel: Channel,
    ana: Person,
    within: dict[str, Any],
    beyond: dict[str, Any],
    path: str,
) -> None:
    seen = await card(api, channel, ana, button())
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    assert (await api.ask("POST", callback, beyond)).problem(path)
    await api.done("POST", callback, within)
    assert (await task).modal is not None


async def test_a_label_is_not_too_long(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    seen = await card(api, channel, ana, button())
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    body = form(text_input())
    body["data"]["components"][0]["label"] = "l" * 46
    assert (await api.ask("POST", callback, body)).problem("data.components.0.label")
    body["data"]["components"][0]["label"] = "l" * 45
    await api.done("POST", callback, body)
    assert (await task).modal is not None


async def test_everything_in_a_form_comes_back_as_it_was_filled_in(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person, noor: Person
) -> None:
    seen = await card(api, channel, ana, button())
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    body = form(
        text_input(value="typed before"),
        {"type": 3, "custom_id": "menu", "options": OPTIONS[:3]},
        {"type": 5, "custom_id": "people", "max_values": 2},
        {"type": 19, "custom_id": "files", "required": False},
        {"type": 21, "custom_id": "radio", "options": OPTIONS[:2], "required": False},
    )
    await api.done("POST", callback, body)
    values = {"Field 1": "Option 2", "Field 2": [ana, noor], "Field 3": ("a.txt", b"abc")}
    task, callback, _ = await app.begun(ana.submits(await task, values))
    sent = list(server.interactions.all.values())[-1].data
    inside = [row["component"] for row in sent["components"]]
    assert [each.get("value", each.get("values")) for each in inside[:3]] == [
        "typed before", ["2"], [str(ana.id), str(noor.id)],
    ]  # fmt: skip
    attachment = sent["resolved"]["attachments"][inside[3]["values"][0]]
    assert (attachment["filename"], attachment["size"]) == ("a.txt", 3)
    assert inside[4]["value"] is None
    assert sent["resolved"]["users"][str(noor.id)]["username"] == "noor"
    await api.done("POST", callback, {"type": 6})
    await task


async def test_the_window_takes_no_form_that_is_not_filled_in(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    seen = await card(api, channel, ana, button())
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    await api.done("POST", callback, form(text_input(min_length=3, max_length=5)))
    shown = await task
    for value in ("", "ab", "abcdef"):
        with pytest.raises(NotOffered):
            await ana.submits(shown, {"Field 0": value})
    with pytest.raises(NotOffered, match="no field"):
        await ana.submits(shown, {"Subject": "abc"})


# --- what Discord's window does not offer ---


async def test_the_window_takes_no_command_that_is_not_complete_or_not_there(
    server: DiscordServer, api: Api, channel: Channel, ana: Person
) -> None:
    await register(server, api)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("/ticket", {}),
        ("/ticket close", {}),
        ("/desk claim", {}),
        ("/ticket open", {}),
        ("/ticket open", {"text": "longer than ten"}),
        ("/ticket open", {"text": "x", "team": "Nobody's"}),
        ("/ticket open", {"text": "x", "who": "noor"}),
        ("/ticket open", {"text": "x", "who": server.role("Agents")}),
        ("/ticket open", {"text": "x", "colour": "red"}),
    ]
    for line, given in wrong:
        with pytest.raises(NotOffered):
            await ana.types_command(line, channel, **given)
    assert server.interactions.all == {}


async def test_menus_and_buttons_are_used_as_they_are_offered(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person, noor: Person
) -> None:
    menu = {"type": 3, "custom_id": "more", "placeholder": "More…", "options": OPTIONS[:3]}
    people = {"type": 5, "custom_id": "who", "placeholder": "Who"}
    texts = {"type": 8, "custom_id": "where", "placeholder": "Where", "channel_types": [0]}
    seen = await card(api, channel, ana, menu, people, texts, button(disabled=True))
    assert (seen.selects, seen.options) == (("More…", "Who", "Where"), ("Option 0", "Option 1", "Option 2"))
    with pytest.raises(NotOffered):
        await ana.chooses(seen, server.role("Agents"), menu="Who")
    with pytest.raises(NotOffered):
        await ana.chooses(seen, server.forum("questions"), menu="Where")
    with pytest.raises(NotOffered):
        await ana.presses(seen, "Claim")
    with pytest.raises(NotOffered):
        await ana.presses(seen, "Resolve")
    with pytest.raises(NotOffered):
        await ana.chooses(seen, "Option 7", menu="More…")
    task, callback, _ = await app.begun(ana.chooses(seen, "Option 1", menu="More…"))
    assert list(server.interactions.all.values())[-1].data["values"] == ["1"]
    await api.done("POST", callback, {"type": 6})
    await task
    task, callback, _ = await app.begun(ana.chooses(seen, noor, menu="Who"))
    data = list(server.interactions.all.values())[-1].data
    assert (data["values"], data["component_type"]) == ([str(noor.id)], 5)
    await api.done("POST", callback, {"type": 6})
    await task


async def test_in_an_archived_thread_nothing_can_be_used(
    server: DiscordServer, api: Api, channel: Channel, ana: Person
) -> None:
    await register(server, api)
    thread = await ana.starts_thread("help", "A thread")
    await ana.archives(thread)
    assert ana.sees_commands(thread) == []
    with pytest.raises(NotOffered):
        await ana.types_command("/ticket open", thread, text="x")
