"""Why a ticket is with its team is kept as JSON: a sentence with its facts; what was words before stays words."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

AS_JSON = {
    "sqlite": "UPDATE tickets SET why_here = json_quote(why_here)",
    "postgresql": "UPDATE tickets SET why_here = CAST(to_json(why_here) AS TEXT)",
}


def upgrade() -> None:
    op.execute(AS_JSON[op.get_bind().dialect.name])
