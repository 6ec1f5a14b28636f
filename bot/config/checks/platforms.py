"""Channels that cannot be found, and channels and people of platforms that are not set up."""

import re
from collections.abc import Iterable, Iterator

from bot.config.checks.findings import ConfigurationFinding, error, hint, warning
from bot.config.loading import Configuration
from bot.domain.directory import ChannelRef
from bot.domain.sentence import Sentence, sentence


def channel_findings(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Channels by a name, on platforms that find a channel by its id alone."""
    for at, what, channel in [*inbox_channels(configuration), *channels_posted_into(configuration)]:
        ids = configuration.names.channel_ids.get(channel.platform)
        if ids is not None and not channel.is_direct and not re.fullmatch(ids.pattern, channel.channel):
            by_name = sentence(
                "configuration.channel_by_name",
                what=what,
                channel=str(channel),
                platform=channel.platform,
                example=f"{channel.platform}:{ids.example}",
                where=ids.found,
            )
            yield error(configuration.line_of(*at), by_name)


def platform_findings(
    configuration: Configuration, platforms: frozenset[str]
) -> Iterator[ConfigurationFinding]:
    """`platforms` names those that are set up."""
    for at, what, channel in channels_posted_into(configuration):
        if channel.platform not in platforms:
            why = _not_set_up(configuration, channel)
            told = sentence("configuration.channel_not_set_up", what=what, channel=str(channel), why=why)
            yield error(configuration.line_of(*at), told)
    for name, inbox in configuration.desk.inboxes.items():
        if inbox.channel.platform not in platforms:
            line = configuration.line_of("inboxes", name)
            why = _not_set_up(configuration, inbox.channel)
            yield warning(line, sentence("configuration.inbox_not_set_up", inbox=name, why=why))
    for at, people in people_named(configuration):
        for person in sorted(people):
            platform, colon, _ = person.partition(":")
            if colon and platform not in platforms:
                # The same desk.yaml may serve several installations: others of the team can still be there.
                told = sentence("configuration.person_not_set_up", person=person, platform=platform)
                yield hint(configuration.line_of(*at), told)


def page_findings(configuration: Configuration, platforms: frozenset[str]) -> Iterator[ConfigurationFinding]:
    """Whether people sign in to the page, where it is set up: said once it is decided by nobody."""
    if configuration.names.workspace not in platforms or not configuration.workspace.people:
        return
    if configuration.workspace.pretends:
        line = configuration.line_of("workspace", "pretend")
        yield warning(line, sentence("configuration.workspace_pretends"))
    elif "pretend" not in configuration.file.workspace.model_fields_set:
        yield hint(configuration.line_of("workspace"), sentence("configuration.workspace_signs_in"))


def _not_set_up(configuration: Configuration, channel: ChannelRef) -> Sentence:
    setting = configuration.names.set_up_by.get(channel.platform)
    if not setting:
        return sentence("configuration.not_set_up", platform=channel.platform)
    return sentence("configuration.not_set_up_without", platform=channel.platform, setting=setting)


def inbox_channels(configuration: Configuration) -> Iterator[tuple[tuple[str, ...], Sentence, ChannelRef]]:
    for name, inbox in configuration.desk.inboxes.items():
        what = sentence("configuration.channel_of_inbox", inbox=name)
        yield ("inboxes", name, "channel"), what, inbox.channel


def channels_posted_into(
    configuration: Configuration,
) -> Iterator[tuple[tuple[str, ...], Sentence, ChannelRef]]:
    """Those that the desk posts into, with where they are written; inboxes apart."""
    desk = configuration.desk
    for name, team in desk.teams.items():
        what = sentence("configuration.channel_of_team", team=name)
        yield ("teams", name, "channel"), what, team.channel
        if team.escalation_channel is not None:
            what = sentence("configuration.channel_of_alerts", team=name)
            yield ("teams", name, "escalation_channel"), what, team.escalation_channel
    if desk.operator_channel is not None:
        what = sentence("configuration.channel_of_operators")
        yield ("desk", "operator_channel"), what, desk.operator_channel
    if desk.transcripts.channel is not None:
        what = sentence("configuration.channel_of_transcripts")
        yield ("transcripts", "channel"), what, desk.transcripts.channel


def people_named(configuration: Configuration) -> Iterator[tuple[tuple[str, ...], Iterable[str]]]:
    """Administrators, agents and leads by their references, with where they are written."""
    desk = configuration.desk
    yield ("desk", "admins"), desk.admins
    for name, team in desk.teams.items():
        yield ("teams", name, "agents"), team.agents
        yield ("teams", name, "leads"), team.leads
