"""discord.py's own commands, views and forms, used by people on the test server."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.fakes.discord import DiscordServer, Person, Seen
from tests.fakes.selftests.discord.discord_client import Listener, listening


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.001) as running:
        running.channel("help")
        yield running


@pytest.fixture
def ana(server: DiscordServer) -> Person:
    return server.person("ana")


@pytest.fixture
def noor(server: DiscordServer) -> Person:
    return server.person("noor")


@pytest.fixture
async def client(server: DiscordServer) -> AsyncIterator[Listener]:
    async with listening(server) as listener:
        yield listener


def text_channel(client: Listener) -> discord.TextChannel:
    return client.guilds[0].text_channels[0]


async def shows(client: Listener, reader: Person, view: ui.View) -> Seen:
    await text_channel(client).send("IT-1", view=view)
    return reader.reads("help")[-1]


# --- commands ---


def with_commands(client: Listener) -> app_commands.CommandTree:
    """A group with a command for everybody, one for those who manage messages, and two menus."""
    tree = app_commands.CommandTree(client)
    ticket = app_commands.Group(name="ticket", description="Tickets")

    @ticket.command(name="open", description="Open a ticket")
    @app_commands.describe(text="What is wrong", who="For whom")
    @app_commands.choices(urgency=[app_commands.Choice(name="Urgent", value="p1")])
    async def opened(
        interaction: discord.Interaction,
        text: str,
        who: discord.Member | None = None,
        urgency: app_commands.Choice[str] | None = None,
        file: discord.Attachment | None = None,
        role: discord.Role | None = None,
        where: discord.TextChannel | None = None,
    ) -> None:
        read = (await file.read()).decode() if file is not None else ""
        said = [text, who and who.name, urgency and urgency.value, read, role and role.name, where]
        await interaction.response.send_message(" ".join(str(part) for part in said if part), ephemeral=True)

    @ticket.command(name="show", description="Show a ticket")
    async def shown(interaction: discord.Interaction, ticket: str) -> None:
        await interaction.response.send_message(f"showing {ticket}")

    @shown.autocomplete("ticket")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=f"IT-{n}", value=f"{n}") for n in (1, 10, 2) if f"{n}".startswith(typed)
        ]

    @app_commands.command(name="desk", description="For agents")
    @app_commands.default_permissions(manage_messages=True)
    @app_commands.guild_only()
    async def desk(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.followup.send("the desk")

    @app_commands.context_menu(name="Make this a ticket")
    async def from_message(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{message.author.name}: {message.content}", ephemeral=True)

    @app_commands.context_menu(name="Open a ticket for…")
    async def for_person(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"for {member.display_name}", ephemeral=True)

    tree.add_command(ticket)
    tree.add_command(desk)
    tree.add_command(from_message)
    tree.add_command(for_person)
    return tree


async def test_discord_py_registers_its_commands_and_people_see_what_is_theirs(
    server: DiscordServer, client: Listener, ana: Person, noor: Person
) -> None:
    server.role("Agents", [noor], permissions=1 << 13)
    registered = await with_commands(client).sync()
    assert [command.name for command in registered] == [
        "ticket",
        "desk",
        "Make this a ticket",
        "Open a ticket for…",
    ]
    assert ana.sees_commands("help") == ["/ticket open", "/ticket show"]
    assert noor.sees_commands("help") == ["/ticket open", "/ticket show", "/desk"]
    assert noor.sees_commands() == ["/ticket open", "/ticket show"]
    assert (await noor.types_command("/desk", "help")).text == "the desk"


async def test_a_command_gets_people_choices_files_roles_and_channels_as_such(
    server: DiscordServer, client: Listener, ana: Person, noor: Person
) -> None:
    await with_commands(client).sync()
    shown = await ana.types_command(
        "/ticket open",
        "help",
        text="no network",
        who=noor,
        urgency="Urgent",
        file=("log.txt", b"all quiet"),
        role=server.role("Agents"),
        where=server.channel_named("help"),
    )
    assert shown.text == "no network noor p1 all quiet Agents help"


async def test_discord_py_completes_what_is_typed(client: Listener, ana: Person) -> None:
    await with_commands(client).sync()
    assert await ana.autocompletes("/ticket show", "ticket", "1", "help") == ["IT-1", "IT-10"]
    assert (await ana.types_command("/ticket show", "help", ticket="10")).text == "showing 10"


async def test_menus_on_messages_and_people_reach_their_commands(
    client: Listener, ana: Person, noor: Person
) -> None:
    await with_commands(client).sync()
    said = await ana.says("help", "no network")
    assert (await noor.uses_message_menu("Make this a ticket", said)).text == "ana: no network"
    assert (await noor.uses_user_menu("Open a ticket for…", ana, "help")).text == "for Ana"


# --- views ---


class Card(ui.View):
    """Outlives a restart, as a help desk's cards do."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Claim", custom_id="claim")
    async def claim(self, interaction: discord.Interaction, button: ui.Button["Card"]) -> None:
        button.disabled = True
        await interaction.response.edit_message(content=f"{interaction.user.name} has it", view=self)
        await interaction.followup.send("yours", ephemeral=True)

    @ui.select(
        placeholder="More…", custom_id="more", options=[discord.SelectOption(label="Close", value="close")]
    )
    async def more(self, interaction: discord.Interaction, select: ui.Select["Card"]) -> None:
        await interaction.response.send_message(f"chose {select.values[0]}", ephemeral=True)

    @ui.select(cls=ui.UserSelect, placeholder="Give to…", custom_id="who")
    async def give(self, interaction: discord.Interaction, select: ui.UserSelect["Card"]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"{select.values[0].name} has it")


