"""Commands, buttons, menus and forms: used by people, answered by the real discord.py or by plain requests."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.servers.discord import DiscordServer, NotOffered, Person, Seen, Shown
from tests.servers.discord.records import Channel
from tests.servers.discord_client import Api, Listener, listening, plain_requests

EPHEMERAL = 64


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
async def client(server: DiscordServer, channel: Channel) -> AsyncIterator[Listener]:
    async with listening(server) as listener:
        yield listener


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with plain_requests(server) as requests:
        yield requests


def part(name: str, kind: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "description": "What it is"} | more


OPEN = part(
    "open",
    1,
    options=[
        part("text", 3, required=True, max_length=10),
        part("who", 6),
        part("team", 3, choices=[{"name": "Network", "value": "net"}]),
        part("ticket", 3, autocomplete=True),
        part("file", 11),
        part("role", 8),
        part("urgent", 5),
    ],
)
COMMANDS = [
    {"name": "ticket", "description": "Tickets", "options": [OPEN]},
    {"name": "Make this a ticket", "type": 3},
    {"name": "Open a ticket for…", "type": 2},
]


async def register(server: DiscordServer, api: Api) -> None:
    await api.done("PUT", f"/applications/{server.world.application.id}/commands", COMMANDS)


def button(label: str = "Claim", custom_id: str = "claim", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id} | more


def rows(*inside: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": 1, "components": [each]} for each in inside]


async def card(api: Api, channel: Channel, reader: Person, *inside: dict[str, Any]) -> Seen:
    body = {"content": "IT-1", "components": rows(*inside)}
    await api.done("POST", f"/channels/{channel.id}/messages", body)
    return reader.reads(channel)[-1]


def form(*components: dict[str, Any], title: str = "Reply") -> dict[str, Any]:
    labelled = [{"type": 18, "label": f"Field {n}", "component": c} for n, c in enumerate(components)]
    return {"type": 9, "data": {"custom_id": "reply", "title": title, "components": labelled}}


def text_input(custom_id: str = "text", **more: Any) -> dict[str, Any]:
    return {"type": 4, "custom_id": custom_id, "style": 2} | more


class Waiting:
    """An app that hears of interactions and answers by plain requests when the test says so."""

    def __init__(self, server: DiscordServer, api: Api) -> None:
        self._server = server
        self._api = api

    async def begun(self, doing: Any) -> tuple["asyncio.Task[Shown]", str, str]:
        """Start what a person does; its task, where to answer and where to follow up."""
        before = len(self._server.interactions.all)
        task = asyncio.create_task(doing)
        await self._server.until(lambda: len(self._server.interactions.all) > before, "it is told")
        last = list(self._server.interactions.all.values())[-1]
        application = self._server.world.application.id
        return (
            task,
            f"/interactions/{last.id}/{last.token}/callback",
            f"/webhooks/{application}/{last.token}",
        )


@pytest.fixture
def app(server: DiscordServer, channel: Channel, api: Api) -> Waiting:
    return Waiting(server, api)


# --- with discord.py ---


async def test_a_command_reaches_discord_py_with_what_was_typed_and_its_answer_the_person(
    server: DiscordServer, api: Api, client: Listener, ana: Person, noor: Person
) -> None:
    await register(server, api)

    async def answer(interaction: discord.Interaction) -> None:
        data: Any = interaction.data
        given = {option["name"]: option["value"] for option in data["options"][0]["options"]}
        asked_for = data["resolved"]["users"][given["who"]]["username"]
        text = (
            f"{data['name']} {data['options'][0]['name']}: {given['text']} for {asked_for}, {given['team']}"
        )
        await interaction.response.send_message(text, ephemeral=True)

    client.answer = answer
    shown = await ana.types_command("/ticket open", "help", text="no network", who=noor, team="Network")
    assert shown.text == "ticket open: no network for noor, net"
    assert shown.reply is not None
    assert shown.reply.is_ephemeral
    assert "no network" in ana.reads("help")[-1]
    assert noor.reads("help") == []


async def test_a_deferred_answer_is_seen_when_it_is_there(
    server: DiscordServer, api: Api, client: Listener, ana: Person
) -> None:
    await register(server, api)

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="IT-1 is open")
        await interaction.followup.send("and a word more", ephemeral=True)

    client.answer = answer
    shown = await ana.types_command("/ticket open", "help", text="x")
    assert shown.text == "IT-1 is open"
    assert shown.reply is not None
    assert not shown.reply.is_edited
    await ana.sees("help", "and a word more")


async def test_a_button_opens_a_form_and_the_form_changes_the_card(
    server: DiscordServer, api: Api, client: Listener, channel: Channel, noor: Person
) -> None:
    seen = await card(api, channel, noor, button("Reply", "reply"))

    class Reply(discord.ui.Modal, title="Reply to IT-1"):
        words: discord.ui.TextInput["Reply"] = discord.ui.TextInput(label="Words", max_length=4000)

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.edit_message(content=f"answered: {self.words.value}", view=None)

    async def answer(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await interaction.response.send_modal(Reply())

    client.answer = answer
    shown = await noor.presses(seen, "Reply")
    assert shown.modal is not None
    assert (shown.modal.title, shown.modal.labels) == ("Reply to IT-1", ("Words",))
    done = await noor.submits(shown, {"Words": "try again"})
    assert done.is_ok
    assert (noor.reads("help")[-1].text, noor.reads("help")[-1].buttons) == ("answered: try again", ())


async def test_completion_offers_what_the_app_says(
    server: DiscordServer, api: Api, client: Listener, ana: Person
) -> None:
    await register(server, api)

    async def answer(interaction: discord.Interaction) -> None:
        data: Any = interaction.data
        focused = next(o for o in data["options"][0]["options"] if o.get("focused"))
        await interaction.response.autocomplete(
            [discord.app_commands.Choice(name=f"IT-{focused['value']}", value=focused["value"])]
        )

    client.answer = answer
    assert await ana.autocompletes("/ticket open", "ticket", "10", "help") == ["IT-10"]
    with pytest.raises(NotOffered, match="completes no option"):
        await ana.autocompletes("/ticket open", "text", "10", "help")


async def test_context_menus_carry_what_they_were_used_on(
    server: DiscordServer, api: Api, client: Listener, ana: Person, noor: Person
) -> None:
    await register(server, api)
    said = await ana.says("help", "no network")

    async def answer(interaction: discord.Interaction) -> None:
        data: Any = interaction.data
        kind = "messages" if "messages" in data["resolved"] else "users"
        target = data["resolved"][kind][data["target_id"]]
        await interaction.response.send_message(target.get("content") or target["username"], ephemeral=True)

    client.answer = answer
    assert (await noor.uses_message_menu("Make this a ticket", said)).text == "no network"
    assert (await noor.uses_user_menu("Open a ticket for…", ana, "help")).text == "ana"
    with pytest.raises(NotOffered):
        await noor.uses_message_menu("Delete this", said)


async def test_commands_work_in_direct_messages_with_the_bot(
    server: DiscordServer, api: Api, client: Listener, ana: Person
) -> None:
    await register(server, api)

    async def answer(interaction: discord.Interaction) -> None:
        assert interaction.guild_id is None
        await interaction.response.send_message(f"hello {interaction.user.name}")

    client.answer = answer
    assert (await ana.types_command("/ticket open", text="x")).text == "hello ana"
    assert ana.reads_dm()[-1].text == "hello ana"


# --- how answers are taken and refused ---


async def test_nobody_answers_and_discord_says_so() -> None:
    async with (
        DiscordServer.running(scale=0.001, deadline_scale=0.01) as server,
        plain_requests(server) as api,
    ):
        ana, channel = server.person("ana"), server.channel("help")
        await register(server, api)
        app = Waiting(server, api)
        task, callback, follow_up = await app.begun(ana.types_command("/ticket open", channel, text="x"))
        shown = await task
        assert shown.problem == "The application did not respond"
        late = await api.ask("POST", callback, {"type": 4, "data": {"content": "too late"}})
        assert late.refusal == (404, 10062)
        assert (await api.ask("POST", follow_up, {"content": "?"})).refusal == (404, 10015)


async def test_an_interaction_is_answered_once(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, noor: Person
) -> None:
    seen = await card(api, channel, noor, button())
    task, callback, _ = await app.begun(noor.presses(seen, "Claim"))
    body = {"type": 4, "data": {"content": "yours", "flags": EPHEMERAL}}
    await api.done("POST", callback, body)
    assert (await api.ask("POST", callback, body)).refusal == (400, 40060)
    assert (await api.ask("POST", callback.replace("callback", "x/callback"), body)).status == 404
    assert (await task).text == "yours"
    assert (await api.ask("POST", "/interactions/1/x/callback", body)).refusal == (404, 10062)


async def test_an_interaction_may_arrive_twice_and_has_one_id(
    server: DiscordServer, api: Api, client: Listener, channel: Channel, noor: Person
) -> None:
    seen = await card(api, channel, noor, button())
    heard: list[int] = []
    refused: list[int] = []

    async def answer(interaction: discord.Interaction) -> None:
        heard.append(interaction.id)
        try:
            await interaction.response.send_message("yours", ephemeral=True)
        except discord.HTTPException as error:
            refused.append(error.code)

    client.answer = answer
    await noor.presses(seen, "Claim", twice=True)
    await server.until(lambda: len(refused) == 1, "the second answer is refused")
    assert len(heard) == 2
    assert len(set(heard)) == 1
    assert refused == [40060]


async def test_each_kind_takes_only_its_own_answers(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    await register(server, api)
    seen = await card(api, channel, ana, button())
    cases = [
        (ana.types_command("/ticket open", channel, text="x"), {6, 7, 8}, 4),
        (ana.autocompletes("/ticket open", "ticket", "1", channel), {4, 5, 6, 7, 9}, 8),
        (ana.presses(seen, "Claim"), {8}, 6),
    ]
    for doing, wrong, right in cases:
        task, callback, _ = await app.begun(doing)
        for kind in wrong:
            assert (await api.ask("POST", callback, {"type": kind, "data": {}})).problem("type")
        await api.done("POST", callback, {"type": right, "data": {"content": "x", "choices": []}})
        await task


async def test_a_form_is_no_answer_to_a_form_and_not_a_second_one(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    seen = await card(api, channel, ana, button())
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    await api.done("POST", callback, {"type": 5})
    assert (await api.ask("POST", callback, form(text_input()))).refusal == (400, 40060)
    await api.done("PATCH", f"{_}/messages/@original", {"content": "done"})
    await task
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    await api.done("POST", callback, form(text_input()))
    task, callback, _ = await app.begun(ana.submits(await task, {"Field 0": "x"}))
    assert (await api.ask("POST", callback, form(text_input()))).problem("type")
    await api.done("POST", callback, {"type": 6})
    assert (await task).is_ok


async def test_an_answer_is_edited_followed_up_and_taken_back_for_fifteen_minutes(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    seen = await card(api, channel, ana, button())
    server.pace.scale = 1
    task, callback, follow_up = await app.begun(ana.presses(seen, "Claim"))
    await api.done("POST", callback, {"type": 4, "data": {"content": "one"}})
    await task
    await api.done("PATCH", f"{follow_up}/messages/@original", {"content": "two"})
    extra = await api.done("POST", follow_up, {"content": "three", "flags": EPHEMERAL})
    await api.done("PATCH", f"{follow_up}/messages/{extra['id']}", {"content": "four"})
    assert [s.text for s in ana.reads("help")[1:]] == ["two", "four"]
    assert (await api.done("GET", f"{follow_up}/messages/@original"))["content"] == "two"
    await api.done("DELETE", f"{follow_up}/messages/@original")
    assert (await api.ask("GET", f"{follow_up}/messages/@original")).refusal == (404, 10008)
    assert [s.text for s in ana.reads("help")[1:]] == ["four"]
    server.move(timedelta(minutes=16))
    assert (await api.ask("POST", follow_up, {"content": "too late"})).refusal == (401, 50027)


async def test_what_only_one_person_sees_is_in_nobodys_history(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person, noor: Person
) -> None:
    seen = await card(api, channel, ana, button())
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    await api.done("POST", callback, {"type": 4, "data": {"content": "hush", "flags": EPHEMERAL}})
    whisper = (await task).reply
    assert whisper is not None
    history = await api.done("GET", f"/channels/{channel.id}/messages")
    assert [message["content"] for message in history] == ["IT-1"]
    assert (await api.ask("GET", f"/channels/{channel.id}/messages/{whisper.id}")).refusal == (404, 10008)
    with pytest.raises(NotOffered):
        await noor.presses(whisper, "Claim")


async def test_answers_keep_the_limits_of_messages(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    seen = await card(api, channel, ana, button())
    task, callback, _ = await app.begun(ana.presses(seen, "Claim"))
    long = {"type": 4, "data": {"content": "x" * 2001}}
    assert (await api.ask("POST", callback, long)).problem("content")
    assert (await api.ask("POST", callback, {"type": 4, "data": {}})).refusal == (400, 50006)
    await api.done("POST", callback, {"type": 6})
    await task


async def test_completion_offers_twenty_five_at_most(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    await register(server, api)

    def offering(count: int, length: int = 1) -> dict[str, Any]:
        return {
            "type": 8,
            "data": {"choices": [{"name": "n" * length, "value": str(n)} for n in range(count)]},
        }

    task, callback, _ = await app.begun(ana.autocompletes("/ticket open", "ticket", "", channel))
    assert (await api.ask("POST", callback, offering(26))).problem("data.choices")
    assert (await api.ask("POST", callback, offering(1, 101))).problem("data.choices.0.name")
    await api.done("POST", callback, offering(25, 100))
    assert len(list(await task)) == 25  # type: ignore[call-overload]


# --- forms ---

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
    seen = await card(api, channel, ana, menu, people, button(disabled=True))
    assert (seen.selects, seen.options) == (("More…", "Who"), ("Option 0", "Option 1", "Option 2"))
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
