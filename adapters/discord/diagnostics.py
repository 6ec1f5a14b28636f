"""What stands in the desk's way in Discord, and how an operator mends it. It looks over REST alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from adapters.discord.api.addresses import Json, community_ref
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.errors import token_sentence
from adapters.discord.capabilities import PLATFORM
from adapters.discord.permissions import (
    NEEDED,
    NEEDED_IN_PRIVATE_INBOXES,
    USEFUL,
    allowed_in,
    bits_of,
    everybody_in,
    invite_link,
    missing,
    reason_for,
    title_of,
)
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef
from bot.domain.findings import Finding, Severity

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
            return [_error(_refusal_of_token(refused))]
        except (Unsure, Busy) as error:
            return [
                _error(f"Discord does not answer ({error}). Is DISCORD_API_URL right, and the way out open?")
            ]
        findings = [*_intents(look), *_invitation(look), *_communities(look, desk)]
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
        for what, ref in desk.channels(PLATFORM):
            try:
                channel = await self._calls.call("GET", f"/channels/{ref.channel}")
            except DiscordRefused as refused:
                findings.append(_error(_refusal_of_channel(what, ref, refused)))
                continue
            except (Unsure, Busy) as error:
                findings.append(_warning(f"{what}: Discord did not answer about `{ref}` ({error})."))
                continue
            look.channels[ref.channel] = channel
            findings += _channel(what, ref, channel, look, desk)
        return findings

    async def _budgets(self, guild: Json) -> list[Finding]:
        """How full the guild is: a thread or a channel too many is refused."""
        try:
            threads = (await self._calls.call("GET", f"/guilds/{guild['id']}/threads/active"))["threads"]
            channels = await self._calls.call("GET", f"/guilds/{guild['id']}/channels")
        except (DiscordRefused, Unsure, Busy) as error:
            return [_warning(f"{guild['name']}: its threads and channels could not be counted ({error}).")]
        return [
            *_budget(guild, "active threads", len(threads), MOST_ACTIVE_THREADS),
            *_budget(guild, "channels", len(channels), MOST_CHANNELS),
        ]


def _intents(look: _Look) -> Iterator[Finding]:
    """https://discord.com/developers/docs/topics/gateway#privileged-intents"""
    flags = int(look.application.get("flags") or 0)
    where = "Switch it on in the Developer Portal under Bot, at Privileged Gateway Intents, and start the desk again."
    if not flags & MESSAGE_CONTENT:
        yield _error(
            "The Message Content Intent is off, so the desk cannot read messages: only commands, buttons, mentions "
            f"and direct messages reach it. {where}"
        )
    if not flags & GUILD_MEMBERS:
        yield _warning(
            "The Server Members Intent is off, so the desk does not see who leaves, nor who is in a role before "
            f"they have done something. {where}"
        )


def _invitation(look: _Look) -> Iterator[Finding]:
    link = invite_link(int(look.application["id"]))
    if not look.guilds:
        yield _error(f"The desk is in no server yet. Let it in with {link}")
    else:
        yield Finding(severity=Severity.HINT, sentence=f"The link that lets the desk into a server: {link}")


def _communities(look: _Look, desk: Desk) -> Iterator[Finding]:
    for community in desk.communities.values():
        platform, _, guild = community.reference.partition(":")
        if platform == PLATFORM and guild not in look.guilds:
            yield _error(
                f"The desk is not in the server of `{community.name}` ({guild}). Correct the id in desk.yaml, "
                "or let the desk in."
            )


def _channel(what: str, ref: ChannelRef, channel: Json, look: _Look, desk: Desk) -> Iterator[Finding]:
    guild = look.guilds.get(str(channel.get("guild_id")))
    if guild is None:
        yield _error(f"{what}: `{ref}` is no channel of a server that the desk is in.")
        return
    where = f"#{channel.get('name')} in {guild['name']}"
    if channel["type"] not in (TEXT, NEWS, FORUM):
        yield _error(f"{what}: {where} is neither a text channel nor a forum. Name another one.")
        return
    yield from _rights(
        what, where, channel, guild, look.members[str(guild["id"])], needed=_needed_in(ref, desk)
    )
    yield from _crossing(what, ref, where, guild, desk)
    if what.startswith(("team", "escalations", "operators")):
        yield from _openness(what, where, channel, guild)


