"""People whom the configuration names are made known to the desk before they do anything, so that a lead who never
wrote a word is pinged, and an agent can be given a ticket.
"""

import asyncio
from collections.abc import Iterable

import discord
import structlog

from adapters.discord.api.addresses import user_of
from adapters.discord.api.calls import DiscordRefused
from adapters.discord.api.people import People
from adapters.discord.capabilities import PLATFORM
from adapters.kit.named_people import LOOK_S, NamedPeople
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from bot.domain.directory import Person, is_group
from bot.ports.intake import Intake

log = structlog.get_logger(__name__)


class DirectorySync:
    def __init__(self, *, client: discord.Client, people: People, sees_members: bool) -> None:
        self._client = client
        self._people = people
        self._sees_members = sees_members

    async def run(self, intake: Intake) -> None:
        """Until cancelled."""
        named_people = NamedPeople()
        await self._client.wait_until_ready()
        while True:
            if (named := named_people.news(intake)) is not None:
                await self._introduce(named, intake)
            await asyncio.sleep(LOOK_S)

    async def _introduce(self, named: Iterable[str], intake: Intake) -> None:
        try:
            people = await self._people_of(sorted(named))
            if people:
                await intake.meet(list(people.values()))
        except Exception:
            log.exception("people named in the configuration could not be introduced")

    async def _people_of(self, named: list[str]) -> dict[str, Person]:
        guilds = [guild.id for guild in self._client.guilds]
        people: dict[str, Person] = {}
        for user in [user_of(reference) for reference in named]:
            person = await self._people.meet(user, guilds) if user is not None else None
            if person is not None:
                people[person.key] = person
        roles = frozenset(each for each in named if each.startswith(f"{PLATFORM}:") and is_group(each))
        if roles and self._sees_members:
            for guild in guilds:
                people |= {person.key: person for person in await self._members(guild, roles)}
        return people

    async def _members(self, guild: int, roles: frozenset[str]) -> list[Person]:
        try:
            return await self._people.with_roles(guild, roles)
        except (DiscordRefused, Unsure, Busy) as error:
            log.warning("the members of a server could not be listed", guild=guild, reason=str(error))
            return []
