"""Runs of words of a language's catalogue, to find its prose where it should not be."""

import re
from functools import cache

from bot.text.catalogue import audiences, entries

WORD = re.compile(r"[\w’'-]+")


@cache
def runs_of(language: str, length: int) -> frozenset[str]:
    """Every run of so many words, in small letters, between the facts of any sentence."""
    return frozenset(
        run
        for audience in audiences()
        for entry in entries(language, audience).values()
        for form in entry.forms
        for fixed in re.split(r"\{\w+\}", form.source)
        for run in runs(fixed, length)
    )


def runs(text: str, length: int) -> list[str]:
    words = [word.lower() for word in WORD.findall(text)]
    return [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]


def english_in(text: str, language: str, *, length: int = 3) -> list[str]:
    """What of a text in this language is English of ours; what can be typed is the same in both."""
    ours = runs_of("en", length) - runs_of(language, length)
    return [run for run in runs(text, length) if run in ours and not run.replace(" ", "").isdecimal()]
