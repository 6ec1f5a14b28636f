"""Channels and people of platforms that are not set up: nothing arrives there, and nobody comes from there."""

from collections.abc import Iterable, Iterator

from bot.config.checks.findings import ConfigurationFinding, hint, warning
from bot.config.loading import Configuration
from bot.domain.directory import ChannelRef
from bot.domain.findings import Severity


def platform_findings(
    configuration: Configuration, platforms: frozenset[str]
) -> Iterator[ConfigurationFinding]:
    """`platforms` names those that are set up."""
    for at, what, channel in _channels(configuration):
        if channel.platform not in platforms:
            yield ConfigurationFinding(
                line=configuration.line_of(*at),
                severity=Severity.ERROR,
                sentence=f"{what} is `{channel}`, but platform `{channel.platform}` is not set up",
            )
    for name, inbox in configuration.desk.inboxes.items():
        platform = inbox.channel.platform
        if platform not in platforms:
            line = configuration.line_of("inboxes", name)
            yield warning(line, f"nobody can reach inbox `{name}`: platform `{platform}` is not set up")
    for at, people in _people(configuration):
        for person in sorted(people):
            platform, colon, _ = person.partition(":")
            if colon and platform not in platforms:
                # The same desk.yaml may serve several installations: others of the team can still be there.
                yield hint(
                    configuration.line_of(*at), f"`{person}` is nobody here: `{platform}` is not set up"
                )


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
