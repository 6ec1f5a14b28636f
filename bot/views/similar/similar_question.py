"""What a requester is asked, alone: whether their new request is about the same as one that is open already."""

from collections.abc import Mapping
from typing import Any

from bot.domain.tickets.subject import subject_of
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Moment, Notice, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.tickets.merges.questions import ADD, KEEP, is_still_asked
from bot.text.catalogue import best
from bot.text.sentences import say, words

SUBJECT = 80
"""Characters of the other request, in its author's words: its subject may be the team's."""


def is_similar_question(payload: Mapping[str, Any]) -> bool:
    return "similar" in payload


def similar_question(view: View, row: OutboxRow) -> Notice | None:
    """Nothing once there is nothing to decide any more."""
    payload = row.payload
    ticket = view.uow.tickets.get(int(payload["similar"]))
    other = view.uow.tickets.get(int(payload["other"]))
    language = best(view.person(str(payload["person"])).language, view.desk.language)
    names = {"reference": Bold(ticket.reference), "other": Bold(other.reference)}
    if ticket.merged_into == other.id:
        return Notice(text=say(language, "requester.similar_added", **names), tone=Tone.MUTED)
    if payload.get("answer") == KEEP:
        return Notice(text=say(language, "requester.similar_kept", **names), tone=Tone.MUTED)
    if not is_still_asked(view.uow, view.desk, ticket, other):
        return None
    kind = "own" if payload["is_own"] else "similar"
    text = say(
        language,
        f"requester.{kind}_question",
        subject=subject_of(view.uow.messages.opening_of(other).text, limit=SUBJECT),
        at=Moment(other.opened_at),
        **names,
    )

    def button(label: str, choice: str, *, is_primary: bool = False) -> Button:
        return Button(
            label=words(language, f"requester.button_{kind}_{label}", other=other.reference),
            verb=verbs.SIMILAR_ANSWER,
            ticket=ticket.reference,
            options={"choice": choice},
            is_primary=is_primary,
        )

    return Notice(text=text, buttons=(button("add", ADD, is_primary=True), button("keep", KEEP)))
