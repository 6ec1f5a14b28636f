"""How names and words of desk.yaml are quoted in a sentence, short enough for one line."""

from collections.abc import Iterable, Sequence

from bot.domain.sentence import OneOf, Sentence, sentence

MOST = 5
"""Entries that are quoted; how many more there are is counted."""


def quoted(entries: Sequence[str]) -> tuple[Sentence, ...]:
    """Each between quotation marks, as a list of facts: “vpn”, “wifi” and 3 others."""
    return first_of([sentence("routing.quoted", text=entry) for entry in entries], limit=MOST)


def one_quoted(entries: Sequence[str]) -> OneOf:
    """The same where one of them is enough."""
    return OneOf(quoted(entries))


def named_in_file(name: str) -> Sentence:
    """A name as it is written in the file."""
    return sentence("routing.name", name=name)


def one_named(names: Iterable[str]) -> OneOf:
    """Names of which one is enough, sorted: `help-hr` or `help-it`."""
    return OneOf(tuple(map(named_in_file, sorted(names))))


def first_of(entries: Sequence[Sentence], *, limit: int) -> tuple[Sentence, ...]:
    """As many as the limit; the rest is counted."""
    left = len(entries) - limit
    return (*entries[:limit], sentence("routing.others", count=left)) if left > 0 else tuple(entries)


def shortened(text: str, *, limit: int = 60) -> str:
    """The text as one line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