async def test_a_button_changes_the_card_for_all_and_answers_one(
    client: Listener, ana: Person, noor: Person
) -> None:
    seen = await shows(client, noor, Card())
    shown = await noor.presses(seen, "Claim")
    assert shown.text == "noor has it"
    assert (await noor.sees("help", "yours")).is_ephemeral
    assert [message.text for message in ana.reads("help")] == ["noor has it"]


async def test_menus_of_words_and_of_people_are_chosen_from(
    client: Listener, ana: Person, noor: Person
) -> None:
    seen = await shows(client, noor, Card())
    assert (await noor.chooses(seen, "Close", menu="More…")).text == "chose close"
    await noor.chooses(seen, ana, menu="Give to…")
    await noor.sees("help", "ana has it")


async def test_a_card_from_before_a_restart_still_works(server: DiscordServer, noor: Person) -> None:
    async with listening(server) as before:
        seen = await shows(before, noor, Card())
    async with listening(server) as after:
        after.add_view(Card())
        assert (await noor.presses(seen, "Claim")).text == "noor has it"


# --- forms ---


class Everything(ui.Modal, title="Everything"):
    words: Any = ui.Label(text="Words", component=ui.TextInput(style=discord.TextStyle.long))
    team: Any = ui.Label(
        text="Team",
        component=ui.Select(options=[discord.SelectOption(label="Network", value="net")]),
    )
    people: Any = ui.Label(text="People", component=ui.UserSelect(max_values=2))
    file: Any = ui.Label(text="File", component=ui.FileUpload(required=False))
    note: Any = ui.TextDisplay("We answer by tomorrow.")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        chosen = [person.name for person in self.people.component.values]
        read = [(await file.read()).decode() for file in self.file.component.values]
        said = [self.words.component.value, *self.team.component.values, *chosen, *read]
        await interaction.response.send_message(" ".join(said), ephemeral=True)


class Boxes(ui.Modal, title="Boxes"):
    urgency: Any = ui.Label(
        text="Urgency",
        component=ui.RadioGroup(
            options=[discord.RadioGroupOption(label=label, value=label[0]) for label in ("High", "Low")]
        ),
    )
    systems: Any = ui.Label(
        text="Systems",
        component=ui.CheckboxGroup(
            options=[discord.CheckboxGroupOption(label=label, value=label[0]) for label in ("Mail", "Net")],
            max_values=2,
        ),
    )
    agreed: Any = ui.Label(text="Agreed", component=ui.Checkbox())

    async def on_submit(self, interaction: discord.Interaction) -> None:
        said = [self.urgency.component.value, *self.systems.component.values, self.agreed.component.value]
        await interaction.response.send_message(" ".join(map(str, said)), ephemeral=True)


class Opens(ui.View):
    def __init__(self, modal: type[ui.Modal]) -> None:
        super().__init__(timeout=None)
        self.modal = modal

    @ui.button(label="Open")
    async def opens(self, interaction: discord.Interaction, button: ui.Button["Opens"]) -> None:
        await interaction.response.send_modal(self.modal())


async def test_a_form_gives_discord_py_words_choices_people_and_files(
    client: Listener, ana: Person, noor: Person
) -> None:
    form = await noor.presses(await shows(client, noor, Opens(Everything)), "Open")
    assert form.modal is not None
    assert form.modal.labels == ("Words", "Team", "People", "File")
    assert "We answer by tomorrow." in form
    values = {"Words": "no network", "Team": "Network", "People": [ana, noor], "File": ("a.txt", b"log")}
    assert (await noor.submits(form, values)).text == "no network net ana noor log"


async def test_a_form_gives_discord_py_what_was_ticked(client: Listener, noor: Person) -> None:
    form = await noor.presses(await shows(client, noor, Opens(Boxes)), "Open")
    ticked = await noor.submits(form, {"Urgency": "Low", "Systems": ["Mail", "Net"], "Agreed": True})
    assert ticked.text == "L M N True"
