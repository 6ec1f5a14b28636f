"""How a condition quotes what it found or missed, short enough for one line."""

from collections.abc import Iterable, Sequence

from bot.domain.sentence import OneOf, Sentence, sentence

MOST = 5
"""Entries that are quoted; how many more there are is counted."""


def quoted(entries: Sequence[str]) -> tuple[Sentence, ...]:
    """Each between quotation marks, as a list of facts: “vpn”, “wifi” and 3 others."""
    found = [sentence("routing.quoted", text=entry) for entry in entries[:MOST]]
    if len(entries) > MOST:
        found.append(sentence("routing.others", count=len(entries) - MOST))
    return tuple(found)


def one_quoted(entries: Sequence[str]) -> OneOf:
    """The same where one of them is enough."""
    return OneOf(quoted(entries))


def one_named(names: Iterable[str]) -> OneOf:
    """Names of `desk.yaml` of which one is enough, sorted: `help-hr` or `help-it`."""
    return OneOf(tuple(sentence("routing.name", text=name) for name in sorted(names)))


def shortened(text: str, *, limit: int = 60) -> str:
    """The text as one line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
