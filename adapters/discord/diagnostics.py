"""What keeps the desk from working in Discord, and how an operator fixes it. It looks over REST alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from adapters.discord.api.addresses import Json, community_ref
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.errors import TOKEN_LOST
from adapters.discord.capabilities import PLATFORM
from adapters.discord.permissions import (
    NEEDED,
    NEEDED_IN_PRIVATE_INBOXES,
    USEFUL,
    allowed_in,
    bits_of,
    everybody_in,
    invite_link,
    label_of,
    missing,
    purpose_of,
)
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef
from bot.domain.findings import Finding
from bot.domain.sentence import Sentence, sentence

# https://discord.com/developers/docs/resources/application#application-object-application-flags
MESSAGE_CONTENT = 1 << 18 | 1 << 19
GUILD_MEMBERS = 1 << 14 | 1 << 15
# https://discord.com/developers/docs/topics/threads#thread-limits and the limits of a guild's channels
MOST_ACTIVE_THREADS = 1_000
MOST_CHANNELS = 500
NEARLY = 0.9
"""From this share of a budget on it is worth a warning."""
TEXT, NEWS, FORUM = 0, 5, 15
"""https://discord.com/developers/docs/resources/channel#channel-object-channel-types"""


@dataclass(slots=True, kw_only=True)
class _Look:
    """What was read so far: the application, and the guilds that the desk is in, by id."""

    application: Json
    guilds: dict[str, Json] = field(default_factory=dict)
    members: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)


class DiscordDiagnostics:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def examine(self, desk: Desk) -> list[Finding]:
        """Everything that can be seen from here; never raises for what Discord answers."""
        try:
            look = _Look(application=await self._calls.call("GET", "/applications/@me"))
            await self._read_guilds(look)
        except DiscordRefused as refused:
            return [Finding.error(sign_in_refused(refused))]
        except (Unsure, Busy) as error:
            return [Finding.error(sentence("operations.discord_no_answer", error=str(error)))]
        findings = [*missing_intents(look.application), *_invitation(look), *_communities(look, desk)]
        findings += await self._examine_channels(look, desk)
        for guild in look.guilds.values():
            findings += [*_roles(guild, look.members[str(guild["id"])], desk), *await self._budgets(guild)]
        return findings + list(_unknown_roles(look, desk))

    async def _read_guilds(self, look: _Look) -> None:
        """https://discord.com/developers/docs/resources/user#get-current-user-guilds"""
        me = await self._calls.call("GET", "/users/@me")
        for each in await self._calls.call("GET", "/users/@me/guilds"):
            guild = str(each["id"])
            look.guilds[guild] = await self._calls.call("GET", f"/guilds/{guild}")
            look.members[guild] = await self._calls.call("GET", f"/guilds/{guild}/members/{me['id']}")

    async def _examine_channels(self, look: _Look, desk: Desk) -> list[Finding]:
        findings: list[Finding] = []
        for place, ref in desk.channels(PLATFORM):
            try:
                channel = await self._calls.call("GET", f"/channels/{ref.channel}")
            except DiscordRefused as refused:
                findings.append(Finding.error(_channel_refused(place, ref, refused)))
                continue
            except (Unsure, Busy) as error:
                facts = {"place": place, "channel": str(ref), "error": str(error)}
                findings.append(Finding.warning(sentence("operations.discord_channel_unanswered", **facts)))
                continue
            look.channels[ref.channel] = channel
            findings += _channel(place, ref, channel, look, desk)
        return findings

    async def _budgets(self, guild: Json) -> list[Finding]:
        """How full the guild is: a thread or a channel too many is refused."""
        try:
            threads = (await self._calls.call("GET", f"/guilds/{guild['id']}/threads/active"))["threads"]
            channels = await self._calls.call("GET", f"/guilds/{guild['id']}/channels")
        except (DiscordRefused, Unsure, Busy) as error:
            uncounted = sentence("operations.discord_uncounted", server=str(guild["name"]), error=str(error))
            return [Finding.warning(uncounted)]
        return [
            *_budget("operations.discord_budget_threads", guild, len(threads), MOST_ACTIVE_THREADS),
            *_budget("operations.discord_budget_channels", guild, len(channels), MOST_CHANNELS),
        ]


def missing_intents(application: Json) -> Iterator[Finding]:
    """https://discord.com/developers/docs/topics/gateway#privileged-intents"""
    flags = int(application.get("flags") or 0)
    if not flags & MESSAGE_CONTENT:
        yield Finding.error(sentence("operations.discord_intent_messages"))
    if not flags & GUILD_MEMBERS:
        yield Finding.warning(sentence("operations.discord_intent_members"))


def _invitation(look: _Look) -> Iterator[Finding]:
    link = invite_link(int(look.application["id"]))
    if not look.guilds:
        yield Finding.error(sentence("operations.discord_no_server", link=link))
    else:
        yield Finding.hint(sentence("operations.discord_invite", link=link))


