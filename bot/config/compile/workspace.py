"""The browser workspace as `desk.yaml` describes it: who is there and which channels there are.

It is kept apart from the desk, which knows no platform. Fail closed: a channel that only staff has business
in names the people who see it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.config.schema.desk import ChannelSection, DeskFile, PersonSection
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Takes, Team
from bot.ports.web_workspace import PLATFORM, Workspace, WorkspaceChannel, WorkspacePerson

_PRIVATE_INBOX = ("Ask here in private; you get your answer by direct message.", "Ask for help")
_INBOXES = {
    Takes.EVERY_MESSAGE: ("Ask here; each message becomes a ticket.", "Ask for help"),
    Takes.COMMANDS_ONLY: ("Ask here with /ticket open.", "Ask for help"),
    Takes.ON_REACTION: ("Talk freely; a reaction makes a ticket of a message.", "Channels"),
    Takes.ON_REQUEST: ("Talk freely; mention the desk to make a ticket of it.", "Channels"),
}
"""What an intake channel's topic says and under which heading it stands, by how it takes messages."""


def compile_workspace(file: DeskFile, desk: Desk) -> Workspace:
    """The listed people and channels, and the channels of the desk's inboxes, teams and operators."""
    people = tuple(_person(section) for section in file.workspace.people)
    listed = {section.channel: section for section in file.workspace.channels}
    channels: dict[str, WorkspaceChannel] = {}
    for channel in (*_inboxes(desk), *_teams(desk, people), *_operators(desk, people), *_extra(file, people)):
        channels.setdefault(channel.id, _with_topic(channel, listed.get(channel.id)))
    return Workspace(people=people, channels=tuple(channels.values()))


def _person(section: PersonSection) -> WorkspacePerson:
    return WorkspacePerson(
        id=section.id,
        name=section.name,
        title=section.title,
        role=section.role,
        email=section.email,
        time_zone=section.time_zone.key if section.time_zone else None,
        language=section.language,
    )


def _inboxes(desk: Desk) -> Iterator[WorkspaceChannel]:
    for inbox in desk.inboxes.values():
        if _is_here(inbox.channel):
            topic, group = _PRIVATE_INBOX if inbox.is_private else _INBOXES[inbox.takes]
            yield WorkspaceChannel(
                id=inbox.channel.channel, topic=topic, group=group, is_form_only=inbox.is_private
            )


def _teams(desk: Desk, people: Iterable[WorkspacePerson]) -> Iterator[WorkspaceChannel]:
    for team in desk.teams.values():
        members = _members(team, people)
        if _is_here(team.channel):
            yield _staff_channel(team.channel, f"Tickets of {team.title}", members)
        if team.escalation_channel is not None and _is_here(team.escalation_channel):
            sharing = [
                each for each in desk.teams.values() if each.escalation_channel == team.escalation_channel
            ]
            watching = frozenset[str]().union(*(_members(each, people) for each in sharing))
            topic = f"Warnings and breaches of {team.title}"
            yield _staff_channel(team.escalation_channel, topic, watching, group="Escalations")


def _operators(desk: Desk, people: Iterable[WorkspacePerson]) -> Iterator[WorkspaceChannel]:
    archive = desk.transcripts.channel
    if archive is not None and _is_here(archive):
        staff = frozenset(person.id for person in people if person.role != "employee")
        yield _staff_channel(archive, "Transcripts of closed tickets", staff)
    if desk.operator_channel is not None and _is_here(desk.operator_channel):
        admins = frozenset(person.id for person in people if desk.is_admin(person.as_person()))
        yield _staff_channel(desk.operator_channel, "What the desk needs an operator for", admins)


def _extra(file: DeskFile, people: Iterable[WorkspacePerson]) -> Iterator[WorkspaceChannel]:
    staff = frozenset(person.id for person in people if person.role != "employee")
    for section in file.workspace.channels:
        yield WorkspaceChannel(
            id=section.channel,
            group="Channels",
            is_public=not section.staff_only,
            allowed=staff if section.staff_only else frozenset(),
        )


def _staff_channel(
    channel: ChannelRef, topic: str, allowed: frozenset[str], *, group: str = "Teams"
) -> WorkspaceChannel:
    return WorkspaceChannel(id=channel.channel, topic=topic, group=group, is_public=False, allowed=allowed)


def _members(team: Team, people: Iterable[WorkspacePerson]) -> frozenset[str]:
    return frozenset(person.id for person in people if team.has_agent(person.as_person()))


def _is_here(channel: ChannelRef) -> bool:
    return channel.platform == PLATFORM and not channel.is_direct


def _with_topic(channel: WorkspaceChannel, section: ChannelSection | None) -> WorkspaceChannel:
    if section is None or not section.topic:
        return channel
    return replace(channel, topic=section.topic)
