"""Where a ticket is talked about, and what was said there.

A conversation keeps the side it began with: what is said on the team's side never reaches the
requester's, whatever happens to the ticket later.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import events as happened
from bot.domain.directory import ChannelRef


class Side(StrEnum):
    """Whose conversation it is. A channel-wide one carries pings and belongs to no ticket."""

    REQUESTER = "requester"
    TEAM = "team"
    CHANNEL = "channel"


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One place on a platform tied to a ticket. `root` is the platform's id of the thread's first message.

    `root` is None until the desk's own first message there is delivered (a card, an acknowledgement);
    `is_retired` marks a team's thread that a transfer left behind, the thread of a requester's second message that
    joined the ticket, and the message that asked for a private thread: what is said there counts, but news go
    elsewhere. `is_private`: its thread is for the requester and the team alone, and begins with no message.
    """

    id: int
    ticket_id: int | None
    side: Side
    channel: ChannelRef
    root: str | None = None
    is_retired: bool = False
    is_private: bool = False

    def retire(self) -> None:
        """Leave it behind: what is said there counts, but news go elsewhere."""
        self.is_retired = True

    def take_up_again(self) -> None:
        """Its ticket is back: news go here as they did before."""
        self.is_retired = False


class MessageKind(StrEnum):
    """Requester's side's words, an agent's public reply, or an internal note."""

    REQUEST = "request"
    REPLY = "reply"
    NOTE = "note"

    @property
    def is_public(self) -> bool:
        return self is not MessageKind.NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file in the file store. `digest` is the SHA-256 of its bytes in hex; None when it was not kept.

    `problem` then says why, in words for the person.
    """

    name: str
    media_type: str
    size: int
    digest: str | None
    problem: str = ""


@dataclass(slots=True, kw_only=True)
class TicketMessage:
    """One thing said on a ticket.

    `revision` counts our changes to it (1 is as first said). `platform_revision` is the platform's own
    mark of the newest edit applied, compared as a string of equal width, so that an older edit that
    arrives late is ignored.
    """

    id: int
    ticket_id: int
    kind: MessageKind
    author: str
    author_name: str
    text: str
    said_at: datetime
    said_in: int | None = None
    """Conversation it was said in; None for a command or form used elsewhere."""
    platform_id: str | None = None
    platform_revision: str = ""
    revision: int = 1
    is_deleted: bool = False
    files: tuple[StoredFile, ...] = ()
    alias: str = ""
    """What the requester's side reads in place of the author's name; empty for the name itself."""
    quote: str = ""
    """What it answers, where its author referred to an earlier message: `Ana Lima: The blue one`."""

    @property
    def is_edited(self) -> bool:
        return self.revision > 1 and not self.is_deleted

    def in_public(self) -> "PublicMessage | None":
        """What the requester's side may read of it: None for a note, and nothing of what a deleted one said."""
        if not self.kind.is_public:
            return None
        return PublicMessage(
            id=self.id,
            ticket_id=self.ticket_id,
            is_reply=self.kind is MessageKind.REPLY,
            author=self.alias or self.author_name,
            author_key="" if self.alias else self.author,
            text="" if self.is_deleted else self.text,
            said_at=self.said_at,
            said_in=self.said_in,
            files=() if self.is_deleted else self.files,
            quote="" if self.is_deleted else self.quote,
            is_edited=self.is_edited,
            is_deleted=self.is_deleted,
        )

    def edit(self, text: str, *, platform_revision: str, actor: str, at: datetime) -> list[happened.Event]:
        """Say this instead. Nothing for the same text, an older edit than the one we have, or a deleted message."""
        if self.is_deleted or self.platform_revision >= platform_revision or self.text == text:
            return []
        self.text, self.platform_revision = text, platform_revision
        self.revision += 1
        return [happened.TicketMessageEdited(actor=actor, at=at, message=self.id, revision=self.revision)]

    @property
    def is_sent(self) -> bool:
        """Whether a command, button or form sent it: its author has no message of their own to edit or delete."""
        return self.platform_id is None

    def reword(self, text: str, *, actor: str, at: datetime) -> list[happened.Event]:
        """Say this instead of what was sent. Nothing for the same text, or a message that was taken back."""
        if self.is_deleted or self.text == text:
            return []
        self.text = text
        self.revision += 1
        return [happened.TicketMessageEdited(actor=actor, at=at, message=self.id, revision=self.revision)]

    def recall(self) -> None:
        """Take back what was sent: nobody but the team's history and transcript shows its text any more."""
        self.is_deleted = True
        self.revision += 1

    def delete(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """Take it back: nobody is shown its text any more. Nothing when it is deleted already."""
        if self.is_deleted:
            return []
        self.is_deleted = True
        self.revision += 1
        return [happened.TicketMessageDeleted(actor=actor, at=at, message=self.id)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMessage:
    """A request or reply as the requester's side reads it; only `TicketMessage.in_public` makes one.

    What is rendered for that side takes this type, so a note cannot be handed to it by mistake. `author` is the
    name to show and `author_key` is empty where the author is anonymous.
    """

    id: int
    ticket_id: int
    is_reply: bool
    author: str
    author_key: str
    text: str
    said_at: datetime
    said_in: int | None
    files: tuple[StoredFile, ...]
    quote: str
    is_edited: bool
    is_deleted: bool
