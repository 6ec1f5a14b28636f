"""A reminder as it is told: the ticket, the words, and what to do about it; kept true once that was done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import TicketNotFound
from bot.domain.reminders.reminder import Reminder
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Mention, Moment, Notice, RichText, Span, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.sight import Sight
from bot.services.context.view import View
from bot.services.reminders.reminders import DUE, REMINDER
from bot.text.sentences import say, words


def is_reminder(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return REMINDER in payload


def reminder_notice(view: View, row: OutboxRow) -> Notice | None:
    """None where it is gone, or its person may not see the ticket any more."""
    reminder = view.uow.reminders.get(int(row.payload[REMINDER]))
    try:
        ticket = view.uow.tickets.get(row.subject)
    except TicketNotFound:
        return None
    if reminder is None or view.sight(ticket, reminder.person) is not Sight.TEAMS_SIDE:
        return None
    was_due = datetime.fromisoformat(str(row.payload[DUE]))
    if reminder.ended_at is not None or reminder.due_at != was_due:
        return _past(view, ticket, reminder)
    if (finished_at := _finished_since(ticket, reminder)) is not None:
        text = _told(view, ticket, reminder, "finished", at=Moment(finished_at))
        return Notice(text=_to(view, row, reminder, text, is_pinged=False), tone=Tone.MUTED)
    text = _told(view, ticket, reminder, "told")
    is_alone = row.conversation.channel.is_direct
    mention = Mention(reminder.person, view.person(reminder.person).name)
    return Notice(
        text=_to(view, row, reminder, text, is_pinged=True),
        buttons=_buttons(view, ticket, reminder),
        tone=Tone.ATTENTION,
        mentions=() if is_alone else (mention,),
    )


def _past(view: View, ticket: Ticket, reminder: Reminder) -> Notice:
    """What became of it, without anything to press."""
    facts: dict[str, Span] = {"reference": Bold(ticket.reference)}
    what = "done" if reminder.ended_at is not None else "moved"
    if reminder.ended_at is None:
        facts["at"] = Moment(reminder.due_at, view.person(reminder.person).time_zone)
    return Notice(text=_say(view, what, reminder, **facts), tone=Tone.MUTED)


def _told(view: View, ticket: Ticket, reminder: Reminder, what: str, **facts: Span) -> RichText:
    """`IT-12 (No network): call the vendor`, and who asked for it where that was somebody else."""
    facts["reference"] = view.card_link(ticket, ticket.reference) or Bold(ticket.reference)
    facts["subject"] = ticket.subject
    if not reminder.is_own:
        what, facts["name"] = f"{what}_from", view.person(reminder.author).name
    return _say(view, what, reminder, **facts)


def _say(view: View, what: str, reminder: Reminder, **facts: Span) -> RichText:
    """With what they wanted to be reminded of, where they said it."""
    if not reminder.words:
        return say(view.language, f"team.reminder_{what}", **facts)
    return say(view.language, f"team.reminder_{what}_words", text=reminder.words, **facts)


def _to(view: View, row: OutboxRow, reminder: Reminder, text: RichText, *, is_pinged: bool) -> RichText:
    """In a thread that others read too it says whose it is."""
    if row.conversation.channel.is_direct:
        return text
    name = view.person(reminder.person).name
    owner = Mention(reminder.person, name) if is_pinged else name
    return say(view.language, "team.told_to", owner=owner, what=text)


def _finished_since(ticket: Ticket, reminder: Reminder) -> datetime | None:
    """When it was resolved, where that was after somebody wanted to be reminded."""
    at = ticket.resolved_at or ticket.closed_at
    return at if not ticket.status.is_live and at is not None and at >= reminder.set_at else None


def _buttons(view: View, ticket: Ticket, reminder: Reminder) -> tuple[Button, ...]:
    options = {REMINDER: str(reminder.id)}
    return (
        Button(
            label=words(view.language, "team.button_reminder_done"),
            verb=verbs.REMINDER_DONE,
            options=options,
            is_primary=True,
        ),
        Button(
            label=words(view.language, "team.button_reminder_later"),
            verb=verbs.REMINDER_MOVE,
            ticket=ticket.reference,
            options=options,
            opens_form=True,
        ),
    )
