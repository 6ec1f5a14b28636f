"""Sentences that a test needs beside the catalogue: the words of its own commands, or a translation."""

from collections.abc import Mapping

import pytest

from bot.text import catalogue
from bot.text.catalogue import Entry
from bot.text.template import Template


def add_words(monkeypatch: pytest.MonkeyPatch, words: Mapping[str, str], *, language: str = "en") -> None:
    """By whole key, `commands.desk_ponder_summary`; until the test is over."""
    known = catalogue.entries

    def entries(wanted: str, audience: str) -> Mapping[str, Entry]:
        mine = {
            key.partition(".")[2]: Entry((Template(text),), lambda _: 0)
            for key, text in words.items()
            if (language, key.partition(".")[0]) == (wanted, audience)
        }
        return {**known(wanted, audience), **mine}

    monkeypatch.setattr(catalogue, "entries", entries)
