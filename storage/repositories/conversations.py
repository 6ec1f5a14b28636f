"""Conversations: where each ticket is talked about, and the one channel-wide conversation of a channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, case, func, select, update

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Status
from storage.engine.columns import Row, to_json
from storage.engine.ids import IdMaker
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.tables.desk import conversations, is_live, tickets, written

CONVERSATION: Final = Insertion(conversations, tuple(conversations.columns.keys()))
CHANNEL_WIDE: Final = Insertion(
    conversations,
    tuple(conversations.columns.keys()),
    on_conflict=" ON CONFLICT (platform, channel) WHERE side = 'channel' DO NOTHING",
)

GET = select(conversations).where(conversations.c.id == bindparam("conversation_id"))
GET_MANY = select(conversations).where(ListedIn(conversations.c.id, "listed"))
OF_TICKET = (
    select(conversations)
    .where(conversations.c.ticket_id == bindparam("ticket_id"))
    .order_by(conversations.c.id)
)
OF_TICKETS = (
    select(conversations).where(ListedIn(conversations.c.ticket_id, "listed")).order_by(conversations.c.id)
)
WITH_ROOT = (
    select(conversations)
    .where(
        conversations.c.root == bindparam("root"),
        conversations.c.channel == bindparam("channel"),
        conversations.c.platform == bindparam("platform"),
    )
    .order_by(conversations.c.ticket_id.desc(), conversations.c.is_retired, conversations.c.id.desc())
    .limit(1)
)
UNFINISHED_IN = (
    select(conversations)
    .join(tickets, tickets.c.id == conversations.c.ticket_id)
    .where(
        tickets.c.requester == bindparam("requester"),
        tickets.c.status != written(Status.CLOSED),
        conversations.c.platform == bindparam("platform"),
        conversations.c.channel == bindparam("channel"),
        conversations.c.side == written(Side.REQUESTER),
        conversations.c.is_retired.is_(False),
    )
    .order_by(case((is_live(tickets.c.status), 0), else_=1), tickets.c.id.desc())
    .limit(10)
)
OF_CHANNEL = select(conversations).where(
    conversations.c.side == written(Side.CHANNEL),
    conversations.c.platform == bindparam("platform"),
    conversations.c.channel == bindparam("channel"),
)
SAVE = (
    update(conversations)
    .where(conversations.c.id == bindparam("the_id"))
    .values(
        root=func.coalesce(bindparam("the_root"), conversations.c.root),
        is_retired=bindparam("is_retired"),
    )
)


class SqlConversations:
    def __init__(self, session: Session, *, new_id: IdMaker, ahead: ReadAhead) -> None:
        self._session = session
        self._new_id = new_id
        self._read_ahead: dict[int | None, list[Conversation]] = {}
        self._of_tickets = ReadTogether(ahead.tickets, self._read_of_tickets)
        self._by_id = ReadTogether(ahead.conversations, self._read_by_id)

    def add(self, *conversations: Conversation) -> None:
        for conversation in conversations:
            self._read_ahead.pop(conversation.ticket_id, None)
            self._session.insert(CONVERSATION, row_of(conversation))

    def find(self, channel: ChannelRef, root: str) -> Conversation | None:
        """Where several tickets used one thread after another, the newest one's conversation."""
        row = self._session.fetch_one(
            WITH_ROOT, platform=channel.platform, channel=channel.channel, root=root
        )
        return None if row is None else conversation_from(row)

    def read_ahead(self, tickets: Iterable[int]) -> None:
        self._read_ahead = {each: [] for each in tickets}
        listed = to_json(sorted(each for each in self._read_ahead if each is not None))
        for row in self._session.fetch(OF_TICKETS, listed=listed):
            self._read_ahead[row["ticket_id"]].append(conversation_from(row))

    def of_ticket(self, ticket_id: int) -> Sequence[Conversation]:
        known = self._read_ahead.get(ticket_id)
        if known is not None:
            return [replace(each) for each in known]
        if ticket_id in self._of_tickets:
            return self._of_tickets[ticket_id] or ()
        return [conversation_from(row) for row in self._session.fetch(OF_TICKET, ticket_id=ticket_id)]

    def unfinished_in(self, channel: ChannelRef, *, requester: str) -> Sequence[Conversation]:
        rows = self._session.fetch(
            UNFINISHED_IN, platform=channel.platform, channel=channel.channel, requester=requester
        )
        return [conversation_from(row) for row in rows]

    def get(self, conversation_id: int) -> Conversation:
        known = self._by_id.get(conversation_id)
        if known is not None:
            return known
        row = self._session.fetch_one(GET, conversation_id=conversation_id)
        if row is None:
            raise LookupError(f"there is no conversation {conversation_id}")
        return conversation_from(row)

    def save(self, conversation: Conversation) -> None:
        """A root that delivery has set meanwhile stays."""
        self._read_ahead.pop(conversation.ticket_id, None)
        self._session.write(
            SAVE,
            the_id=conversation.id,
            the_root=conversation.root,
            is_retired=conversation.is_retired,
        )

    def of_channel(self, channel: ChannelRef) -> Conversation:
        found = self._of_channel(channel)
        if found is None:
            made = Conversation(id=self._new_id(), ticket_id=None, side=Side.CHANNEL, channel=channel)
            self._session.insert(CHANNEL_WIDE, row_of(made))
            found = self._of_channel(channel)  # another replica may have been first
        assert found is not None
        return found

    def _read_of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[Conversation]]:
        found: dict[int, list[Conversation]] = {}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(ids))):
            found.setdefault(row["ticket_id"], []).append(conversation_from(row))
        return found

    def _read_by_id(self, ids: Iterable[int]) -> Mapping[int, Conversation]:
        rows = self._session.fetch(GET_MANY, listed=to_json(sorted(ids)))
        return {row["id"]: conversation_from(row) for row in rows}

    def _of_channel(self, channel: ChannelRef) -> Conversation | None:
        row = self._session.fetch_one(OF_CHANNEL, platform=channel.platform, channel=channel.channel)
        return None if row is None else conversation_from(row)


def row_of(conversation: Conversation) -> Row:
    return {
        "id": conversation.id,
        "ticket_id": conversation.ticket_id,
        "side": conversation.side,
        "platform": conversation.channel.platform,
        "channel": conversation.channel.channel,
        "root": conversation.root,
        "is_retired": conversation.is_retired,
        "is_private": conversation.is_private,
    }


def conversation_from(row: Row, *, prefix: str = "") -> Conversation:
    """From a row whose columns may carry a prefix, as they do in a join."""
    return Conversation(
        id=row[f"{prefix}id"],
        ticket_id=row[f"{prefix}ticket_id"],
        side=Side(row[f"{prefix}side"]),
        channel=ChannelRef(row[f"{prefix}platform"], row[f"{prefix}channel"]),
        root=row[f"{prefix}root"],
        is_retired=bool(row[f"{prefix}is_retired"]),
        is_private=bool(row[f"{prefix}is_private"]),
    )
