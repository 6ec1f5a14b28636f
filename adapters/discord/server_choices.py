"""What can be chosen in the desk's servers: channels, roles and members, by name."""

from adapters.discord.api.addresses import Json
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.capabilities import PLATFORM
from adapters.discord.diagnostics import FORUM, NEWS, TEXT, missing_intents
from adapters.discord.permissions import invite_link
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from bot.ports.first_look import Choice, FirstLook

MOST_MEMBERS = 1_000
"""Of one server, https://discord.com/developers/docs/resources/guild#list-guild-members; others are named by id."""


async def look_around(calls: Calls) -> FirstLook:
    """Raises as `Calls.call` does."""
    application = await calls.call("GET", "/applications/@me")
    guilds = [
        await calls.call("GET", f"/guilds/{each['id']}")
        for each in await calls.call("GET", "/users/@me/guilds")
    ]
    channels: list[Choice] = []
    people: list[Choice] = []
    for guild in guilds:
        place = str(guild["name"])
        for each in await calls.call("GET", f"/guilds/{guild['id']}/channels"):
            if each["type"] in (TEXT, NEWS, FORUM):
                reference = f"{PLATFORM}:{each['id']}"
                channels.append(Choice(reference=reference, name=f"#{each['name']}", place=place))
        people += [_role(each, place) for each in guild["roles"] if _is_chosen(each, guild)]
        people += [_member(each, place) for each in await _members(calls, guild)]
    return FirstLook(
        places=[str(guild["name"]) for guild in guilds],
        findings=list(missing_intents(application)),
        channels=channels,
        people=people,
        link=invite_link(int(application["id"])),
    )


async def _members(calls: Calls, guild: Json) -> list[Json]:
    """None where the application may not list them, which is one of the findings."""
    try:
        found = await calls.call("GET", f"/guilds/{guild['id']}/members", query={"limit": MOST_MEMBERS})
    except (DiscordRefused, Unsure, Busy):
        return []
    return [each for each in found if not each["user"].get("bot")]


def _is_chosen(role: Json, guild: Json) -> bool:
    """Whether people were given it: not everybody's, and not a bot's own."""
    return str(role["id"]) != str(guild["id"]) and not role.get("managed")


def _role(role: Json, place: str) -> Choice:
    return Choice(reference=f"{PLATFORM}:@{role['id']}", name=f"@{role['name']}", place=place)


def _member(member: Json, place: str) -> Choice:
    user = member["user"]
    name = member.get("nick") or user.get("global_name") or user["username"]
    return Choice(reference=f"{PLATFORM}:{user['id']}", name=str(name), place=place)
