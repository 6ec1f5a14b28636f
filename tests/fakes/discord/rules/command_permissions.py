"""Server Settings, Integrations: whom a server lets use a command, against what the app set by default.

https://discord.com/developers/docs/interactions/application-commands#application-command-permissions-object
Kept per command; Discord's rules for all commands of an app at once are not known to this server.
"""

from collections.abc import Mapping
from enum import IntEnum

from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.refusals import Json, Refusal
from tests.fakes.discord.world.records import Place
from tests.fakes.discord.world.world import World

OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
OF_ONE = f"{OF_GUILD}/{{command_id}}/permissions"


class Whom(IntEnum):
    """https://discord.com/developers/docs/interactions/application-commands#application-command-permissions-object-application-command-permission-type."""

    ROLE = 1
    USER = 2
    CHANNEL = 3


class CommandPermissions:
    def __init__(self, world: World) -> None:
        self._world = world
        # By guild and command; then by whom, and the id of the role, person or channel.
        self._rules: dict[tuple[int, int], dict[tuple[Whom, int], bool]] = {}

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("GET", f"{OF_GUILD}/permissions", self.listed),
            Endpoint("GET", OF_ONE, self.fetch),
            Endpoint("PUT", OF_ONE, self.change),
        ]

    def listed(self, call: Call) -> Answer:
        self._check(call)
        known = self._rules.items()
        return [
            self._payload(guild, command) for (guild, command), _ in known if guild == call.ids["guild_id"]
        ]

    def fetch(self, call: Call) -> Answer:
        """Raises 10066 where the app's own default holds."""
        self._check(call)
        guild, command = call.ids["guild_id"], call.ids["command_id"]
        if (guild, command) not in self._rules:
            raise Refusal(10066)
        return self._payload(guild, command)

    def change(self, call: Call) -> Answer:
        """Not with a bot's token: people decide it, in the settings or through OAuth2."""
        raise Refusal(20001)

    def set(self, guild_id: int, command_id: int, whom: tuple[Whom, int], *, is_allowed: bool) -> None:
        """https://discord.com/developers/docs/events/gateway-events#application-command-permissions-update."""
        self._rules.setdefault((guild_id, command_id), {})[whom] = is_allowed
        payload = self._payload(guild_id, command_id)
        self._world.happened("APPLICATION_COMMAND_PERMISSIONS_UPDATE", payload, guild_id=guild_id)

    def decide(self, command: Json, user_id: int, place: Place) -> bool:
        """Whether a member is offered a command of the guild's or everybody's."""
        assert place.guild_id is not None
        held = in_channel(self._world, user_id, place)
        if Permission.ADMINISTRATOR in held:
            return True
        rules = self._rules.get((place.guild_id, int(command["id"])), {})
        # A thread has its channel's rules; "all channels" has the id before the guild's.
        channel = (Whom.CHANNEL, self._world.parent(place).id)
        if not rules.get(channel, rules.get((Whom.CHANNEL, place.guild_id - 1), True)):
            return False
        of_member = self._of_member(rules, user_id, place.guild_id)
        return of_member if of_member is not None else _by_default(command, held)

    def _of_member(self, rules: Mapping[tuple[Whom, int], bool], user_id: int, guild_id: int) -> bool | None:
        """A rule for the person goes before those for roles; any role that may, may; everybody comes last."""
        if (Whom.USER, user_id) in rules:
            return rules[Whom.USER, user_id]
        roles = self._world.guilds[guild_id].members[user_id].roles
        named = [rules[Whom.ROLE, role] for role in roles if (Whom.ROLE, role) in rules]
        return any(named) if named else rules.get((Whom.ROLE, guild_id))

    def _payload(self, guild_id: int, command_id: int) -> Json:
        rules = self._rules[guild_id, command_id]
        return {
            "id": str(command_id),
            "application_id": str(self._world.application.id),
            "guild_id": str(guild_id),
            "permissions": [
                {"id": str(found), "type": int(whom), "permission": is_allowed}
                for (whom, found), is_allowed in rules.items()
            ],
        }

    def _check(self, call: Call) -> None:
        """Raises 50001 for another application's or a guild the app is not in."""
        guild = self._world.guilds.get(call.ids["guild_id"])
        is_own = call.ids["application_id"] == self._world.application.id
        if not is_own or guild is None or self._world.bot.id not in guild.members:
            raise Refusal(50001)


def _by_default(command: Json, held: Permission) -> bool:
    needed = command.get("default_member_permissions")
    # "0" is for administrators alone.
    return needed is None or (int(needed) != 0 and Permission(int(needed)) in held)
