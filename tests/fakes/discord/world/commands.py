"""The application's commands: registered globally or per guild, and which of them somebody is shown.

https://discord.com/developers/docs/interactions/application-commands#endpoints
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rules.command_permissions import OF_GUILD, CommandPermissions
from tests.fakes.discord.rules.command_rules import CHAT_INPUT, check_command, check_commands
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.refusals import Json, NotOffered, Problems, Refusal
from tests.fakes.discord.world.records import Place, Thread
from tests.fakes.discord.world.world import World

GLOBAL = "/applications/{application_id}/commands"
CREATES_A_DAY = 200
GUILD, BOT_DM = 0, 1


@dataclass(slots=True)
class Registered:
    """The commands of one scope, by type and name."""

    commands: dict[tuple[int, str], Json] = field(default_factory=dict)
    created_at: list[datetime] = field(default_factory=list)


class Commands:
    def __init__(self, world: World) -> None:
        self._world = world
        self.permissions = CommandPermissions(world)
        self._scopes: dict[int | None, Registered] = {}

    def endpoints(self) -> list[Endpoint]:
        found = self.permissions.endpoints()
        for scope in (GLOBAL, OF_GUILD):
            found += [
                Endpoint("GET", scope, self.listed),
                Endpoint("PUT", scope, self.overwrite),
                Endpoint("POST", scope, self.create, status=201),
                Endpoint("GET", f"{scope}/{{command_id}}", self.fetch),
                Endpoint("PATCH", f"{scope}/{{command_id}}", self.change),
                Endpoint("DELETE", f"{scope}/{{command_id}}", self.delete),
            ]
        return found

    # --- for the app ---

    def listed(self, call: Call) -> Answer:
        """Without `with_localizations` the translations are left out.

        https://discord.com/developers/docs/interactions/application-commands#get-global-application-commands
        """
        every = self._scope(call).commands.values()
        if call.query.get("with_localizations") in ("true", "True", "1"):
            return list(every)
        return [_without_localizations(each) for each in every]

    def overwrite(self, call: Call) -> Answer:
        """What is not in the list is gone; an unchanged command is no new one.

        https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
        """
        scope = self._scope(call)
        problems = Problems()
        check_commands(problems, call.body)
        problems.raise_if_any()
        new = sum(_key(command) not in scope.commands for command in call.body)
        self._count(scope, new)
        kept: list[Json] = [self._kept(command, scope, call.ids.get("guild_id")) for command in call.body]
        scope.commands = {_key(command): command for command in kept}
        return list(kept)

    def create(self, call: Call) -> Answer:
        """The name of one there is: it is changed."""
        scope = self._scope(call)
        problems = Problems()
        check_command(problems, "", call.body)
        problems.raise_if_any()
        self._count(scope, int(_key(call.body) not in scope.commands))
        command = self._kept(call.body, scope, call.ids.get("guild_id"))
        scope.commands[_key(command)] = command
        return command

    def fetch(self, call: Call) -> Answer:
        return self._find(call)

    def change(self, call: Call) -> Answer:
        scope, before = self._scope(call), self._find(call)
        problems = Problems()
        check_command(problems, "", before | call.body)
        problems.raise_if_any()
        del scope.commands[_key(before)]
        after: Json = self._kept(before | call.body, scope, call.ids.get("guild_id")) | {"id": before["id"]}
        scope.commands[_key(after)] = after
        return after

    def delete(self, call: Call) -> Answer:
        del self._scope(call).commands[_key(self._find(call))]
        return None

    # --- for people ---

    def shown(self, user_id: int, place: Place) -> list[Json]:
        """Commands this person is offered there; a guild's own ones before global ones of the same name."""
        guild_id = place.guild_id
        own = self._scopes.get(guild_id, Registered()).commands if guild_id is not None else {}
        everywhere = self._scopes.get(None, Registered()).commands
        if guild_id is not None and self._world.bot.id not in self._world.guilds[guild_id].members:
            return []
        if isinstance(place, Thread) and place.is_archived:
            return []
        return [c for c in (everywhere | own).values() if self._is_offered(c, user_id, place)]

    def in_guild(self, name: str, guild_id: int) -> Json:
        """Of whatever type, the guild's own before everybody's. Raises `NotOffered`."""
        scopes = [self._scopes.get(scope, Registered()) for scope in (guild_id, None)]
        for command in (command for scope in scopes for command in scope.commands.values()):
            if command["name"] == name:
                return command
        raise NotOffered(f"there is no command {name!r}")

    def named(self, kind: int, name: str, *, user_id: int, place: Place) -> Json:
        """Raises `NotOffered` for one that this person is not shown."""
        for command in self.shown(user_id, place):
            if _key(command) == (kind, name):
                return command
        raise NotOffered(f"{self._world.users[user_id].name} is shown no command {name!r} there")

    def _is_offered(self, command: Json, user_id: int, place: Place) -> bool:
        contexts = command.get("contexts")
        if place.guild_id is None:
            is_for_dms = BOT_DM in contexts if contexts is not None else command.get("dm_permission", True)
            return "guild_id" not in command and is_for_dms
        held = in_channel(self._world, user_id, place)
        if Permission.USE_APPLICATION_COMMANDS not in held or (
            contexts is not None and GUILD not in contexts
        ):
            return False
        return self.permissions.decide(command, user_id, place)

    def _scope(self, call: Call) -> Registered:
        """Raises 50001 for another application's or a guild the app is not in."""
        if call.ids["application_id"] != self._world.application.id:
            raise Refusal(50001)
        guild_id = call.ids.get("guild_id")
        if guild_id is not None:
            guild = self._world.guilds.get(guild_id)
            if guild is None or self._world.bot.id not in guild.members:
                raise Refusal(50001)
        return self._scopes.setdefault(guild_id, Registered())

    def _find(self, call: Call) -> Json:
        wanted = str(call.ids["command_id"])
        for command in self._scope(call).commands.values():
            if command["id"] == wanted:
                return command
        raise Refusal(10063)

    def _count(self, scope: Registered, new: int) -> None:
        """https://discord.com/developers/docs/interactions/application-commands#registering-a-command."""
        now = self._world.pace.now()
        today = [at for at in scope.created_at if now - at < timedelta(days=1)]
        if len(today) + new > CREATES_A_DAY:
            raise Refusal(30034)
        scope.created_at = today + [now] * new

    def _kept(self, command: Json, scope: Registered, guild_id: int | None) -> Json:
        """As Discord gives it back: with ids, and what was left out filled in."""
        kind = command.get("type", CHAT_INPUT)
        known = scope.commands.get(_key(command))
        whole: Json = {
            "id": known["id"] if known is not None else str(self._world.ids.new()),
            "application_id": str(self._world.application.id),
            "version": str(self._world.ids.new()),
            "type": kind,
            "default_member_permissions": command.get("default_member_permissions"),
            "nsfw": bool(command.get("nsfw")),
            "name": command["name"],
            "name_localizations": command.get("name_localizations"),
            "description": command.get("description") or "",
            "description_localizations": command.get("description_localizations"),
        }
        if command.get("options"):
            whole["options"] = _kept_options(command["options"])
        if guild_id is not None:
            return whole | {"guild_id": str(guild_id)}
        contexts = command.get("contexts")
        # Deprecated, and still what decides where no contexts are given.
        for_dms = BOT_DM in contexts if contexts is not None else command.get("dm_permission") is not False
        where: Json = {"contexts": contexts, "dm_permission": for_dms}
        return whole | where | {"integration_types": command.get("integration_types") or [0]}


def _without_localizations(command: Json) -> Json:
    kept: Json = {key: value for key, value in command.items() if not key.endswith("_localizations")}
    if "options" in kept:
        kept["options"] = [_without_localizations(each) for each in kept["options"]]
    return kept


def _key(command: Json) -> tuple[int, str]:
    return command.get("type", CHAT_INPUT), command["name"]


def _kept_options(options: Iterable[Json]) -> list[Json]:
    """Discord leaves out what is at its default."""
    return [
        {
            key: _kept_options(value) if key == "options" else value
            for key, value in option.items()
            if value is not None and not (key in ("required", "autocomplete") and value is False)
        }
        for option in options
    ]
