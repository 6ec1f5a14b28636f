"""Which articles a requester was shown has a row each, to find the tickets by."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision: str | None = "0054"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STEP = 500
EARLIER = "reply//"
SOME = sa.text(
    "SELECT id, ticket_id, shown FROM article_offers WHERE id > :behind AND shown != '[]' ORDER BY id LIMIT :many"
)
ADD = sa.text(
    "INSERT INTO shown_articles (article, offer_id, ticket_id) VALUES (:article, :offer_id, :ticket_id)"
)


def upgrade() -> None:
    op.create_table(
        "shown_articles",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("offer_id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_shown_articles_ticket_id"),
        sa.ForeignKeyConstraint(["offer_id"], ["article_offers.id"], name="fk_shown_articles_offer_id"),
        sa.PrimaryKeyConstraint("article", "offer_id", name="pk_shown_articles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shown_articles_offer_id", "shown_articles", ["offer_id"])
    _copy_what_was_shown()


def _copy_what_was_shown() -> None:
    connection, behind = op.get_bind(), -1
    while offers := connection.execute(SOME, {"behind": behind, "many": STEP}).fetchall():
        behind = offers[-1].id
        rows = [
            {"article": name, "offer_id": offer.id, "ticket_id": offer.ticket_id}
            for offer in offers
            for name in sorted(set(_names_in(offer.shown)))
        ]
        if rows:
            connection.execute(ADD, rows)


def _names_in(shown: str) -> Iterator[str]:
    """Of articles that everybody may read, of fixed answers, and of what agents answered before all together."""
    for each in json.loads(shown):
        if each["article"].startswith(EARLIER):
            yield EARLIER
        elif each.get("is_for_everybody", True):
            yield each["article"] or each["title"]
