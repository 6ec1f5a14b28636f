"""What a person does with the app's commands, buttons, menus and forms, and what they get to see.

Each hand returns when the app has answered, or when Discord has given up on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.discord.people.form_input import FormInput, options_of
from tests.fakes.discord.people.presence import Presence, Where
from tests.fakes.discord.people.screen import Seen
from tests.fakes.discord.rules.command_permissions import Whom
from tests.fakes.discord.rules.command_rules import CHAT_INPUT, MESSAGE_MENU, USER_MENU
from tests.fakes.discord.rules.components import widgets
from tests.fakes.discord.rules.modals import SeenModal, seen_modal, submitted
from tests.fakes.discord.rules.permissions import Permission, in_guild
from tests.fakes.discord.rules.refusals import Json, NotOffered
from tests.fakes.discord.world.interactions import Interaction, Kind
from tests.fakes.discord.world.records import Channel, Guild, Message, Place, Role, Thread
from tests.fakes.discord.world.resolved import Resolved

BUTTON, LINK = 2, 5
NO_ANSWER = "The application did not respond"


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of it, for the person who did it."""

    interaction: int
    problem: str | None = None  # what Discord itself says when the app does not answer
    reply: Seen | None = None  # the answering message, or the message that was changed
    modal: SeenModal | None = None
    choices: tuple[str, ...] = ()
    is_loading: bool = False  # still, when the hand stopped waiting

    @property
    def is_ok(self) -> bool:
        return self.problem is None

    @property
    def text(self) -> str:
        """All that the reply says; nothing where there is none."""
        return self.reply.words if self.reply is not None else ""

    def __contains__(self, words: str) -> bool:
        return words in self.text or (self.modal is not None and words in self.modal)


