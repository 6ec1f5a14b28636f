"""The tables of notices, beside the desk's others: how agents want to be told, who follows, and what was told."""

from sqlalchemy import Boolean, Column, ForeignKey, Identity, Index, Integer, Table, Text

from storage.tables.desk import big, metadata

notice_choices = Table(
    "notice_choices",
    metadata,
    Column("person", Text, primary_key=True),
    Column("way", Text, nullable=False),
    Column("quiet", Text, nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
)

followers = Table(
    "followers",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("person", Text, primary_key=True),
    Column("side", Text, primary_key=True),
    Column("added_by", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("is_removed", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

Index("ix_followers_person", followers.c.person)

notices = Table(
    "notices",
    metadata,
    Column("id", big(), Identity(always=True), primary_key=True),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("event", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("reach", Text),
    Column("hold", Text),
    Column("instead_of", Text, nullable=False),
    Column("message_id", big(), ForeignKey("messages.id")),
    Column("conversation_id", big(), ForeignKey("conversations.id")),
)
Index("ix_notices_ticket_id", notices.c.ticket_id)
Index("ix_notices_message_id", notices.c.message_id, sqlite_where=notices.c.message_id.is_not(None))
