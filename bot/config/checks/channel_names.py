"""Channels of the browser page that read almost like another: the page opens a channel for every name it is given.

Where a platform has channels of its own, `deskbell doctor` asks it whether they are there.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bot.config.checks.findings import ConfigurationFinding, warning
from bot.config.checks.platforms import channels_posted_into, inbox_channels
from bot.config.loading import Configuration
from bot.domain.sentence import sentence

FEWEST_LETTERS = 4
"""Shorter parts of a name, as in `help-it` and `help-hr`, differ by a letter on purpose."""
_PARTS = re.compile(r"[-_.]")


def mistyped_channels(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Channels that only one line mentions and that are one slip away from what another line says."""
    page = configuration.names.workspace
    named = [
        (configuration.line_of(*at), what, channel.channel)
        for at, what, channel in [*inbox_channels(configuration), *channels_posted_into(configuration)]
        if channel.platform == page and not channel.is_direct
    ]
    listed = [each.id for each in configuration.workspace.channels if each.topic]
    others = [(line, name) for line, _, name in named]
    others += [(configuration.line_of("workspace", "channels"), name) for name in listed]
    counts = Counter(name for _, name in others)
    for line, what, name in named:
        other = next((each for each in others if counts[name] == 1 and is_slip(name, each[1])), None)
        if other is not None:
            yield warning(
                line,
                sentence(
                    "configuration.channel_mistyped",
                    what=what,
                    channel=f"{page}:{name}",
                    other=f"{page}:{other[1]}",
                    line=other[0],
                ),
            )


def is_slip(one: str, other: str) -> bool:
    """Whether they differ in one part, by a letter too few, too many or wrong, or by two that changed places."""
    parts, others = _PARTS.split(one.casefold()), _PARTS.split(other.casefold())
    if len(parts) != len(others):
        return False
    differing = [(a, b) for a, b in zip(parts, others, strict=True) if a != b]
    return len(differing) == 1 and min(map(len, differing[0])) >= FEWEST_LETTERS and _is_near(*differing[0])


def _is_near(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or _ends_in_number(one, other):
        return False
    first = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    one, other = one[first:], other[first:]
    swapped = one[1::-1] + one[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped == other


def _ends_in_number(one: str, other: str) -> bool:
    """`floor1` and `floor2` are two channels."""
    return one.rstrip("0123456789") == other.rstrip("0123456789")
