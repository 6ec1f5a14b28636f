"""Who is in the workspace and which channels they see: taken from the configuration, replaced by a reload.

Fail closed: a channel that is not public is seen by exactly the people it names, and a direct channel by
its person alone.
"""

from collections.abc import Iterable, Sequence

from bot.ports.first_look import Choice, FirstLook
from bot.ports.workspace import ChannelGroup, WorkspaceChannel, WorkspacePerson

DESK_ID = "deskbell"
DESK_NAME = "Deskbell"


class Workspace:
    """The people and channels of now. Everyone has a direct channel `@id` with the desk.

    `language` is the desk's, for people of whom none is known. `pretends`: whoever was given the page's link acts as
    anybody.
    """

    def __init__(
        self,
        *,
        people: Iterable[WorkspacePerson],
        channels: Iterable[WorkspaceChannel],
        language: str,
        pretends: bool,
    ) -> None:
        self.replace(people=people, channels=channels, language=language, pretends=pretends)

    def replace(
        self,
        *,
        people: Iterable[WorkspacePerson],
        channels: Iterable[WorkspaceChannel],
        language: str,
        pretends: bool,
    ) -> None:
        """Put a reloaded configuration in force; messages in channels that are gone stay stored, unseen."""
        self.language = language
        self.pretends = pretends
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

    def look(self, platform: str) -> FirstLook:
        """What can be chosen by name."""
        return FirstLook(
            makes_channels=True,
            places=[DESK_NAME],
            channels=[
                Choice(reference=f"{platform}:{each.id}", name=f"#{each.id}")
                for each in self._channels.values()
                if not each.is_direct
            ],
            people=[
                Choice(reference=each.key, name=each.name, other=each.email or "") for each in self.people
            ],
        )


def _direct_channel(person: WorkspacePerson) -> WorkspaceChannel:
    return WorkspaceChannel(
        id=f"@{person.id}",
        name=DESK_NAME,
        group=ChannelGroup.DIRECT,
        is_public=False,
        allowed=frozenset({person.id}),
    )