class Hands(Presence):
    # --- commands ---

    def sees_commands(self, at: Where | None = None) -> list[str]:
        """What typing "/" offers there (in the bot's direct messages, where no place is given)."""
        shown = self._discord.commands.shown(self.id, self._at(at))
        return [f"/{name}" for command in shown if command["type"] == CHAT_INPUT for name in _lines(command)]

    def reads_about(self, line: str, at: Where | None = None) -> str:
        """How a command is described, in the language of this person's Discord: "/desk claim"."""
        _, path, _ = self._command(line, self._at(at))
        translated: dict[str, str] = path[-1].get("description_localizations") or {}
        return translated.get(self.user.locale, str(path[-1]["description"]))

    async def types_command(
        self, line: str, at: Where | None = None, *, twice: bool = False, **options: Any
    ) -> Shown:
        """ "/ticket open" with its options by name; people, roles, channels and files as what they are."""
        place = self._at(at)
        command, path, known = self._command(line, place)
        filling = self._filling(place)
        given = filling.options(known, options)
        data = _command_data(command) | {"options": _nested(path, given)}
        return await self._does(Kind.COMMAND, data | filling.resolved_part(), place, twice=twice)

    async def autocompletes(
        self, line: str, option: str, typed: str, at: Where | None = None, **others: Any
    ) -> list[str]:
        """What is offered for what was typed into an option; nothing when the app is too late."""
        place = self._at(at)
        command, path, known = self._command(line, place)
        found = next((entry for entry in known if entry["name"] == option), None)
        if found is None or not found.get("autocomplete"):
            raise NotOffered(f"{line} completes no option {option!r}")
        filling = self._filling(place)
        given = filling.options(known, others, is_partial=True)
        given.append({"name": option, "type": found["type"], "value": typed, "focused": True})
        data = _command_data(command) | {"options": _nested(path, given)}
        shown = await self._does(Kind.AUTOCOMPLETE, data | filling.resolved_part(), place)
        return list(shown.choices)

    async def uses_message_menu(self, name: str, message: Seen, *, twice: bool = False) -> Shown:
        """A command of a message's context menu."""
        found = self.there(message)
        place = self._discord.world.place(found.channel_id)
        command = self._discord.commands.named(MESSAGE_MENU, name, user_id=self.id, place=place)
        resolved = self._resolved(place)
        target = {"target_id": resolved.message(found), "resolved": resolved.body}
        return await self._does(Kind.COMMAND, _command_data(command) | target, place, twice=twice)

    async def uses_user_menu(
        self, name: str, person: Presence, at: Where | None = None, *, twice: bool = False
    ) -> Shown:
        """A command of a person's context menu."""
        place = self._at(at)
        command = self._discord.commands.named(USER_MENU, name, user_id=self.id, place=place)
        resolved = self._resolved(place)
        target = {"target_id": resolved.user(person.id), "resolved": resolved.body}
        return await self._does(Kind.COMMAND, _command_data(command) | target, place, twice=twice)

    def sets_command(
        self, name: str, whom: Presence | Role | Channel, *, is_allowed: bool, guild: Guild | None = None
    ) -> None:
        """In Server Settings, Integrations: "/desk" or a menu's name, for a person, a role or within a channel."""
        discord = self._discord
        where = guild or discord.guild
        if Permission.MANAGE_GUILD not in in_guild(where, where.members[self.id]):
            raise NotOffered(f"{self.name} may not manage {where.name}")
        command = discord.commands.in_guild(name.removeprefix("/"), where.id)
        match whom:
            case Role():
                kind = Whom.ROLE
            case Channel():
                kind = Whom.CHANNEL
            case _:
                kind = Whom.USER
        permissions = discord.commands.permissions
        permissions.set(where.id, int(command["id"]), (kind, whom.id), is_allowed=is_allowed)

    # --- buttons and menus ---

    async def presses(self, message: Seen, button: str, *, twice: bool = False) -> Shown:
        """A button, by the words on it or its custom_id."""
        found, widget = self._widget(message, button, is_button=True)
        data = {"custom_id": widget["custom_id"], "component_type": BUTTON, "id": widget["id"]}
        return await self._uses(found, data, twice=twice)

    async def chooses(
        self, message: Seen, *values: Any, menu: str | None = None, twice: bool = False
    ) -> Shown:
        """Options by their labels, or people, roles and channels; `menu` where the message has several."""
        found, widget = self._widget(message, menu, is_button=False)
        filling = self._filling(self._discord.world.place(found.channel_id))
        chosen = filling.chosen(widget, list(values))
        data = {"custom_id": widget["custom_id"], "component_type": widget["type"], "id": widget["id"]}
        return await self._uses(found, data | {"values": chosen} | filling.resolved_part(), twice=twice)

    # --- forms ---

    async def submits(
        self, modal: SeenModal | Shown, values: Mapping[str, Any] | None = None, *, twice: bool = False
    ) -> Shown:
        """Fill in fields by their labels (what is typed in already stays) and send the form."""
        form = modal.modal if isinstance(modal, Shown) else modal
        if form is None:
            raise NotOffered("no form is open")
        opened = self._discord.interactions.all[form.opened_by]
        place = self._discord.world.place(opened.place_id)
        filling = self._filling(place)
        filled = filling.form(form, values or {})
        data = {"custom_id": form.custom_id, "components": submitted(form, filled)}
        return await self._does(
            Kind.MODAL_SUBMIT,
            data | filling.resolved_part(),
            place,
            message=opened.message,
            triggered_by=opened,
            twice=twice,
        )

    # --- how it is done ---

    async def _uses(self, message: Message, data: Json, *, twice: bool) -> Shown:
        place = self._discord.world.place(message.channel_id)
        return await self._does(Kind.COMPONENT, data, place, message=message, twice=twice)

    async def _does(
        self,
        kind: Kind,
        data: Json,
        place: Place,
        *,
        message: Message | None = None,
        triggered_by: Interaction | None = None,
        twice: bool = False,
    ) -> Shown:
        if isinstance(place, Thread) and place.is_archived:
            raise NotOffered(f"{place.name} is archived")
        interactions = self._discord.interactions
        begun = interactions.begin(
            kind,
            data,
            user_id=self.id,
            place=place,
            message=message,
            triggered_by=triggered_by,
            times=2 if twice else 1,
        )
        if not await interactions.taken(begun):
            return Shown(begun.id, problem=NO_ANSWER)
        await interactions.loaded(begun)
        return self._outcome(begun)

    def _outcome(self, begun: Interaction) -> Shown:
        original = begun.original
        is_there = original is not None and self._discord.interactions.is_kept(original)
        return Shown(
            begun.id,
            reply=self._discord.screen.message(original) if original is not None and is_there else None,
            modal=seen_modal(begun.id, begun.modal) if begun.modal is not None else None,
            choices=tuple(choice["name"] for choice in begun.choices),
            is_loading=not begun.shown.is_set(),
        )

    def _at(self, at: Where | None) -> Place:
        return self.place(at) if at is not None else self.direct()

    def _command(self, line: str, place: Place) -> tuple[Json, list[Json], list[Json]]:
        """The command, the groups and subcommands on the way, and the options at its end."""
        name, *rest = line.removeprefix("/").split(" ")
        command = self._discord.commands.named(CHAT_INPUT, name, user_id=self.id, place=place)
        return command, *options_of(command, rest, line)

    def _widget(self, message: Seen, name: str | None, *, is_button: bool) -> tuple[Message, Json]:
        found = self.there(message)
        offered = [w for w in widgets(found.components) if (w["type"] == BUTTON) is is_button]
        fitting = [w for w in offered if name is None or name in _names(w)]
        if len(fitting) != 1:
            raise NotOffered(f"{len(fitting)} fit {name!r} of {[_names(w)[0] for w in offered]}")
        if fitting[0].get("disabled") or fitting[0].get("style") == LINK:
            raise NotOffered(f"{name!r} cannot be used")
        return found, fitting[0]

    def _filling(self, place: Place) -> FormInput:
        return FormInput(self._discord, self._resolved(place), place)

    def _resolved(self, place: Place) -> Resolved:
        discord = self._discord
        return Resolved(discord.world, discord.payloads, discord.messages, place_id=place.id, user_id=self.id)


def _names(widget: Json) -> list[str]:
    """What a button or menu may be called by, the shown words first."""
    shown = widget.get("label") or widget.get("placeholder") or (widget.get("emoji") or {}).get("name")
    return [str(shown or widget.get("custom_id")), str(widget.get("custom_id"))]


def _command_data(command: Json) -> Json:
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-data."""
    data = {key: command[key] for key in ("id", "name", "type")}
    return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


def _nested(path: list[Json], given: list[Json]) -> list[Json]:
    for step in reversed(path):
        given = [{"name": step["name"], "type": step["type"], "options": given}]
    return given


def _lines(command: Json) -> list[str]:
    """The command with each of its subcommands."""
    inside = [option for option in command.get("options") or [] if option["type"] in (1, 2)]
    if not inside:
        return [command["name"]]
    return [f"{command['name']} {rest}" for option in inside for rest in _lines(option)]
