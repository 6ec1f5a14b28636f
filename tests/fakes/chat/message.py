"""A message of the chat service in memory, and what a reader sees of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.messages.inbound import (
    IncomingFile,
)
from bot.messages.outbound import (
    Board,
    Card,
    Content,
    Copy,
    Notice,
)
from bot.messages.plain import plain


async def _breaks() -> AsyncIterator[bytes]:
    yield b"half of it"
    raise ValueError("the other half is missing")


BROKEN_FILE = IncomingFile(name="photo.png", media_type="image/png", size=20, read=_breaks)


@dataclass(slots=True, kw_only=True)
class Message:
    id: str
    channel: str
    thread: str | None
    author: str
    at: datetime
    text: str = ""
    quote: str = ""
    revision: int = 0
    content: Content | None = None
    marks: list[tuple[str, str]] = field(default_factory=list)
    is_deleted: bool = False


def told(content: Content | None) -> str:
    """What a reader sees, without looks."""
    match content:
        case Notice() | Board():
            return plain(content.whole if isinstance(content, Board) else content.text)
        case Copy():
            return content.text
        case Card():
            return content.subject
        case _:
            return ""
