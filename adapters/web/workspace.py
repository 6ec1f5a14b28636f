"""Who is in the workspace and which channels they see: taken from the configuration, replaced by a reload.

Fail closed: a channel that is not public is seen by exactly the people it names, and a direct channel by
its person alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.directory import Person

PLATFORM = "web"
DESK_ID = "deskbell"
DESK_NAME = "Deskbell"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePerson:
    """Somebody one can be in the workspace. `role` is employee, agent or lead; `title` is for show."""

    id: str
    name: str
    title: str = ""
    role: str = "employee"
    email: str | None = None
    time_zone: str | None = None
    language: str = "en"
    groups: frozenset[str] = frozenset()
    tier: str | None = None

    @property
    def is_staff(self) -> bool:
        return self.role != "employee"

    def as_person(self) -> Person:
        return Person(
            key=f"{PLATFORM}:{self.id}",
            name=self.name,
            email=self.email,
            time_zone=self.time_zone,
            language=self.language,
            groups=self.groups,
            tier=self.tier,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceChannel:
    """A channel. `group` is its heading in the list, `allowed` who (ids) sees it when it is not public."""

    id: str
    topic: str = ""
    group: str = "Ask for help"
    is_public: bool = True
    allowed: frozenset[str] = frozenset()
    name: str = ""

    @property
    def is_direct(self) -> bool:
        return self.id.startswith("@")

    def admits(self, person: str) -> bool:
        return self.is_public or person in self.allowed


class Workspace:
    """The people and channels of now. Everyone has a direct channel `@id` with the desk."""

    def __init__(self, *, people: Iterable[WorkspacePerson], channels: Iterable[WorkspaceChannel]) -> None:
        self.replace(people=people, channels=channels)

    def replace(self, *, people: Iterable[WorkspacePerson], channels: Iterable[WorkspaceChannel]) -> None:
        """Put a reloaded configuration in force; messages in channels that are gone stay stored, unseen."""
        self._people = {person.id: person for person in people}
        direct = (_direct_channel(person) for person in self._people.values())
        self._channels = {channel.id: channel for channel in (*channels, *direct)}

    @property
    def people(self) -> Sequence[WorkspacePerson]:
        return tuple(self._people.values())

    def person(self, person_id: str) -> WorkspacePerson | None:
        return self._people.get(person_id)

    def channel(self, channel_id: str) -> WorkspaceChannel | None:
        return self._channels.get(channel_id)

    def channels_of(self, person: str) -> Sequence[WorkspaceChannel]:
        """The channels this person sees, in the order of the configuration, the direct one last."""
        return tuple(channel for channel in self._channels.values() if channel.admits(person))

    def may_see(self, person: str, channel_id: str) -> bool:
        channel = self._channels.get(channel_id)
        return channel is not None and person in self._people and channel.admits(person)


def _direct_channel(person: WorkspacePerson) -> WorkspaceChannel:
    return WorkspaceChannel(
        id=f"@{person.id}",
        name=DESK_NAME,
        topic="Only you and the desk see this",
        group="Direct messages",
        is_public=False,
        allowed=frozenset({person.id}),
    )