def _needed_in(ref: ChannelRef, desk: Desk) -> list[str]:
    inbox = desk.inbox_at(ref)
    is_private = inbox is not None and inbox.is_private
    return [*NEEDED, *(NEEDED_IN_PRIVATE_INBOXES if is_private else ())]


def _rights(
    what: str, where: str, channel: Json, guild: Json, member: Json, *, needed: Iterable[str]
) -> Iterator[Finding]:
    allowed = allowed_in(channel, guild=guild, member=member)
    for name in missing(allowed, needed):
        yield _error(
            f"{what}: in {where} the desk lacks the permission {title_of(name)}, to {reason_for(name)}. "
            "Grant it in the channel’s settings, or to the desk’s role."
        )
    for name in missing(allowed, USEFUL):
        yield _warning(
            f"{what}: in {where} the desk lacks the permission {title_of(name)}, to {reason_for(name)}."
        )


def _crossing(what: str, ref: ChannelRef, where: str, guild: Json, desk: Desk) -> Iterator[Finding]:
    """Whether the channel is in the server that the configuration says it is in."""
    named = next((name for channel, name in _belonging(desk) if channel == ref and name), None)
    if named is None:
        return
    if desk.communities[named].reference != community_ref(guild["id"]):
        yield _error(
            f"{what}: {where} is not in the server of `{named}`, to which desk.yaml says it belongs."
        )


def _belonging(desk: Desk) -> Iterator[tuple[ChannelRef, str | None]]:
    yield from ((target.channel, target.community) for target in desk.inboxes.values())
    yield from ((team.channel, team.community) for team in desk.teams.values())


def _openness(what: str, where: str, channel: Json, guild: Json) -> Iterator[Finding]:
    if everybody_in(channel, guild=guild) & bits_of(["view_channel"]):
        yield _warning(
            f"{what}: everybody in {guild['name']} can read {where}, internal notes included. Take View Channel "
            "from @everyone there, and give it to the team’s role."
        )


def _roles(guild: Json, member: Json, desk: Desk) -> Iterator[Finding]:
    """A bot invited without permissions has no role of its own; moderators without a right see no commands."""
    if not member["roles"]:
        yield _warning(
            f"The desk has no role of its own in {guild['name']}: it was let in without permissions. Use the link "
            "above again; nothing is lost by it."
        )
    may_work = bits_of(["manage_messages"])
    named = _team_roles(desk)
    for role in guild["roles"]:
        sees = int(role["permissions"]) & (may_work | bits_of(["administrator"]))
        if str(role["id"]) in named and not sees:
            yield _warning(
                f"Discord shows `/{desk.command_names['desk']}` to whoever has Manage Messages, which the role "
                f"@{role['name']} in {guild['name']} has not. Grant it, or allow the command for the role in "
                "Server Settings under Integrations."
            )


def _unknown_roles(look: _Look, desk: Desk) -> Iterator[Finding]:
    known = {str(role["id"]) for guild in look.guilds.values() for role in guild["roles"]}
    for role in sorted(_team_roles(desk) - known):
        yield _error(
            f"There is no role `{PLATFORM}:@{role}` in any server that the desk is in; correct desk.yaml, or make "
            "the role. Its id is in the role’s menu once Developer Mode is on."
        )


def _team_roles(desk: Desk) -> set[str]:
    prefix = f"{PLATFORM}:@"
    references = [each for team in desk.teams.values() for each in team.agents | team.leads]
    return {each.removeprefix(prefix) for each in references if each.startswith(prefix)}


def _budget(guild: Json, what: str, count: int, most: int) -> Iterator[Finding]:
    if count >= most * NEARLY:
        yield _warning(
            f"{guild['name']} has {count} of {most} {what}. Discord refuses more; archive or delete some."
        )


def _refusal_of_token(refused: DiscordRefused) -> str:
    if refused.status == 401:
        return token_sentence()
    return f"Discord does not say who the desk is: {refused}"


def _refusal_of_channel(what: str, ref: ChannelRef, refused: DiscordRefused) -> str:
    if refused.status == 403:
        return f"{what}: the desk may not see the channel `{ref}`. Give its role View Channel there."
    return (
        f"{what}: there is no channel `{ref}` that the desk can see ({refused}). Correct the id in desk.yaml."
    )


def _error(sentence: str) -> Finding:
    return Finding(severity=Severity.ERROR, sentence=sentence)


def _warning(sentence: str) -> Finding:
    return Finding(severity=Severity.WARNING, sentence=sentence)