def _communities(look: _Look, desk: Desk) -> Iterator[Finding]:
    for community in desk.communities.values():
        platform, _, guild = community.reference.partition(":")
        if platform == PLATFORM and guild not in look.guilds:
            yield Finding.error(
                sentence("operations.discord_community_missing", name=community.name, server=guild)
            )


def _channel(place: str, ref: ChannelRef, channel: Json, look: _Look, desk: Desk) -> Iterator[Finding]:
    guild = look.guilds.get(str(channel.get("guild_id")))
    if guild is None:
        yield Finding.error(sentence("operations.discord_channel_foreign", place=place, channel=str(ref)))
        return
    where = sentence(
        "operations.discord_channel_where", channel=f"#{channel.get('name')}", server=str(guild["name"])
    )
    if channel["type"] not in (TEXT, NEWS, FORUM):
        yield Finding.error(sentence("operations.discord_channel_kind", place=place, channel=where))
        return
    needed, member = _needed_in(ref, desk), look.members[str(guild["id"])]
    yield from _rights(place, where, allowed_in(channel, guild=guild, member=member), needed=needed)
    yield from _crossing(place, ref, where, guild, desk)
    if place.startswith(("team", "escalations", "operators")):
        yield from _openness(place, where, channel, guild)


def _needed_in(ref: ChannelRef, desk: Desk) -> list[str]:
    inbox = desk.inbox_at(ref)
    is_private = inbox is not None and (inbox.is_private or desk.router.may_make_private(inbox.name))
    return [*NEEDED, *(NEEDED_IN_PRIVATE_INBOXES if is_private else ())]


def _rights(place: str, where: Sentence, allowed: int, *, needed: Iterable[str]) -> Iterator[Finding]:
    for name in missing(allowed, needed):
        yield Finding.error(_permission("operations.discord_permission_missing", place, where, name))
    for name in missing(allowed, USEFUL):
        yield Finding.warning(_permission("operations.discord_permission_useful", place, where, name))


def _permission(key: str, place: str, where: Sentence, name: str) -> Sentence:
    return sentence(key, place=place, channel=where, permission=label_of(name), reason=purpose_of(name))


def _crossing(place: str, ref: ChannelRef, where: Sentence, guild: Json, desk: Desk) -> Iterator[Finding]:
    """Whether the channel is in the server that the configuration says it is in."""
    named = next((name for channel, name in _belonging(desk) if channel == ref and name), None)
    if named is None:
        return
    if desk.communities[named].reference != community_ref(guild["id"]):
        yield Finding.error(
            sentence("operations.discord_community_elsewhere", place=place, channel=where, name=named)
        )


def _belonging(desk: Desk) -> Iterator[tuple[ChannelRef, str | None]]:
    yield from ((target.channel, target.community) for target in desk.inboxes.values())
    yield from ((team.channel, team.community) for team in desk.teams.values())


def _openness(place: str, where: Sentence, channel: Json, guild: Json) -> Iterator[Finding]:
    if everybody_in(channel, guild=guild) & bits_of(["view_channel"]):
        server = str(guild["name"])
        yield Finding.warning(
            sentence("operations.discord_channel_open", place=place, server=server, channel=where)
        )


def _roles(guild: Json, member: Json, desk: Desk) -> Iterator[Finding]:
    """A bot invited without permissions has no role of its own; moderators without a right see no commands."""
    if not member["roles"]:
        yield Finding.warning(sentence("operations.discord_no_role", server=str(guild["name"])))
    may_work = bits_of(["manage_messages"])
    named = _team_roles(desk)
    for role in guild["roles"]:
        sees = int(role["permissions"]) & (may_work | bits_of(["administrator"]))
        if str(role["id"]) in named and not sees:
            yield Finding.warning(
                sentence(
                    "operations.discord_commands_hidden",
                    command=desk.command_names["desk"],
                    name=str(role["name"]),
                    server=str(guild["name"]),
                )
            )


def _unknown_roles(look: _Look, desk: Desk) -> Iterator[Finding]:
    known = {str(role["id"]) for guild in look.guilds.values() for role in guild["roles"]}
    for role in sorted(_team_roles(desk) - known):
        yield Finding.error(sentence("operations.discord_role_unknown", name=f"{PLATFORM}:@{role}"))


def _team_roles(desk: Desk) -> set[str]:
    prefix = f"{PLATFORM}:@"
    references = [each for team in desk.teams.values() for each in team.agents | team.leads]
    return {each.removeprefix(prefix) for each in references if each.startswith(prefix)}


def _budget(key: str, guild: Json, count: int, most: int) -> Iterator[Finding]:
    if count >= most * NEARLY:
        yield Finding.warning(sentence(key, server=str(guild["name"]), number=count, limit=most))


def sign_in_refused(refused: DiscordRefused) -> Sentence:
    if refused.status == 401:
        return TOKEN_LOST
    return sentence("operations.discord_sign_in_refused", error=str(refused))


def _channel_refused(place: str, ref: ChannelRef, refused: DiscordRefused) -> Sentence:
    if refused.status == 403:
        return sentence("operations.discord_channel_hidden", place=place, channel=str(ref))
    return sentence("operations.discord_channel_unknown", place=place, channel=str(ref), error=str(refused))
