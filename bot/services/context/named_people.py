"""Whom somebody means by a name, a handle or an e-mail address that they type."""

from collections.abc import Iterable, Sequence

from bot.domain.directory import Person
from bot.domain.sentence import OneOf
from bot.services.context.context import Context

MOST_NAMED = 5
"""People of one name that a sentence lists."""
_ONESELF = frozenset({"me", "ich", "mich", "mir", "moi", "yo", "mí", "eu", "mim"})
"""In each language that Deskbell speaks, since a name is typed in it too."""


def is_oneself(words: str) -> bool:
    """Whether somebody typed that they mean themselves."""
    return words.casefold() in _ONESELF


def people_named(context: Context, words: str) -> Sequence[Person]:
    """Those of the platform that is named before a colon, else of the actor's own; where nobody is there, of any."""
    people = context.uow.people
    platform, _, name = words.removeprefix("@").partition(":")
    if name and platform in context.capabilities:
        return people.search(name, platform=platform)
    return people.search(words, platform=context.actor.platform) or people.search(words)


def told_apart(people: Iterable[Person]) -> OneOf:
    """The first few, each with what distinguishes people of one name: `Ana Alves (ana)`."""
    return OneOf(tuple(f"{each.name} ({each.key.partition(':')[2]})" for each in [*people][:MOST_NAMED]))
