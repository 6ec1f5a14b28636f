"""Who people are: profiles and user groups, kept for a while and asked for before anybody needs them.

An unknown person never delays what they said: whoever is not known soon enough goes by their id until the
answer is there. Profiles: https://docs.slack.dev/reference/methods/users.info
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import structlog

from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from adapters.slack.api.addresses import SLACKBOT, Json, person_key, user_of
from adapters.slack.api.calls import Calls, SlackRefused
from adapters.slack.capabilities import PLATFORM
from bot.domain.directory import Person

log = structlog.get_logger(__name__)

PROFILE = "users.info"
PATIENCE_S = 0.4
"""How long an event waits for its author's profile; Slack wants its answer within three seconds."""
PROFILE_AGE_S = 3_600.0
GROUPS_AGE_S = 900.0
PROFILES_KEPT = 10_000
_FAILED_AGE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    person: Person
    read_at: float
    """Monotonic seconds."""


class People:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._team = ""
        self._profiles: OrderedDict[str, Profile] = OrderedDict()
        self._failed: dict[str, float] = {}
        self._strangers: dict[str, None] = {}
        self._asked: dict[str, asyncio.Task[None]] = {}
        self._groups: dict[str, frozenset[str]] = {}
        self._groups_read_at: float | None = None
        self._groups_asked: asyncio.Task[None] | None = None

    async def begin(self, *, team: str) -> None:
        """Read the user groups once before anybody's rights are asked about. `team` is the workspace's own id."""
        self._team = team
        self._groups_read_at = time.monotonic()
        await self._read_groups()

    async def meet(self, users: Iterable[str]) -> dict[str, Person]:
        """Those of these who are known by now, waiting briefly for the unknown; old profiles are renewed."""
        wanted = [user for user in users if user]
        self._renew_groups()
        # Nobody's words wait for a rate limit: that may last longer than Slack's patience.
        is_soon = self._calls.has_room(PROFILE)
        for user in wanted:
            if self._is_due(user):
                self._ask(user)
        unknown = [self._asked[user] for user in wanted if user in self._asked and user not in self._profiles]
        if unknown and is_soon:
            await asyncio.wait(unknown, timeout=PATIENCE_S)
        if len(self._strangers) < PROFILES_KEPT:
            self._strangers.update(dict.fromkeys(user for user in wanted if user not in self._profiles))
        return {user: self._person(user) for user in wanted if user in self._profiles}

    async def meet_strangers(self) -> list[Person]:
        """Those who went by their id when they spoke, and whom Slack has told of by now."""
        met = await self.meet_patiently(list(self._strangers))
        for user in met:
            del self._strangers[user]
        return list(met.values())

    async def meet_patiently(self, users: Iterable[str]) -> dict[str, Person]:
        """Everybody of these whom Slack knows, however long that takes."""
        wanted = list(users)
        for user in wanted:
            if self._is_due(user):
                await self._read(user)
        return {user: self._person(user) for user in wanted if user in self._profiles}

    def members_of(self, group: str) -> list[str]:
        """The ids of the people in a group, written `slack:@handle`, as last read."""
        return [user for user, groups in self._groups.items() if group in groups]

    def known(self, user: str) -> Person | None:
        """As last read; asks nobody."""
        return self._person(user) if user in self._profiles else None

    def picture_of(self, key: str) -> str:
        """The address of a person's picture, as far as it is known."""
        profile = self._profiles.get(user_of(key) or "")
        return profile.person.picture if profile is not None else ""

    def remember(self, user: Json) -> None:
        """A profile as Slack sends it, asked for or not."""
        identity = str(user["id"])
        self._profiles[identity] = Profile(person=_person(user, team=self._team), read_at=time.monotonic())
        self._profiles.move_to_end(identity)
        self._failed.pop(identity, None)
        while len(self._profiles) > PROFILES_KEPT:
            self._profiles.popitem(last=False)

    async def close(self) -> None:
        tasks = [*self._asked.values(), *([self._groups_asked] if self._groups_asked else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _person(self, user: str) -> Person:
        person = self._profiles[user].person
        groups = self._groups.get(user, frozenset())
        return person if person.groups == groups else replace(person, groups=groups)

    def _is_due(self, user: str) -> bool:
        now = time.monotonic()
        profile = self._profiles.get(user)
        if profile is not None:
            return now - profile.read_at > PROFILE_AGE_S
        return now - self._failed.get(user, -_FAILED_AGE_S) >= _FAILED_AGE_S

    def _ask(self, user: str) -> None:
        if user not in self._asked:
            task = asyncio.create_task(self._read(user), name=f"slack profile {user}")
            self._asked[user] = task
            task.add_done_callback(lambda _: self._asked.pop(user, None))

    async def _read(self, user: str) -> None:
        try:
            answer = await self._calls.call(
                PROFILE, arguments={"user": user, "include_locale": True}, urgency=Urgency.NOW
            )
            self.remember(answer["user"])
        except (SlackRefused, Unsure, Busy) as error:
            if len(self._failed) >= PROFILES_KEPT:
                self._failed.clear()
            self._failed[user] = time.monotonic()
            log.warning("a profile could not be read", user=user, reason=str(error))

    def _renew_groups(self) -> None:
        """Whoever asks first waits for nobody: rights that come from groups count from the next event on."""
        is_old = self._groups_read_at is None or time.monotonic() - self._groups_read_at > GROUPS_AGE_S
        if is_old and (self._groups_asked is None or self._groups_asked.done()):
            self._groups_read_at = time.monotonic()
            self._groups_asked = asyncio.create_task(self._read_groups(), name="slack usergroups")

    async def _read_groups(self) -> None:
        """https://docs.slack.dev/reference/methods/usergroups.list, with members: one call for all groups."""
        try:
            answer = await self._calls.call("usergroups.list", arguments={"include_users": True})
        except (SlackRefused, Unsure, Busy) as error:
            log.warning("user groups could not be read; teams made of them are not known", reason=str(error))
            return
        groups: dict[str, set[str]] = {}
        for group in answer.get("usergroups") or ():
            for user in group.get("users") or ():
                groups.setdefault(str(user), set()).add(f"{PLATFORM}:@{group['handle']}")
        self._groups = {user: frozenset(handles) for user, handles in groups.items()}


def _person(user: Json, *, team: str) -> Person:
    """https://docs.slack.dev/reference/objects/user-object"""
    profile = user.get("profile") or {}
    names = (profile.get("real_name"), profile.get("display_name"), user.get("real_name"), user.get("name"))
    language = str(user.get("locale") or "")[:2]
    name = str(next((name for name in names if name), user["id"]))
    return Person(
        key=person_key(str(user["id"])),
        name=name,
        handles=frozenset(str(each).casefold() for each in names if each and each != name),
        email=_address(user, team=team),
        time_zone=user.get("tz") or None,
        language=language,
        is_bot=bool(user.get("is_bot")) or user["id"] == SLACKBOT,
        is_active=not user.get("deleted"),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        picture=str(profile.get("image_72") or profile.get("image_48") or ""),
    )


def _address(user: Json, *, team: str) -> str | None:
    """Only as their own workspace says it: what somebody else's says of its people, or is not confirmed, is no proof.

    https://docs.slack.dev/reference/objects/user-object, and for organisations of several workspaces
    https://docs.slack.dev/enterprise/#user_ids
    """
    workspaces = {str(user.get("team_id") or team), *(user.get("enterprise_user") or {}).get("teams", ())}
    if team not in workspaces or user.get("is_stranger") or user.get("is_email_confirmed") is False:
        return None
    return (user.get("profile") or {}).get("email") or None
