"""The tables of passages: what they say, the words they hold, and how many hold each word.

The index of words is the database's, as with tickets: PostgreSQL's over the words, SQLite's FTS5 in a table beside.
"""

from typing import Final

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from storage.tables.desk import big, metadata

PASSAGES_FTS: Final = "passage_search"
"""SQLite's. Its shadow tables begin with its name."""

passages = Table(
    "passages",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("article", Text, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("headings", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("vector", LargeBinary),
    Column("vector_model", Text, index=True),
    info={"fts": PASSAGES_FTS},
)
"""`headings` and `tags` are JSON lists. `vector_model` is the model that made `vector`; null until then."""

passage_words = Table(
    "passage_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("audience", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("passages", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many passages for an audience and in a language hold a word; the empty word counts all of them."""

passage_index = Table(
    "passage_index",
    metadata,
    Column("name", Text, primary_key=True),
    Column("revision", big(), nullable=False),
)
"""One row, which every change of the index counts up, and by which changes take turns."""
