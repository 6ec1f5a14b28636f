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
from adapters.discord.interactions.command_menus import CHAT, commands
from adapters.discord.render.command_words import CommandWords
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from bot.ports.intake import CommandHelp, Intake

log = structlog.get_logger(__name__)

LOOK_S = 60.0
TRY_AGAIN_S = 10.0


class CommandsSync:
    """`scale`: real seconds for each second of Discord's. `command_words` learns what the commands are."""

    def __init__(
        self,
        calls: Calls,
        *,
        identity: Identity,
        scale: float = 1.0,
        command_words: CommandWords | None = None,
    ) -> None:
        self._command_words = command_words or CommandWords()
        self._calls = calls
        self._identity = identity
        self._scale = scale
        self._known: list[Json] | None = None

    async def run(self, intake: Intake) -> None:
        """Until cancelled."""
        while True:
            is_clear = await self.sync(intake.command_helps(), language=intake.language())
            await asyncio.sleep((LOOK_S if is_clear else TRY_AGAIN_S) * self._scale)

    async def sync(self, helps: Sequence[CommandHelp], *, language: str) -> bool:
        """Whether Discord answered, if only to refuse. One request when nothing changed, none when that is known."""
        self._command_words.learn(helps)
        wanted = commands(helps, language=language)
        if wanted == self._known:
            return True
        path = f"/applications/{self._identity.application}/commands"
        try:
            there: list[Json] = await self._calls.call(
                "GET", path, query={"with_localizations": "true"}, urgency=Urgency.REFRESH
            )
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


def _plain(every: Sequence[Json]) -> list[Any]:
    """What of a command the desk decides, without what Discord adds to it."""
    return sorted((_plain_command(each) for each in every), key=str)


def _plain_command(command: Json) -> Json:
    return {
        "type": int(command.get("type") or CHAT),
        "name": command["name"],
        "description": command.get("description") or "",
        "translations": dict(command.get("description_localizations") or {}),
        "permissions": command.get("default_member_permissions") or None,
        "contexts": sorted(command.get("contexts") or ()),
        "options": [_plain_option(each) for each in command.get("options") or ()],
    }


def _plain_option(option: Json) -> Json:
    return {
        "type": option["type"],
        "name": option["name"],
        "description": option["description"],
        "translations": dict(option.get("description_localizations") or {}),
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": [(each["name"], each["value"]) for each in option.get("choices") or ()],
        "options": [_plain_option(each) for each in option.get("options") or ()],
    }
