"""Who stands in for whom, and who is away."""

from sqlalchemy import Boolean, Column, Identity, Index, Table, Text, false

from storage.tables.desk import big, metadata

covers = Table(
    "covers",
    metadata,
    Column("id", big(), Identity(always=True), primary_key=True),
    Column("rota", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("begins", big(), nullable=False),
    Column("ends", big(), nullable=False),
    Column("made_by", Text, nullable=False),
)
Index("ix_covers_ends", covers.c.ends)

absences = Table(
    "absences",
    metadata,
    Column("person", Text, primary_key=True),
    Column("since", big(), primary_key=True),
    Column("until", big(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("is_by_lead", Boolean, nullable=False, server_default=false()),
)
Index("ix_absences_until", absences.c.until)
