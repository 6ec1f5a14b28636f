"""A requester is asked once more, with the question; an assignee reads when their ticket goes back to the queue."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.domain.nudges.plan import PlanKind, PlanState
from bot.domain.tickets.conversation import Conversation, PublicMessage, Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, MessageLink, Notice, Quote, RichText, Tone
from bot.services.context.status_words import NUDGE, nudge_number
from bot.services.context.view import View
from bot.text.instants import day_in_words, known_zone
from bot.text.sentences import joined, say, words
from bot.views.notices.copy_readers import readers_of_notice

NUDGED: Final = "requester.nudged"
LAPSING: Final = "team.claim_lapsing"
QUESTION: Final = 300
"""Characters of the question that a nudge repeats."""


def nudge(view: View, ticket: Ticket, conversation: Conversation, facts: Mapping[str, str]) -> Notice:
    """What is asked of them, how to go on, and what happens on the day of `until`, where something does."""
    language, until = ticket.language, facts.get("until", "")
    text = joined(
        say(language, NUDGED, reference=Bold(ticket.reference)),
        _question(view, ticket, conversation),
        by="\n",
    )
    text = joined(text, say(language, "requester.nudged_go_on"), by="\n")
    if until:
        day = _day(view, ticket, datetime.fromisoformat(until))
        text = joined(text, say(language, "requester.nudged_resolves", day=day))
    readers = readers_of_notice(view, ticket, conversation, NUDGED)
    is_current = ticket.status is Status.PENDING and facts[NUDGE] == str(nudge_number(view.uow, ticket))
    return Notice(
        text=text,
        buttons=_buttons(ticket) if is_current else (),
        tone=Tone.ATTENTION if is_current else Tone.MUTED,
        mentions=readers.mentions,
        followers=readers.followers,
    )


def lapses_at(view: View, ticket: Ticket, owner: str) -> datetime | None:
    """When the ticket goes back to the queue as its assignee is told; None where that is no longer true."""
    plan = view.uow.nudge_plans.get(ticket.id, PlanKind.CLAIM)
    is_true = plan is not None and plan.state is PlanState.RUNNING and plan.person == ticket.assignee == owner
    return plan.promised_at if is_true and plan is not None else None


def claim_buttons(ticket: Ticket, language: str) -> tuple[Button, ...]:
    return (
        Button(
            label=words(language, "team.button_still_on_it"),
            verb=verbs.KEEP,
            ticket=ticket.reference,
            is_primary=True,
        ),
        Button(label=words(language, "team.button_release"), verb=verbs.RELEASE, ticket=ticket.reference),
    )


def _question(view: View, ticket: Ticket, conversation: Conversation) -> RichText:
    """The team's last word, and where it stands; in a channel nothing of a private request."""
    if ticket.is_private and not (conversation.channel.is_direct or conversation.is_private):
        return ()
    said = [each for each in view.uow.messages.said_in_public(ticket.id) if each.is_reply]
    if not said or said[-1].is_deleted or not said[-1].text.strip():
        return ()
    asked = said[-1]
    text = asked.text if len(asked.text) <= QUESTION else f"{asked.text[:QUESTION]}…"
    question = say(ticket.language, "requester.nudged_question", name=Bold(asked.author), text=Quote(text))
    link = _link(view, ticket, asked)
    return joined(question, (link,), by="\n") if link is not None else question


def _link(view: View, ticket: Ticket, asked: PublicMessage) -> MessageLink | None:
    """Only where it was said on the requester's side: nothing there leads to a team's channel."""
    said_in = view.uow.conversations.get(asked.said_in) if asked.said_in is not None else None
    if said_in is None or said_in.side is not Side.REQUESTER:
        return None
    platform_id = view.uow.messages.get(asked.id).platform_id
    label = words(ticket.language, "requester.open_question")
    return MessageLink(label, said_in.channel, platform_id, said_in.root) if platform_id else None


def _day(view: View, ticket: Ticket, at: datetime) -> str:
    zone = known_zone(view.person(ticket.requester).time_zone) or view.team(ticket).calendar.zone
    return day_in_words(at.astimezone(zone).date(), language=ticket.language)


def _buttons(ticket: Ticket) -> tuple[Button, ...]:
    def button(label: str, verb: str) -> Button:
        return Button(
            label=words(ticket.language, f"requester.button_{label}"), verb=verb, ticket=ticket.reference
        )

    return (button("is_solved", verbs.CLOSE_OWN), button("need_help", verbs.REOPEN_OWN))
