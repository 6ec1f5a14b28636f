"""Channels that cannot be found, and channels and people of platforms that are not set up."""

import re
from collections.abc import Iterable, Iterator

from bot.config.checks.findings import ConfigurationFinding, hint, warning
from bot.config.loading import Configuration
from bot.domain.directory import ChannelRef
from bot.domain.findings import Severity
from bot.domain.sentence import sentence


def channel_findings(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Channels by a name, on platforms that find a channel by its id alone."""
    for at, what, channel in [*_inboxes(configuration), *_channels(configuration)]:
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
            yield ConfigurationFinding(
                line=configuration.line_of(*at), severity=Severity.ERROR, sentence=by_name
            )


def platform_findings(
    configuration: Configuration, platforms: frozenset[str]
) -> Iterator[ConfigurationFinding]:
    """`platforms` names those that are set up."""
    for at, what, channel in _channels(configuration):
        if channel.platform not in platforms:
            yield ConfigurationFinding(
                line=configuration.line_of(*at),
                severity=Severity.ERROR,
                sentence=f"{what} is `{channel}`, but {_not_set_up(configuration, channel)}",
            )
    for name, inbox in configuration.desk.inboxes.items():
        if inbox.channel.platform not in platforms:
            line = configuration.line_of("inboxes", name)
            why = _not_set_up(configuration, inbox.channel)
            yield warning(line, f"nobody can reach inbox `{name}`: {why}")
    for at, people in _people(configuration):
        for person in sorted(people):
            platform, colon, _ = person.partition(":")
            if colon and platform not in platforms:
                # The same desk.yaml may serve several installations: others of the team can still be there.
                yield hint(
                    configuration.line_of(*at), f"`{person}` is nobody here: `{platform}` is not set up"
                )


def _not_set_up(configuration: Configuration, channel: ChannelRef) -> str:
    setting = configuration.names.set_up_by.get(channel.platform)
    cure = f"; set `{setting}`, or name another channel" if setting else ""
    return f"platform `{channel.platform}` is not set up{cure}"


def _inboxes(configuration: Configuration) -> Iterator[tuple[tuple[str, ...], str, ChannelRef]]:
    for name, inbox in configuration.desk.inboxes.items():
        yield ("inboxes", name, "channel"), f"the channel of inbox `{name}`", inbox.channel


def _channels(configuration: Configuration) -> Iterator[tuple[tuple[str, ...], str, ChannelRef]]:
    """Those that the desk posts into, with where they are written; inboxes apart."""
    desk = configuration.desk
    for name, team in desk.teams.items():
        yield ("teams", name, "channel"), f"the channel of team `{name}`", team.channel
        if team.escalation_channel is not None:
            what = f"the escalation channel of team `{name}`"
            yield ("teams", name, "escalation_channel"), what, team.escalation_channel
    if desk.operator_channel is not None:
        yield ("desk", "operator_channel"), "the operators’ channel", desk.operator_channel
    if desk.transcripts.channel is not None:
        yield ("transcripts", "channel"), "the transcripts’ channel", desk.transcripts.channel


def _people(configuration: Configuration) -> Iterator[tuple[tuple[str, ...], Iterable[str]]]:
    desk = configuration.desk
    yield ("desk", "admins"), desk.admins
    for name, team in desk.teams.items():
        yield ("teams", name, "agents"), team.agents
        yield ("teams", name, "leads"), team.leads
