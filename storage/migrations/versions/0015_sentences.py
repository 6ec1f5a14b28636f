"""Notices name their sentence as the catalogue does; why something was closed is a fact of its own."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SENTENCES = {
    "pending": "requester.pending",
    "held": "requester.held",
    "held_because": "requester.held_because",
    "resolved": "requester.resolved",
    "resolved_because": "requester.resolved_because",
    "closed": "requester.closed",
    "reopened": "requester.reopened",
    "follows": "requester.follows",
    "which_server": "requester.which_server",
    "shall_i_open": "requester.shall_i_open",
    "which_ticket": "requester.which_ticket",
    "no_server": "requester.no_server",
    "panel": "requester.panel",
    "panel_titled": "requester.panel_titled",
    "transcript_requester": "requester.transcript",
    "joined": "requester.joined",
    "resolved_team": "team.resolved",
    "follows_team": "team.follows",
    "given": "team.assigned",
    "taken_over": "team.taken_over",
    "given_by_rule": "team.assigned_by_rule",
    "answered_by": "team.replied",
    "answered_by_unowned": "team.replied_unassigned",
    "reopened_by": "team.reopened",
    "reopened_by_unowned": "team.reopened_unassigned",
    "closed_by": "team.closed",
    "withdrawn": "team.withdrawn",
    "requester_left": "team.requester_left",
    "transferred": "team.transferred",
    "undelivered": "team.undelivered",
    "undelivered_operators": "team.undelivered_operators",
    "transcript_team": "team.transcript",
    "transcript_channel": "team.transcript_channel",
    "transcript_asked": "team.transcript_asked",
    "was_away": "team.was_away",
    "looked_through": "team.looked_through",
    "you_are_on_call": "team.you_are_on_call",
    "you_cover": "team.you_cover",
    "you_are_covered": "team.you_are_covered",
    "cover_is_over": "team.cover_is_over",
}
UNSENT = (
    "SELECT id, payload FROM outbox WHERE state NOT IN ('settled', 'dropped') AND payload LIKE '%sentence%'"
)


def upgrade() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.text(UNSENT)).fetchall():
        payload = json.loads(row.payload)
        name = SENTENCES.get(payload.get("sentence"))
        if name is not None:
            payload |= {"sentence": name}
            _tell_why(payload)
            connection.execute(
                sa.text("UPDATE outbox SET payload = :payload WHERE id = :id"),
                {"payload": json.dumps(payload), "id": row.id},
            )


def _tell_why(payload: dict[str, object]) -> None:
    """`because` was a full stop or a colon and the reason."""
    words = payload.get("words")
    if isinstance(words, dict) and "because" in words:
        because = str(words.pop("because"))
        if because.startswith(": "):
            payload["sentence"] = f"{payload['sentence']}_because"
            words["reason"] = because.removeprefix(": ")
