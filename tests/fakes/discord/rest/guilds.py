"""Guilds, their channels, roles and members: https://discord.com/developers/docs/resources/guild."""

from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rules.refusals import Refusal, invalid
from tests.fakes.discord.world.channels import Rooms, number
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.world import World

GUILD = "/guilds/{guild_id}"
MEMBERS = f"{GUILD}/members"
MEMBERS_PAGE = 1000


class Guilds:
    def __init__(self, world: World, payloads: Payloads, rooms: Rooms) -> None:
        self._world = world
        self._payloads = payloads
        self._rooms = rooms

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("GET", GUILD, self.fetch),
            Endpoint("GET", f"{GUILD}/channels", self.channels),
            Endpoint("GET", f"{GUILD}/roles", self.roles),
            Endpoint("GET", MEMBERS, self.members),
            Endpoint("GET", f"{MEMBERS}/search", self.search),
            Endpoint("GET", f"{MEMBERS}/{{user_id}}", self.member),
        ]

    def fetch(self, call: Call) -> Answer:
        guild = self._rooms.guild(call)
        if call.query.get("with_counts") in ("true", "1"):
            return self._payloads.guild_with_counts(guild)
        return self._payloads.guild(guild)

    def channels(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/guild#get-guild-channels: without threads."""
        guild = self._rooms.guild(call)
        return [self._payloads.channel(channel) for channel in self._world.channels_of(guild.id)]

    def roles(self, call: Call) -> Answer:
        return [self._payloads.role(role) for role in self._rooms.guild(call).roles.values()]

    def member(self, call: Call) -> Answer:
        guild = self._rooms.guild(call)
        return self._payloads.member(self._world.member(guild.id, call.ids["user_id"]))

    def members(self, call: Call) -> Answer:
        """Only with the privileged intent: https://discord.com/developers/docs/resources/guild#list-guild-members."""
        guild = self._rooms.guild(call)
        if not self._world.application.may_list_members():
            raise Refusal(50001)
        limit = number(call.query, "limit", 1, least=1, most=MEMBERS_PAGE)
        after = int(call.query.get("after", 0))
        found = sorted((m for m in guild.members.values() if m.user_id > after), key=lambda m: m.user_id)
        return [self._payloads.member(member) for member in found[:limit]]

    def search(self, call: Call) -> Answer:
        """By the beginning of name or nickname: https://discord.com/developers/docs/resources/guild#search-guild-members."""
        guild = self._rooms.guild(call)
        query = call.query.get("query", "").casefold()
        if not query:
            raise invalid("query", "BASE_TYPE_REQUIRED", "This field is required")
        limit = number(call.query, "limit", 1, least=1, most=MEMBERS_PAGE)
        found = []
        for member in guild.members.values():
            user = self._world.users[member.user_id]
            names = (user.name, user.global_name or "", member.nick or "")
            if any(name.casefold().startswith(query) for name in names):
                found.append(self._payloads.member(member))
        return list(found[:limit])
