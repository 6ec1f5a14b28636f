"""A version of `desk.yaml`, as the desk keeps it: who changed what, why and when."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

SHORT: Final = 12
"""Characters of a digest that people are shown."""

FIRST: Final = 1
"""The number of the file as the desk found it, before anybody changed it."""


class VersionOrigin(StrEnum):
    """By whom a version came about."""

    FILE = "file"
    """Somebody edited the file by hand; the desk found it so."""
    CHANGE = "change"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVersion:
    """`base` is the digest of the text that it was made against, `restored` the version whose text it has again.

    `author` is a person's key. `applied_at` is when a process first wrote it into its file.
    """

    number: int
    author: str
    reason: str
    at: datetime
    text: str
    digest: str
    base: str
    origin: VersionOrigin
    restored: int | None = None
    applied_at: datetime | None = None


def digest_of(text: str) -> str:
    """By which two texts of the file are told apart."""
    return hashlib.sha256(text.encode()).hexdigest()
