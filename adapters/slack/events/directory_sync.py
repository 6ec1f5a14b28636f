"""People whom the configuration names are made known to the desk before they do anything, so that a lead who
never wrote a word is pinged, and an agent can be given a ticket. Whoever spoke before their profile could be
read, and so went by their id, gets their name.
"""

import asyncio
from collections.abc import Iterable

import structlog

from adapters.kit.named_people import LOOK_S, NamedPeople
from adapters.kit.outcomes import Unsure
from adapters.slack.api.addresses import user_of
from adapters.slack.api.calls import Calls, SlackRefused
from adapters.slack.api.people import People
from bot.domain.directory import is_address
from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import sentence
from bot.outage import Outage
from bot.ports.intake import Intake

log = structlog.get_logger(__name__)

MOST_PEOPLE = 1_000


class DirectorySync:
    def __init__(self, calls: Calls, *, people: People) -> None:
        self._calls = calls
        self._people = people
        self._naming = Outage("naming people who went by their id in Slack")

    async def run(self, intake: Intake) -> None:
        """Until cancelled."""
        named_people = NamedPeople()
        while True:
            if (named := named_people.news(intake)) is not None:
                await self._introduce(named, intake)
            await self._name_strangers(intake)
            await asyncio.sleep(LOOK_S)

    async def _name_strangers(self, intake: Intake) -> None:
        try:
            if met := await self._people.meet_strangers():
                await intake.meet(met)
            self._naming.worked()
        except StorageUnavailable as error:
            log.debug("people are named once the database works again", reason=error.sentence)
        except Exception as error:  # noqa: BLE001  told once, with its traceback; it is tried again
            self._naming.failed(sentence("operations.reading_fails", error=type(error).__name__), error=error)

    async def _introduce(self, named: Iterable[str], intake: Intake) -> None:
        try:
            users = [user for reference in sorted(named) for user in await self._users(reference)]
            people = await self._people.meet_patiently(list(dict.fromkeys(users))[:MOST_PEOPLE])
            if people:
                await intake.meet(list(people.values()))
        except Exception:
            log.exception("people named in the configuration could not be introduced")

    async def _users(self, reference: str) -> list[str]:
        """The ids a reference stands for: one person's, a group's members', or none for other platforms'."""
        if is_address(reference):
            return await self._by_address(reference)
        identity = user_of(reference)
        if identity is None:
            return []
        return self._people.members_of(reference) if identity.startswith("@") else [identity]

    async def _by_address(self, address: str) -> list[str]:
        """https://docs.slack.dev/reference/methods/users.lookupByEmail"""
        try:
            answer = await self._calls.call_patiently("users.lookupByEmail", arguments={"email": address})
        except (SlackRefused, Unsure) as error:
            log.info("nobody in Slack has this address", address=address, reason=str(error))
            return []
        self._people.remember(answer["user"])
        return [str(answer["user"]["id"])]
