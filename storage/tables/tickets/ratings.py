"""The table of surveys, beside the desk's others: of which resolutions requesters are asked, and how they rated."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata, partial_index

surveys = Table(
    "surveys",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("team", Text, nullable=False),
    Column("requester", Text, nullable=False),
    Column("agent", Text),
    Column("resolved_at", big(), nullable=False),
    Column("scale", Text, nullable=False),
    Column("is_anonymous", Boolean, nullable=False),
    Column("due_at", big()),
    Column("asked_at", big()),
    Column("score", Integer),
    Column("comment", Text, nullable=False),
    Column("rated_at", big()),
    Column("is_told", Boolean, nullable=False),
    Column("is_superseded", Boolean, nullable=False),
)
partial_index("ix_surveys_due_at", surveys.c.due_at, where=surveys.c.due_at.is_not(None))
partial_index("ix_surveys_rated_at", surveys.c.rated_at, where=surveys.c.rated_at.is_not(None))
Index("ix_surveys_ticket_id", surveys.c.ticket_id)
Index("ix_surveys_requester", surveys.c.requester)
