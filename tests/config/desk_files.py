"""Small configuration files for the tests, written where a test wants them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import Configuration, DeskFileError, load_configuration
from bot.domain.directory import Person
from bot.domain.routing.router import Request
from bot.domain.sentence import Sentence

SMALL = """\
desk:
  name: Help desk
inboxes:
  help-it:
    channel: web:help-it
teams:
  it:
    channel: web:team-it
    agents: [web:bo]
  network:
    channel: web:team-network
    agents: [web:cleo]
routing:
  default_team: it
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "desk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> Configuration:
    return load_configuration(write(folder, text), KNOWN_PLATFORMS)


def complaints(folder: Path, text: str) -> list[tuple[int, str]]:
    """What is wrong with this text, each problem with its line, as `in_short`; empty when nothing is."""
    try:
        load(folder, text)
    except DeskFileError as error:
        return [(problem.line, in_short(problem.sentence)) for problem in error.problems]
    return []


def in_short(told: Sentence) -> str:
    """The key and facts of a sentence: `not_a_key(option=nam, hint=did_you_mean(word=name))`."""
    return re.sub(r"\brouting\.name\(name=([^()]*)\)", r"\1", str(told).replace("configuration.", ""))


def request(text: str, *, inbox: str = "help-it", fields: Mapping[str, str] | None = None) -> Request:
    return Request(
        text=text,
        platform="web",
        inbox=inbox,
        person=Person(key="web:ana", name="Ana"),
        at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        fields=fields or {},
    )
