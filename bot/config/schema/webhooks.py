"""Webhooks that a file names: a channel `webhook:pager` is the webhook `pager`, wherever it stands.

`platform` is the name of the platform whose channels they are.
"""

from collections.abc import Iterator

from bot.config.file.document import KeyPath, Plain, YamlDocument
from bot.config.file.problems import Problem, did_you_mean
from bot.domain.sentence import sentence

STEP_KEY = "webhook"
"""A step calls one by its name alone."""
_WHERE_PEOPLE_PRESS = ("inboxes", "teams")


def unknown_webhooks(document: YamlDocument, *, platform: str) -> Iterator[Problem]:
    """Names that `webhooks` does not define, and webhooks where people would have to answer."""
    defined = document.values.get("webhooks")
    names = [f"{platform}:{name}" for name in defined] if isinstance(defined, dict) else []
    for location, channel in webhooks_named(document, platform=platform):
        line = document.line_of(location)
        if location[0] in _WHERE_PEOPLE_PRESS and location[-1] == "channel":
            yield Problem(line, sentence("configuration.webhook_for_people", channel=channel))
        elif channel not in names:
            hint = did_you_mean(channel, names)
            yield Problem(line, sentence("configuration.unknown_webhook", name=channel, hint=hint))


def webhooks_named(document: YamlDocument, *, platform: str) -> Iterator[tuple[KeyPath, str]]:
    """Everywhere a webhook stands for a channel, or a step calls one."""
    for section in ("desk", "inboxes", "teams", "escalation_policies", "transcripts"):
        yield from _named(document.values.get(section), (section,), f"{platform}:")


def _named(value: Plain, location: KeyPath, prefix: str) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str) and value.startswith(prefix):
        yield location, value
    elif isinstance(value, dict):
        for key, each in value.items():
            is_step = key == STEP_KEY and isinstance(each, str)
            yield from _named(f"{prefix}{each}" if is_step else each, (*location, key), prefix)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _named(each, (*location, at), prefix)
