"""Commands, buttons and menus: used by people, answered by the real discord.py or by plain requests."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.fakes.discord import DiscordServer, NotOffered, Person
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import Channel
from tests.fakes.selftests.discord.discord_app import Waiting, button, card, form, register, text_input
from tests.fakes.selftests.discord.discord_client import Api, Listener, listening, plain_requests

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


async def test_who_sees_a_channel_no_more_uses_nothing_in_it(
    server: DiscordServer, api: Api, channel: Channel, ana: Person
) -> None:
    seen = await card(api, channel, ana, button())
    server.deny(channel, None, Permission.VIEW_CHANNEL)
    with pytest.raises(NotOffered, match="does not see"):
        await ana.presses(seen, "Claim")
    assert server.interactions.all == {}


async def test_each_interaction_has_five_follow_ups_in_two_seconds_of_its_own(
    server: DiscordServer, api: Api, app: Waiting, channel: Channel, ana: Person
) -> None:
    server.pace.scale = 1
    seen = await card(api, channel, ana, button())
    for _ in range(2):
        task, callback, follow_up = await app.begun(ana.presses(seen, "Claim"))
        await api.done("POST", callback, {"type": 6})
        await task
        for number in range(5):
            await api.done("POST", follow_up, {"content": f"{number}", "flags": EPHEMERAL})
        assert (await api.ask("POST", follow_up, {"content": "5"})).status == 429


async def test_fifty_people_press_in_the_same_second_and_all_are_answered(
    server: DiscordServer, api: Api, client: Listener, channel: Channel, ana: Person
) -> None:
    server.pace.scale = 1
    seen = await card(api, channel, ana, button())

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"hello {interaction.user.name}", ephemeral=True)

    client.answer = answer
    people = [server.person(f"person{number}") for number in range(50)]
    shown = await asyncio.gather(*(person.presses(seen, "Claim") for person in people))
    assert [each.text for each in shown] == [f"hello {person.name}" for person in people]
    assert {call.status for call in server.calls if call.path.endswith("callback")} == {200}


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
