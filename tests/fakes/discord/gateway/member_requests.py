"""Members asked for through the gateway.

https://discord.com/developers/docs/events/gateway-events#request-guild-members
"""

from tests.fakes.discord.gateway.intents import Intent
from tests.fakes.discord.rules.refusals import Json
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Member
from tests.fakes.discord.world.world import World

CHUNK = 1000
MOST_BY_QUERY = 100


def chunks(world: World, payloads: Payloads, intents: Intent, asked: Json) -> list[Json]:
    """Answers of at most a thousand members each; everybody only with the privileged intent."""
    guild = world.guilds.get(int(asked["guild_id"]))
    if guild is None or world.bot.id not in guild.members:
        return []
    wanted = asked.get("user_ids")
    ids = [int(user) for user in ([wanted] if isinstance(wanted, str | int) else wanted or [])]
    if ids:
        found = [guild.members[user] for user in ids if user in guild.members]
    else:
        found = _by_name(world, list(guild.members.values()), asked, intents)
    missing = [str(user) for user in ids if user not in guild.members]
    pages = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]
    return [
        {
            "guild_id": str(guild.id),
            "members": [payloads.member(member) for member in page],
            "chunk_index": number,
            "chunk_count": len(pages),
            "not_found": missing,
            "presences": [],
            "nonce": asked.get("nonce"),
        }
        for number, page in enumerate(pages)
    ]


def _by_name(world: World, members: list[Member], asked: Json, intents: Intent) -> list[Member]:
    query, limit = str(asked.get("query") or "").casefold(), int(asked.get("limit") or 0)
    if not query and limit == 0:
        return members if Intent.GUILD_MEMBERS in intents else []
    found = [
        member
        for member in members
        if world.users[member.user_id].name.casefold().startswith(query)
        or (member.nick or "").casefold().startswith(query)
    ]
    return found[: min(limit or MOST_BY_QUERY, MOST_BY_QUERY)]
