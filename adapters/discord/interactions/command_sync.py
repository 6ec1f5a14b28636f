"""The desk's commands in Discord, made from its own registry, and sent there only when they changed.

https://discord.com/developers/docs/interactions/application-commands. Discord shows or hides top-level commands
alone: the agents' to whoever may manage messages, the admins' to whoever may manage the server; rights are checked
by the desk in any case.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog

from adapters.discord.api.addresses import Identity, Json
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.interactions.inbound import MAKE_TICKET, OPEN_FOR, TICKET
from adapters.discord.permissions import bits_of
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from adapters.kit.text import cut
from bot.ports.intake import CommandHelp, Intake, OptionHelp

log = structlog.get_logger(__name__)

LOOK_S = 60.0
TRY_AGAIN_S = 10.0
SUMMARY_LIMIT = 100
MOST_VERBS = 25
MOST_OPTIONS = 25
MOST_CHOICES = 25
_CHAT, _USER_MENU, _MESSAGE_MENU = 1, 2, 3
_SUBCOMMAND, _STRING, _USER = 1, 3, 6
_GUILD, _BOT_DM = 0, 1
_VISIBLE_TO = {"desk": "manage_messages", "desk-admin": "manage_guild"}
_SUMMARIES = {
    "ticket": "Ask for help, and see to your requests.",
    "desk": "Work the requests of your teams.",
    "desk-admin": "Look after the desk.",
}


def commands(helps: Sequence[CommandHelp]) -> list[Json]:
    """All of them, as Discord takes them."""
    listed = [each for each in helps if each.is_in_menus]
    keys = list(dict.fromkeys(each.key for each in listed))
    made = [_group(key, [each for each in listed if each.key == key]) for key in keys]
    agents = str(bits_of([_VISIBLE_TO["desk"]]))
    contexts = [_GUILD]
    return [
        *made,
        {"type": _MESSAGE_MENU, "name": MAKE_TICKET, "contexts": contexts},
        {"type": _USER_MENU, "name": OPEN_FOR, "contexts": contexts, "default_member_permissions": agents},
    ]


class CommandsSync:
    """`scale`: real seconds for each second of Discord's."""

    def __init__(self, calls: Calls, *, identity: Identity, scale: float = 1.0) -> None:
        self._calls = calls
        self._identity = identity
        self._scale = scale
        self._known: list[Json] | None = None

    async def run(self, intake: Intake) -> None:
        """Until cancelled."""
        while True:
            is_clear = await self.sync(intake.command_helps())
            await asyncio.sleep((LOOK_S if is_clear else TRY_AGAIN_S) * self._scale)

    async def sync(self, helps: Sequence[CommandHelp]) -> bool:
        """Whether Discord answered, if only to refuse. One request when nothing changed, none when that is known."""
        wanted = commands(helps)
        if wanted == self._known:
            return True
        path = f"/applications/{self._identity.application}/commands"
        try:
            there: list[Json] = await self._calls.call("GET", path, urgency=Urgency.REFRESH)
            if _plain(there) != _plain(wanted):
                await self._calls.call("PUT", path, body=wanted, urgency=Urgency.REFRESH)
                log.info("the commands were brought up to date in Discord", commands=len(wanted))
        except DiscordRefused as refused:
            log.warning("Discord does not take the desk's commands", reason=str(refused))
            return True
        except (Unsure, Busy) as error:
            log.warning("the commands could not be brought up to date in Discord", reason=str(error))
            return False
        self._known = wanted
        return True


def _group(key: str, helps: Sequence[CommandHelp]) -> Json:
    if len(helps) > MOST_VERBS:
        log.error("Discord shows no more verbs of a command than it takes", command=key, most=MOST_VERBS)
    command: Json = {
        "type": _CHAT,
        "name": helps[0].group,
        "description": _SUMMARIES.get(key, "Commands of the desk."),
        "contexts": [_GUILD, _BOT_DM],
        "options": [_verb(each) for each in helps[:MOST_VERBS]],
    }
    if key in _VISIBLE_TO:
        command["default_member_permissions"] = str(bits_of([_VISIBLE_TO[key]]))
    return command


def _verb(command: CommandHelp) -> Json:
    """Required options come before the others: Discord wants it so. What a form asks for may be left out."""
    needed = [option for option in command.options if option.is_required and not command.has_form]
    made = [_option(option, is_required=True) for option in needed]
    made += [_option(option, is_required=False) for option in command.options if option not in needed]
    if command.takes_ticket:
        ticket = {
            "type": _STRING,
            "name": TICKET,
            "description": "Its number; in a ticket’s thread it is that ticket.",
            "required": False,
            "autocomplete": True,
        }
        required = [each for each in made if each["required"]]
        made = [*required, ticket, *made[len(required) :]]
    return {
        "type": _SUBCOMMAND,
        "name": command.verb,
        "description": cut(command.summary, SUMMARY_LIMIT),
        "options": made[:MOST_OPTIONS],
    }


def _option(option: OptionHelp, *, is_required: bool) -> Json:
    made: Json = {
        "type": _USER if option.kind == "person" else _STRING,
        "name": option.name,
        "description": cut(option.summary or option.name, SUMMARY_LIMIT),
        "required": is_required,
    }
    if 0 < len(option.choices) <= MOST_CHOICES and not option.is_suggested:
        made["choices"] = [{"name": cut(label, 100), "value": value[:100]} for value, label in option.choices]
    elif option.is_suggested or option.choices:
        made["autocomplete"] = True
    return made


def _plain(every: Sequence[Json]) -> list[Any]:
    """What of a command the desk decides, without what Discord adds to it."""
    return sorted((_plain_command(each) for each in every), key=str)


def _plain_command(command: Json) -> Json:
    return {
        "type": int(command.get("type") or _CHAT),
        "name": command["name"],
        "description": command.get("description") or "",
        "permissions": command.get("default_member_permissions") or None,
        "contexts": sorted(command.get("contexts") or ()),
        "options": [_plain_option(each) for each in command.get("options") or ()],
    }


def _plain_option(option: Json) -> Json:
    return {
        "type": option["type"],
        "name": option["name"],
        "description": option["description"],
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": [(each["name"], each["value"]) for each in option.get("choices") or ()],
        "options": [_plain_option(each) for each in option.get("options") or ()],
    }
