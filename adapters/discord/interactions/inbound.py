"""What people do with commands, buttons, menus and forms, as inbound events. Pure.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object. Its id is the event's
key, and a form's is the id of the interaction that opened it: sent twice, it is one event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adapters.discord.api.addresses import Json, person_key
from adapters.discord.capabilities import PLATFORM
from adapters.discord.render.action_ids import Press
from bot.domain.directory import Person
from bot.messages.ask_again import AskAgain
from bot.messages.inbound import IncomingFile, Location, MessagePosted, SuggestionsWanted, VerbChosen
from bot.ports.intake import CommandHelp, ShortcutOn

TICKET = "ticket"
"""The option that names one; a form's own fields are never called so."""
MESSAGE = "message"
"""The option of a button that names the message which a ticket is to be made of."""
FILE = "file"
"""The option that brings one."""
_SUBCOMMAND, _GROUP, _USER, _ATTACHMENT = 1, 2, 6, 11


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionActor:
    """Who does something, where and when. `is_private`: on nothing that others see, so it must be answered."""

    key: str
    actor: Person
    location: Location
    at: datetime
    is_private: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandInput:
    """A slash command: its top-level name, the verb, the group of verbs around it, its options and which is typed."""

    name: str
    verb: str
    group: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    focused: str = ""
    users: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    """Ids of attachments."""


def interaction_key(interaction_id: int | str) -> str:
    return f"{PLATFORM}:interaction:{interaction_id}"


def given(data: Json) -> CommandInput:
    """https://discord.com/developers/docs/interactions/application-commands#subcommands-and-subcommand-groups"""
    group, verb, options = "", "", list(data.get("options") or ())
    while options and options[0]["type"] in (_GROUP, _SUBCOMMAND):
        group, verb, options = verb, str(options[0]["name"]), list(options[0].get("options") or ())
    users = tuple(int(each["value"]) for each in options if each["type"] == _USER)
    files = tuple(str(each["value"]) for each in options if each["type"] == _ATTACHMENT)
    values = {
        str(each["name"]): person_key(each["value"])
        if each["type"] == _USER
        else str(each.get("value") or "")
        for each in options
        if each["type"] != _ATTACHMENT
    }
    focused = next((str(each["name"]) for each in options if each.get("focused")), "")
    return CommandInput(
        name=str(data["name"]),
        verb=verb,
        group=group,
        options=values,
        focused=focused,
        users=users,
        files=files,
    )


def help_for(helps: Sequence[CommandHelp], command: CommandInput) -> CommandHelp | None:
    """The desk's command of this name, whatever the configuration calls its group.

    A verb that no menu has there is found by its own name: somebody's menu may be older than the desk's.
    """
    ours = [each for each in helps if each.group == command.name]
    in_menu = (each for each in ours if each.place_in_menu == (command.group, command.verb))
    return next(in_menu, None) or next((each for each in ours if each.verb == command.verb), None)


def shortcut_of(helps: Sequence[CommandHelp], on: ShortcutOn, label: str) -> CommandHelp | None:
    """The command whose entry in a menu of that kind this is."""
    return next(
        (each for each in helps for entry in each.shortcuts if (entry.on, entry.label) == (on, label)), None
    )


def command_given(
    by: InteractionActor, command: CommandInput, known: CommandHelp, *, files: tuple[IncomingFile, ...] = ()
) -> VerbChosen:
    options = {name: value for name, value in command.options.items() if name != TICKET}
    return VerbChosen(
        key=by.key,
        actor=by.actor,
        location=by.location,
        at=by.at,
        verb=known.name,
        ticket=command.options.get(TICKET) or None,
        options=options,
        files=files,
        is_on_private_reply=by.is_private,
    )


def suggestions_wanted(by: InteractionActor, command: CommandInput, known: CommandHelp) -> SuggestionsWanted:
    return SuggestionsWanted(
        actor=by.actor,
        location=by.location,
        verb=known.name,
        option=command.focused,
        typed=command.options.get(command.focused, ""),
        ticket=None if command.focused == TICKET else command.options.get(TICKET) or None,
    )


def pressed(by: InteractionActor, press: Press, *, about: MessagePosted | None = None) -> VerbChosen:
    """A button or a menu's entry."""
    options = {name: value for name, value in press.options.items() if not (about and name == MESSAGE)}
    return VerbChosen(
        key=by.key,
        actor=by.actor,
        location=by.location,
        at=by.at,
        verb=press.verb,
        ticket=press.ticket,
        options=options,
        about=about,
        is_on_private_reply=by.is_private,
    )


def asks_again(by: InteractionActor, again: AskAgain, *, attempt: int) -> VerbChosen:
    """What became of what was still to happen. Nobody pressed anything, so each time has a key of its own."""
    return VerbChosen(
        key=f"{by.key}:again{attempt}",
        actor=by.actor,
        location=by.location,
        at=by.at,
        verb=again.verb,
        ticket=again.ticket,
        options=again.options,
        is_on_private_reply=True,
    )


def used_on_message(by: InteractionActor, known: CommandHelp, about: MessagePosted) -> VerbChosen:
    return VerbChosen(
        key=by.key,
        actor=by.actor,
        location=by.location,
        at=by.at,
        verb=known.name,
        about=about,
        is_on_private_reply=by.is_private,
    )


def used_on_person(by: InteractionActor, known: CommandHelp, user: int) -> VerbChosen:
    """They are the first of the command's options that is a person."""
    option = next(each.name for each in known.options if each.kind == "person")
    return VerbChosen(
        key=by.key,
        actor=by.actor,
        location=by.location,
        at=by.at,
        verb=known.name,
        options={option: person_key(user)},
        is_on_private_reply=by.is_private,
    )


def submitted(
    by: InteractionActor,
    *,
    verb: str,
    ticket: str | None,
    options: Mapping[str, str],
    files: tuple[IncomingFile, ...] = (),
) -> VerbChosen:
    return VerbChosen(
        key=by.key,
        actor=by.actor,
        location=by.location,
        at=by.at,
        verb=verb,
        ticket=ticket,
        options=options,
        files=files,
        is_form=True,
        is_on_private_reply=by.is_private,
    )
