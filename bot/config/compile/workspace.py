"""The browser workspace as `desk.yaml` describes it: who is there and which channels there are.

It is kept apart from the desk, which knows no platform. Fail closed: a channel that only staff has business
in names the people who see it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.config.schema.desk import DeskFile
from bot.config.schema.workspace import ChannelSection, PersonSection
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Takes, Team
from bot.ports.workspace import ChannelGroup, ChannelPurpose, Workspace, WorkspaceChannel, WorkspacePerson

_IN_OTHERS = frozenset({Takes.ON_REACTION, Takes.ON_REQUEST})
"""How inboxes take messages in which people mostly talk about something else."""


def compile_workspace(file: DeskFile, desk: Desk, *, platform: str) -> Workspace:
    """The listed people and channels, and those of the desk's inboxes, teams and operators on this platform."""
    people = tuple(_person(section, platform) for section in file.workspace.people)
    here = _ChannelsOn(platform, desk, people)
    listed = {section.channel: section for section in file.workspace.channels}
    channels: dict[str, WorkspaceChannel] = {}
    for channel in (*here.inboxes(), *here.teams(), *here.operators(), *_extra(file, people)):
        channels.setdefault(channel.id, _with_topic(channel, listed.get(channel.id)))
    return Workspace(people=people, channels=tuple(channels.values()), pretends=file.workspace.pretend)


def _person(section: PersonSection, platform: str) -> WorkspacePerson:
    return WorkspacePerson(
        platform=platform,
        id=section.id,
        name=section.name,
        title=section.title,
        role=section.role,
        email=section.email,
        time_zone=section.time_zone.key if section.time_zone else None,
        language=section.language or "",
    )


class _ChannelsOn:
    """The channels of a desk that are on the workspace's platform."""

    def __init__(self, platform: str, desk: Desk, people: Iterable[WorkspacePerson]) -> None:
        self._platform = platform
        self._desk = desk
        self._people = people

    def inboxes(self) -> Iterator[WorkspaceChannel]:
        for inbox in self._desk.inboxes.values():
            if self._has(inbox.channel):
                is_private = inbox.is_private
                is_among_others = inbox.takes in _IN_OTHERS and not is_private
                yield WorkspaceChannel(
                    id=inbox.channel.channel,
                    purpose=ChannelPurpose.PRIVATE if is_private else ChannelPurpose(inbox.takes.value),
                    group=ChannelGroup.OTHERS if is_among_others else ChannelGroup.REQUESTS,
                    shows="requests" if inbox.takes is Takes.EVERY_MESSAGE and not is_private else "",
                    is_form_only=is_private,
                )

    def teams(self) -> Iterator[WorkspaceChannel]:
        teams = self._desk.teams.values()
        for team in teams:
            if self._has(team.channel):
                cards = _staff_channel(team.channel, ChannelPurpose.TEAM, self._members(team), shows="cards")
                yield replace(cards, team=team.title)
            if team.escalation_channel is not None and self._has(team.escalation_channel):
                sharing = [each for each in teams if each.escalation_channel == team.escalation_channel]
                watching = frozenset[str]().union(*map(self._members, sharing))
                alerts = _staff_channel(
                    team.escalation_channel, ChannelPurpose.ALERTS, watching, shows="alerts"
                )
                yield replace(alerts, team=team.title, group=ChannelGroup.ESCALATIONS)

    def operators(self) -> Iterator[WorkspaceChannel]:
        archive, operators = self._desk.transcripts.channel, self._desk.operator_channel
        if archive is not None and self._has(archive):
            staff = frozenset(person.id for person in self._people if person.role != "employee")
            yield _staff_channel(archive, ChannelPurpose.TRANSCRIPTS, staff)
        if operators is not None and self._has(operators):
            admins = frozenset(
                person.id for person in self._people if self._desk.is_admin(person.as_person())
            )
            yield _staff_channel(operators, ChannelPurpose.OPERATORS, admins)

    def _has(self, channel: ChannelRef) -> bool:
        return channel.platform == self._platform and not channel.is_direct

    def _members(self, team: Team) -> frozenset[str]:
        return frozenset(person.id for person in self._people if team.has_agent(person.as_person()))


def _extra(file: DeskFile, people: Iterable[WorkspacePerson]) -> Iterator[WorkspaceChannel]:
    staff = frozenset(person.id for person in people if person.role != "employee")
    for section in file.workspace.channels:
        yield WorkspaceChannel(
            id=section.channel,
            group=ChannelGroup.OTHERS,
            is_public=not section.staff_only,
            allowed=staff if section.staff_only else frozenset(),
        )


def _staff_channel(
    channel: ChannelRef, purpose: ChannelPurpose, allowed: frozenset[str], *, shows: str = ""
) -> WorkspaceChannel:
    return WorkspaceChannel(
        id=channel.channel,
        purpose=purpose,
        group=ChannelGroup.TEAMS,
        is_public=False,
        allowed=allowed,
        shows=shows,
    )


def _with_topic(channel: WorkspaceChannel, section: ChannelSection | None) -> WorkspaceChannel:
    if section is None:
        return channel
    return replace(channel, topic=section.topic or channel.topic, topics=section.topics)
