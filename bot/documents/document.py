"""Documents that somebody asked for: read in a transaction, made into files after it, sent in direct messages.

Each kind says what it holds in `bot.documents.document_kinds`, where whoever asked is looked at once more: what they
may no longer read when its turn comes is not made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.directory import ChannelRef
from bot.messages.outbound import RichText
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A file of text."""

    name: str
    media_type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as data (`bot.documents.chart_process`), to become a PNG of this name."""

    name: str
    drawn: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedDocument:
    """`heading` is what the message says that brings the files; `language` is that of whoever asked."""

    heading: RichText
    pages: tuple[TextFile | Picture, ...]
    language: str


def send_to_actor(context: Context, kind: str, *, about: Mapping[str, Any], subject: int = 0) -> None:
    """To whoever asked, in their direct messages. `about` (JSON) is what its kind needs to know.

    `kind` is one of `bot.documents.document_kinds`; `subject` is the id of the ticket that it is about, if any.
    """
    conversation = context.uow.conversations.of_channel(ChannelRef.direct(context.actor.key))
    context.uow.outbox.put_once(
        RowKind.DOCUMENT,
        conversation=conversation.id,
        key=f"document:{context.uow.new_id()}",
        payload={"document": kind, "person": context.actor.key, "about": about},
        subject=subject,
        now=context.now,
    )
