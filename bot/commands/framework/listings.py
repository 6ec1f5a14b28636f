"""One ticket, its history and the choice of one, as rich text for private replies."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from operator import itemgetter

from bot.domain.tickets.conversation import MessageKind, PublicMessage, TicketMessage
from bot.domain.tickets.ticket import Ticket, subject_of
from bot.messages.outbound import Bold, Button, Code, Moment, PrivateReply, RichText, Tone
from bot.messages.plain import plain
from bot.ports.storage.audit_log import AuditEntry
from bot.services.context.context import Context
from bot.services.context.stage_tone import stage_tone
from bot.services.context.status_words import StatusWords, status_words
from bot.services.tickets.form_answers import form_answers
from bot.text.audit_text import SAID_BY_ANOTHER, names_in, what_happened
from bot.text.english import duration
from bot.text.error_text import tell

OFFERED = 10
"""Tickets that are offered as buttons where a command names none."""
YOU = "You"
SHOWN_MESSAGES = 30
SHOWN_CHARACTERS = 20_000
"""A message's characters that `show` repeats: the way to read what a platform shortened."""

_SIGNS = {Tone.ALERT: " · overdue", Tone.WARNING: " · at risk"}


def ticket_view(context: Context, ticket: Ticket, *, sees_notes: bool) -> PrivateReply:
    """A ticket with what was said on it; notes only for its team."""
    work_team = context.team_of(ticket)
    assignee = context.uow.people.find(ticket.assignee) if ticket.assignee else None
    text: RichText = (
        Bold(f"{ticket.reference} {ticket.subject}"),
        f"\n{ticket.status.label} · {ticket.priority} · {work_team.title}",
        f" · {context.name_of(ticket, assignee) if assignee else 'nobody has it yet'} · opened ",
        Moment(ticket.opened_at),
    )
    if sees_notes:
        if ticket.tags:
            text += (f"\nTags: {', '.join(ticket.tags)}",)
        text += (
            "\nWhy here: ",
            *tell(context.language, ticket.why_here),
        )
    said = _for_staff(context, ticket) if sees_notes else _for_requester(context, ticket)
    words = "\n".join(plain(each) for each in said[-SHOWN_MESSAGES:])
    for label, answer in form_answers(context.uow, context.desk, ticket, besides=words):
        text += (f"\n{label}: {answer}",)
    text += _dues(context, ticket)
    if len(said) > SHOWN_MESSAGES:
        text += (f"\n… {len(said) - SHOWN_MESSAGES} earlier messages are left out.",)
    return PrivateReply(text=text + tuple(span for each in said[-SHOWN_MESSAGES:] for span in each))


def _for_staff(context: Context, ticket: Ticket) -> list[RichText]:
    labels = {MessageKind.NOTE: " (internal note)", MessageKind.REPLY: " (reply)"}
    words = status_words(context.uow, ticket)
    names = context.uow.people.find_many({each.actor for each in words})
    said = [
        (each.said_at, _said(each, by=each.author_name, label=labels.get(each.kind, "")))
        for each in context.uow.messages.of_ticket(ticket.id)
    ]
    told = [(each.at, _told(each, by=names[each.actor].name)) for each in words if each.actor in names]
    return _in_order(said, told)


def _for_requester(context: Context, ticket: Ticket) -> list[RichText]:
    """Nobody is told their own name where nobody else reads."""
    reader = context.actor.key
    said = [
        (
            each.said_at,
            _said(
                each,
                by=YOU if each.author_key == reader else each.author,
                label=" (reply)" if each.is_reply else "",
            ),
        )
        for each in context.uow.messages.said_in_public(ticket.id)
    ]
    words = status_words(context.uow, ticket)
    people = context.uow.people.find_many({each.actor for each in words})
    told = [
        (
            each.at,
            _told(each, by=YOU if each.actor == reader else context.name_of(ticket, people[each.actor])),
        )
        for each in words
        if each.actor in people
    ]
    return _in_order(said, told)


def _in_order(*parts: Sequence[tuple[datetime, RichText]]) -> list[RichText]:
    return [text for _, text in sorted(chain(*parts), key=itemgetter(0))]


def _dues(context: Context, ticket: Ticket) -> RichText:
    text: RichText = ()
    for timer in context.uow.sla_timers.of_ticket(ticket.id):
        label = timer.measure.label.capitalize()
        if timer.stopped_at is not None:
            continue
        if timer.due_at is not None:
            text += (f"\n{label} due ", Moment(timer.due_at), _SIGNS.get(stage_tone(timer), ""))
        else:
            left = duration((timer.target - timer.spent).total_seconds())
            text += (f"\n{label} paused, {left} left",)
    return text


def _said(message: TicketMessage | PublicMessage, *, by: str, label: str) -> RichText:
    words = "(deleted)" if message.is_deleted else message.text[:SHOWN_CHARACTERS]
    edited = " (edited)" if message.is_edited else ""
    files = "".join(
        f"\n📎 {each.name}{f': {each.problem}' if each.problem else ''}" for each in message.files
    )
    return (
        "\n\n",
        Bold(by),
        label,
        " · ",
        Moment(message.said_at),
        edited,
        f"\n{words}{files}",
    )


def _told(words: StatusWords, *, by: str) -> RichText:
    return (
        "\n\n",
        Bold(by),
        f" ({words.status.label})",
        " · ",
        Moment(words.at),
        f"\n{words.text[:SHOWN_CHARACTERS]}",
    )


def history_view(context: Context, ticket: Ticket, entries: Sequence[AuditEntry]) -> PrivateReply:
    """Everything that happened to a ticket, oldest first."""
    return _audit_list(context, entries, title=f"History of {ticket.reference}")


def audit_view(context: Context, entries: Sequence[AuditEntry]) -> PrivateReply:
    """The newest entries of the whole desk."""
    return _audit_list(context, entries, title="Audit log, newest first")


def _audit_list(context: Context, entries: Sequence[AuditEntry], *, title: str) -> PrivateReply:
    if not entries:
        return PrivateReply(text=(f"{title}: nothing yet.",))
    names = names_in(context.uow, context.desk, entries)
    text: RichText = (Bold(title),)
    for entry in entries:
        if entry.event in SAID_BY_ANOTHER:
            continue
        text += ("\n", Moment(entry.at), " · ", *what_happened(context.language, entry, names))
    return PrivateReply(text=text)


def choose_ticket(
    tickets: Sequence[Ticket], *, count: int, verb: str, options: dict[str, str], opens_form: bool
) -> PrivateReply:
    """The first fitting tickets as buttons: a command without a reference never guesses. `count`: of so many."""
    name = verb.partition(" ")[2]
    if not tickets:
        return PrivateReply(
            text=(
                "No ticket fits ",
                Code(name),
                " just now. Name one, for example ",
                Code(f"{name} 12"),
                ".",
            ),
            is_error=True,
        )
    buttons = tuple(
        Button(
            label=f"{ticket.reference} · {subject_of(ticket.subject, limit=60)}",
            verb=verb,
            ticket=ticket.reference,
            options=options,
            opens_form=opens_form,
        )
        for ticket in tickets[:OFFERED]
    )
    if count <= len(buttons):
        return PrivateReply(text=("Which ticket is ", Code(name), " for?"), buttons=buttons)
    more = f" for? These are the first {len(buttons)} of {count:,}; to name another, write for example "
    return PrivateReply(text=("Which ticket is ", Code(name), more, Code(f"{name} 12"), "."), buttons=buttons)
