"""Search: the words of tickets, messages and people, and their index.

What is there already is indexed by the running desk, bit by bit, or by `deskbell reindex`: a large desk need not
stand still for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FTS = (
    (
        "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_documents', content_rowid='id',"
        " columnsize=0, tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE TRIGGER search_index_added AFTER INSERT ON search_documents BEGIN"
        " INSERT INTO search_index (rowid, words) VALUES (new.id, new.words); END"
    ),
    (
        "CREATE TRIGGER search_index_removed AFTER DELETE ON search_documents BEGIN"
        " INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words); END"
    ),
    (
        "CREATE TRIGGER search_index_changed AFTER UPDATE OF words ON search_documents"
        " WHEN old.words <> new.words BEGIN"
        " INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words);"
        " INSERT INTO search_index (rowid, words) VALUES (new.id, new.words); END"
    ),
)
GIN = "CREATE INDEX ix_search_documents_words ON search_documents USING gin (to_tsvector('simple', words))"


def big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def upgrade() -> None:
    op.create_table(
        "search_documents",
        sa.Column("id", big(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", big()),
        sa.Column("person", sa.Text()),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_search_documents_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_search_documents"),
    )
    op.create_index("ix_search_documents_ticket_id", "search_documents", ["ticket_id"])
    partial("uq_search_documents_person", "search_documents", ["person"], "person IS NOT NULL", unique=True)
    for statement in FTS if op.get_bind().dialect.name == "sqlite" else (GIN,):
        op.execute(statement)
    op.create_table(
        "search_progress",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("part", name="pk_search_progress"),
    )
    for part, after in (("people", ""), ("tickets", "0")):
        op.execute(
            f"INSERT INTO search_progress (part, after) SELECT '{part}', '{after}'"  # noqa: S608  words of ours
            f" WHERE EXISTS (SELECT 1 FROM {part})"
        )
    op.create_index("ix_tickets_opened_at", "tickets", ["opened_at", "id"])
    op.create_index("ix_tickets_updated_at", "tickets", ["updated_at", "id"])
    partial("ix_tickets_assignee", "tickets", ["assignee"], "assignee IS NOT NULL")
    partial("ix_messages_with_files", "messages", ["ticket_id"], "files <> '[]'")
