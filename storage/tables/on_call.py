"""Who stands in for whom, and who is away."""

from sqlalchemy import Column, Identity, Index, Table, Text

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
)
Index("ix_absences_until", absences.c.until)
