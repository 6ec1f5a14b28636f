"""How an agent's day begins: what is due, who waits for them, what comes back, and what they want to hear."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, Notice, RichText
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.reminders.mornings import Agenda, agenda_of, zone_of_agent
from bot.text.amounts import listed
from bot.text.sentences import joined, say, words

LISTED: Final = 5
"""Tickets of each kind that are named."""
SUBJECT: Final = 60
"""Characters of a subject."""


def is_morning(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return "morning" in payload


def morning_notice(view: View, row: OutboxRow) -> Notice | None:
    """None where there is nothing to say, or that day is over where they are."""
    person = view.person(str(row.payload["person"]))
    day = date.fromisoformat(str(row.payload["morning"]))
    if not view.desk.teams_of(person):
        return None
    if view.now.astimezone(zone_of_agent(view.desk, person)).date() != day:
        return None
    agenda = agenda_of(view.uow, view.desk, person, day=day, now=view.now)
    if agenda.is_empty:
        return None
    return Notice(text=joined(_counted(view, agenda), *_lines(view, agenda), by="\n"))


def _counted(view: View, agenda: Agenda) -> RichText:
    """`Today: 3 due, 2 waiting for you and 1 reminder`."""
    language = view.language
    overdue = sum(each.due_at is not None and each.due_at <= view.now for each in agenda.due)
    counts = (
        ("team.morning_overdue", overdue),
        ("team.morning_due", len(agenda.due) - overdue),
        ("team.morning_waiting", len(agenda.waiting)),
        ("team.morning_snoozes", len(agenda.snoozes)),
        ("team.morning_reminders", len(agenda.reminders)),
    )
    parts = [words(language, key, count=count) for key, count in counts if count]
    return say(language, "team.morning", what=Bold(listed(parts, language)))


def _lines(view: View, agenda: Agenda) -> list[RichText]:
    language = view.language
    lines: list[RichText] = []
    for each in agenda.due[:LISTED]:
        assert each.due_at is not None, "what is due has a time"
        key = "commands.overdue_since" if each.due_at <= view.now else "commands.due"
        due = say(language, key, at=Moment(each.due_at))
        lines.append((*_ticket(view, each), " · ", *due, *_snooze(view, each, agenda)))
    lines += _more(view, len(agenda.due))
    for each in agenda.waiting[:LISTED]:
        lines.append((*_ticket(view, each), " · ", *say(language, "team.morning_waits")))
    lines += _more(view, len(agenda.waiting))
    for each in agenda.snoozes[:LISTED]:
        assert each.snoozed_until is not None, "what is snoozed has a time"
        until = Moment(each.snoozed_until)
        lines.append((*_ticket(view, each), " · ", *say(language, "commands.snoozed_until", until=until)))
    lines += _more(view, len(agenda.snoozes))
    for reminder, ticket in agenda.reminders[:LISTED]:
        said = f" · “{reminder.words}”" if reminder.words else ""
        at = Moment(reminder.due_at)
        lines.append((*_ticket(view, ticket), " · ", *say(language, "team.morning_reminder", at=at), said))
    return lines + _more(view, len(agenda.reminders))


def _snooze(view: View, ticket: Ticket, agenda: Agenda) -> RichText:
    """Of what is due today and rests for longer; a snooze that ends today has a line of its own."""
    until = ticket.snoozed_until
    if until is None or not ticket.is_snoozed(view.now) or ticket in agenda.snoozes:
        return ()
    return (" · ", *say(view.language, "commands.snoozed_until", until=Moment(until)))


def _more(view: View, count: int) -> list[RichText]:
    return [(words(view.language, "team.more_tickets", count=count - LISTED),)] if count > LISTED else []


def _ticket(view: View, ticket: Ticket) -> RichText:
    """Linked to its card."""
    reference = view.card_link(ticket, ticket.reference) or Bold(ticket.reference)
    return (reference, f" {subject_of(ticket.subject, limit=SUBJECT)}")
