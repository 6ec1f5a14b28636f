"""Who people are: their names, pictures and roles, kept for a while.

A message or an interaction in a guild says them; for direct messages, and for whom the configuration names, they
are asked for. An unknown person never delays what they said for long.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import discord
import structlog

from adapters.discord.api.addresses import Json, community_ref, person_key, role_ref
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from bot.domain.directory import Person

log = structlog.get_logger(__name__)

PATIENCE_S = 0.5
MEMBERSHIP_AGE_S = 900.0
ROLES_TRUSTED_S = 86_400.0
"""Discord does not tell everybody's changes: roles in a server where somebody was not met for a day count no more."""
PEOPLE_KEPT = 10_000
MEMBERS_AT_ONCE = 1_000
PICTURE_SIZE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class _Membership:
    """What somebody is called in a guild and their roles there; None for somebody who is not in it."""

    roles: frozenset[str] | None
    read_at: float
    nick: str | None = None


class People:
    def __init__(self, calls: Calls, *, client: discord.Client) -> None:
        self._calls = calls
        self._client = client
        self._people: OrderedDict[int, Person] = OrderedDict()
        self._memberships: dict[int, dict[int, _Membership]] = {}

    def of(self, author: discord.User | discord.Member) -> Person:
        """The author of a message or an interaction, with the roles that it says."""
        guild = author.guild if isinstance(author, discord.Member) else None
        if guild is not None and isinstance(author, discord.Member):
            roles = frozenset(role_ref(role.id) for role in author.roles if not role.is_default())
            self._note_roles(author.id, guild.id, roles, nick=author.nick)
        person = Person(
            key=person_key(author.id),
            name=author.display_name,
            language=self._language(author.id, guild),
            is_bot=author.bot,
            picture=author.display_avatar.replace(size=PICTURE_SIZE, static_format="png").url,
        )
        return self._keep(author.id, person)

    def known(self, user: int, *, guild: int | None = None) -> Person:
        """As last heard of, by what they are called in this guild; somebody unknown goes by their id."""
        person = self._people.get(user) or Person(key=person_key(user), name=str(user))
        member = self._memberships.get(user, {}).get(guild) if guild is not None else None
        if member is not None and member.nick:
            person = replace(person, name=member.nick)
        return self._with_roles(user, person)

    async def memberships(self, user: int, guilds: Iterable[int]) -> dict[int, frozenset[str]]:
        """The roles of somebody in those of these guilds that they are in, waiting briefly for what is not known."""
        due = [guild for guild in guilds if self._is_due(user, guild)]
        if due:
            reading = asyncio.gather(*(self._read_member(user, guild) for guild in due))
            await asyncio.wait([asyncio.ensure_future(reading)], timeout=PATIENCE_S)
        held = self._memberships.get(user, {})
        return {guild: each.roles for guild, each in held.items() if each.roles is not None}

    async def ascertain(self, user: int, guilds: Iterable[int]) -> None:
        """Know somebody's roles in these guilds, however long that takes. Raises Unsure and Busy."""
        for guild in guilds:
            if self._is_due(user, guild):
                await self._ask_for(user, guild)

    async def meet(self, user: int, guilds: Iterable[int]) -> Person | None:
        """Somebody whom the configuration names, however long that takes; None where nobody knows them."""
        for guild in guilds:
            await self._read_member(user, guild)
        return self.known(user) if user in self._people else None

    async def with_roles(self, guild: int, roles: frozenset[str]) -> list[Person]:
        """The members of a guild who have one of these roles, or had one when they were last heard of.

        Needs the members intent; raises as `Calls.call` does.

        https://discord.com/developers/docs/resources/guild#list-guild-members
        """
        found, after = [], 0
        while True:
            page: list[Json] = await self._calls.call(
                "GET",
                "/guilds/{guild_id}/members",
                guild_id=guild,
                query={"limit": MEMBERS_AT_ONCE, "after": after},
                urgency=Urgency.REFRESH,
            )
            for member in page:
                held = frozenset(role_ref(role) for role in member["roles"])
                if (held | self._roles_in(int(member["user"]["id"]), guild)) & roles:
                    found.append(self._note_member(member, guild))
            if len(page) < MEMBERS_AT_ONCE:
                return found
            after = int(page[-1]["user"]["id"])

    def resolved(self, user: int, data: Mapping[str, Any], *, guild: int | None) -> Person | None:
        """Somebody who was picked, as the interaction itself describes them."""
        about = (data.get("users") or {}).get(str(user))
        if about is None:
            return None
        member = (data.get("members") or {}).get(str(user))
        if member is None or guild is None:
            return self._keep(user, _person(about, nick=None, language=""))
        return self._note_member({**member, "user": about}, guild)

    def left(self, user: int, guild: int) -> None:
        self._memberships.setdefault(user, {})[guild] = _Membership(roles=None, read_at=time.monotonic())

    async def _read_member(self, user: int, guild: int) -> None:
        try:
            await self._ask_for(user, guild)
        except (Unsure, Busy) as error:
            log.info("a member could not be looked up", user=user, guild=guild, reason=str(error))

    async def _ask_for(self, user: int, guild: int) -> None:
        """https://discord.com/developers/docs/resources/guild#get-guild-member"""
        try:
            member = await self._calls.call(
                "GET",
                "/guilds/{guild_id}/members/{user_id}",
                guild_id=guild,
                user_id=user,
                urgency=Urgency.SOON,
            )
        except DiscordRefused:
            self.left(user, guild)
        else:
            self._note_member(member, guild)

    def _note_member(self, member: Json, guild: int) -> Person:
        user = member["user"]
        user_id = int(user["id"])
        roles, nick = frozenset(role_ref(role) for role in member["roles"]), member.get("nick")
        self._note_roles(user_id, guild, roles, nick=nick)
        language = self._language(user_id, self._client.get_guild(guild))
        return self._keep(user_id, _person(user, nick=nick, language=language))

    def _keep(self, user: int, person: Person) -> Person:
        self._people[user] = person
        self._people.move_to_end(user)
        while len(self._people) > PEOPLE_KEPT:
            forgotten, _ = self._people.popitem(last=False)
            self._memberships.pop(forgotten, None)
        return self._with_roles(user, person)

    def _with_roles(self, user: int, person: Person) -> Person:
        held = self._memberships.get(user, {})
        return replace(
            person, groups=frozenset(role for guild in held for role in self._roles_in(user, guild))
        )

    def _roles_in(self, user: int, guild: int) -> frozenset[str]:
        known = self._memberships.get(user, {}).get(guild)
        if known is None or known.roles is None or time.monotonic() - known.read_at > ROLES_TRUSTED_S:
            return frozenset()
        return known.roles

    def _language(self, user: int, guild: discord.Guild | None) -> str:
        """Discord does not tell what somebody reads: their server's language, else what was last heard.

        American English is what a server has that never chose one, so it says nothing.
        """
        if guild is not None and guild.preferred_locale is not discord.Locale.american_english:
            return str(guild.preferred_locale.value)[:2]
        known = self._people.get(user)
        return known.language if known is not None else ""

    def _note_roles(self, user: int, guild: int, roles: frozenset[str], *, nick: str | None) -> None:
        self._memberships.setdefault(user, {})[guild] = _Membership(
            roles=roles, read_at=time.monotonic(), nick=nick
        )

    def _is_due(self, user: int, guild: int) -> bool:
        known = self._memberships.get(user, {}).get(guild)
        return known is None or time.monotonic() - known.read_at > MEMBERSHIP_AGE_S


def shared(memberships: Iterable[int]) -> tuple[str, ...]:
    return tuple(community_ref(guild) for guild in memberships)


def _person(user: Json, *, nick: str | None, language: str) -> Person:
    """https://discord.com/developers/docs/resources/user#user-object"""
    return Person(
        key=person_key(user["id"]),
        name=str(nick or user.get("global_name") or user["username"]),
        language=language,
        is_bot=bool(user.get("bot")),
        picture=_picture(user),
    )


def _picture(user: Json) -> str:
    """https://discord.com/developers/docs/reference#image-formatting"""
    avatar = user.get("avatar")
    return f"{discord.Asset.BASE}/avatars/{user['id']}/{avatar}.png?size={PICTURE_SIZE}" if avatar else ""
