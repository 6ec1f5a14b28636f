"""Passages of articles, the words they hold, and the index of these."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision: str | None = "0035"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FTS = (
    (
        "CREATE VIRTUAL TABLE passage_search USING fts5(words, content='passages', content_rowid='id',"
        " columnsize=0, tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE TRIGGER passage_search_added AFTER INSERT ON passages BEGIN"
        " INSERT INTO passage_search (rowid, words) VALUES (new.id, new.words); END"
    ),
    (
        "CREATE TRIGGER passage_search_removed AFTER DELETE ON passages BEGIN"
        " INSERT INTO passage_search (passage_search, rowid, words) VALUES ('delete', old.id, old.words); END"
    ),
)
GIN = "CREATE INDEX ix_passages_words ON passages USING gin (to_tsvector('simple', words))"


def upgrade() -> None:
    op.create_table(
        "passages",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary()),
        sa.Column("vector_model", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    op.create_index("ix_passages_article", "passages", ["article"])
    op.create_index("ix_passages_vector_model", "passages", ["vector_model"])
    op.create_table(
        "passage_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", "audience", "language", name=op.f("pk_passage_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "passage_index",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_passage_index")),
    )
    for statement in FTS if op.get_bind().dialect.name == "sqlite" else (GIN,):
        op.execute(statement)
