"""The desk.yaml that a command is about, and what people name in it."""

from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config.loading import Configuration, load_configuration
from bot.domain.desk import Desk
from bot.domain.directory import Inbox
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.settings import Settings


def read_configuration(config: Path | None, settings: Settings) -> Configuration:
    """The given file's, or the configured one's. Only of the latter it is said how to begin where it is missing."""
    if config is not None and not config.exists():
        named = [str(each) for each in config.parent.glob("*.y*ml")]
        missing = sentence("terminal.no_file", file=str(config))
        raise ConfigurationError(missing, *did_you_mean(nearest(str(config), named, likeness=0.8)))
    return load_configuration(config or settings.config, KNOWN_PLATFORMS)


def find_inbox(desk: Desk, name: str) -> Inbox:
    """An inbox by its name in desk.yaml, its channel's name, or `platform:channel`; without a name the only one."""
    if not name and len(desk.inboxes) == 1:
        return next(iter(desk.inboxes.values()))
    if not name and desk.inboxes:
        raise ConfigurationError(sentence("terminal.inbox_needed", inboxes=tuple(desk.inboxes)))
    for inbox in desk.inboxes.values():
        if name in (inbox.name, inbox.channel.channel, str(inbox.channel)):
            return inbox
    meant = nearest(name, [*desk.inboxes, *(str(inbox.channel) for inbox in desk.inboxes.values())])
    if not desk.inboxes:
        raise ConfigurationError(sentence("terminal.no_inboxes", name=name))
    unknown = sentence("terminal.no_inbox", name=name, inboxes=tuple(desk.inboxes))
    raise ConfigurationError(unknown, *did_you_mean(meant))


def community_of(desk: Desk, inbox: Inbox) -> str | None:
    """Whose requests come from there: where an inbox does not say, the only server's of its platform."""
    if inbox.community is not None:
        return inbox.community
    served = desk.communities_on(inbox.channel.platform)
    return served[0].name if len(served) == 1 else None
