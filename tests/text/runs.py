"""Runs of words of the English catalogue, to find its prose where it should not be."""

import re
from functools import cache

from bot.text.catalogue import audiences, entries

WORD = re.compile(r"[\w’'-]+")


@cache
def english(length: int) -> frozenset[str]:
    """Every run of so many words, in small letters, between the facts of any English sentence."""
    return frozenset(
        run
        for audience in audiences()
        for entry in entries("en", audience).values()
        for form in entry.forms
        for fixed in re.split(r"\{\w+\}", form.source)
        for run in runs(fixed, length)
    )


def runs(text: str, length: int) -> list[str]:
    words = [word.lower() for word in WORD.findall(text)]
    return [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]


def english_in(text: str, *, length: int = 3) -> list[str]:
    """What of a text is English of ours."""
    return [run for run in runs(text, length) if run in english(length)]
