"""What a change does, and which tickets stay as they are and why, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain.bulk_changes.bulk_change import HANDED_OVER, BulkAction, BulkChange
from bot.domain.desk import Desk
from bot.domain.sentence import Sentence
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, RichText, Span
from bot.ports.unit_of_work import UnitOfWork
from bot.services.bulk_changes.ticket_actions import FIELD
from bot.services.context.context import Context
from bot.services.on_call.roster import Roster
from bot.services.tickets.fields.answers import value_read
from bot.text import terms
from bot.text.amounts import listed, number
from bot.text.error_text import tell
from bot.text.sentences import joined, say, words
from bot.views.lists.ticket_line import private_mark

NAMED: Final = 10
"""Tickets that a line names; of more it says how many."""
PREVIEWED: Final = 10
"""Tickets that are shown with their subject before anybody says yes; of more it says how many."""
SUBJECT: Final = 60
"""Characters of a subject in a preview."""

_WHY: Final = {
    "refusals.already_yours": "bulk.left_yours",
    "refusals.already_unassigned": "bulk.left_unassigned",
    "refusals.already_priority": "bulk.left_so",
    "refusals.already_tagged": "bulk.left_so",
    "refusals.already_set": "bulk.left_so",
    "refusals.already_with_team": "bulk.left_with_team",
    "refusals.already_status": "bulk.left_finished",
    "refusals.reopen_first": "bulk.left_finished",
    "refusals.not_of_team": "bulk.left_not_of_team",
    "refusals.not_of_team_private": "bulk.left_not_of_team",
    "refusals.resolution_needed": "bulk.left_owed",
    "refusals.resolution_required": "bulk.left_owed",
    "refusals.no_alert": "bulk.left_no_alert",
    "refusals.team_of_another_server": "bulk.left_other_server",
    "refusals.no_such_ticket": "bulk.left_failed",
    "bulk.not_yours": "bulk.left_not_yours",
    "bulk.no_such_field": "bulk.left_no_field",
    "bulk.private": "bulk.left_private",
    "bulk.private_unanswered": "bulk.left_unanswered",
    "bulk.changed_since": "bulk.left_changed_since",
    "bulk.failed": "bulk.left_failed",
}
"""What is said of several tickets for which a refusal of one says this."""
_NEEDS: Final = ("refusals.resolving_needs", "refusals.resolving_needs_words_and")

Left = tuple[Ticket, Sentence]
"""A ticket that stays as it is, and why."""


def change_title(change: BulkChange, *, uow: UnitOfWork, desk: Desk, language: str) -> RichText:
    """`Assign to Bo Berg`."""
    assert change.action is not None, "what is told of was said to be done"
    facts = _facts(change, uow=uow, desk=desk, language=language)
    kind = "hand_over" if HANDED_OVER in change.details else change.action
    return (Bold(words(language, f"bulk.title_{kind}", **facts)),)


def assignee_away(
    change: BulkChange, uow: UnitOfWork, desk: Desk, *, now: datetime, language: str
) -> RichText:
    """That whoever gets the tickets is not there, and until when."""
    if change.action is not BulkAction.ASSIGN:
        return ()
    person = uow.people.find(change.details["person"])
    absence = Roster(uow, desk, now=now).absence_of(person, at=now) if person is not None else None
    if person is None or absence is None:
        return ()
    return say(language, "bulk.assignee_away", name=person.name, until=Moment(absence.until))


def left_lines(left: Iterable[Left], *, action: BulkAction | None, language: str) -> RichText:
    """A line for each reason: `Already assigned to them (2): IT-3, IT-9`."""
    by_reason: dict[str, list[Ticket]] = {}
    for ticket, reason in left:
        by_reason.setdefault(_why(reason, action, language), []).append(ticket)
    lines: RichText = ()
    for why, tickets in by_reason.items():
        named = references([each.reference for each in tickets], language)
        lines += ("\n", *say(language, "bulk.left", why=why, number=len(tickets), references=named))
    return lines


def whose_lines(context: Context, tickets: Iterable[Ticket]) -> RichText:
    """A line for each colleague who has some of these: `Assigned to Cleo Chen: IT-29`."""
    by_holder: dict[str, list[str]] = {}
    for ticket in tickets:
        if ticket.assignee is not None and ticket.assignee != context.actor.key:
            by_holder.setdefault(ticket.assignee, []).append(ticket.reference)
    lines: list[RichText] = []
    for key, names in by_holder.items():
        holder = context.uow.people.find(key)
        name, named = holder.name if holder is not None else key, references(names, context.language)
        lines.append(say(context.language, "bulk.whose", name=name, references=named))
    return joined(*lines, by="\n") if lines else ()


def references(names: Sequence[str], language: str) -> str:
    """`IT-1, IT-2 … +40`."""
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} … +{number(len(names) - NAMED, language)}"


def preview_lines(context: Context, tickets: Sequence[Ticket]) -> RichText:
    """`IT-1 · My screen is dark · Ana Alves`, a line each, and how many more."""
    shown, more = tickets[:PREVIEWED], len(tickets) - PREVIEWED
    people = context.uow.people.find_many({each.requester for each in shown})
    lines: list[RichText] = [
        (
            Bold(each.reference),
            f" · {subject_of(each.subject, limit=SUBJECT)}",
            f" · {people[each.requester].name}" if each.requester in people else "",
            f" · {mark}" if (mark := private_mark(each, context.language)) else "",
        )
        for each in shown
    ]
    rest = say(context.language, "bulk.and_more", count=more) if more > 0 else ()
    return joined(*lines, rest, by="\n")


def _why(reason: Sentence, action: BulkAction | None, language: str) -> str:
    if reason.key == "refusals.already_assigned_to":
        is_wanted = action is BulkAction.ASSIGN
        return words(language, "bulk.left_theirs" if is_wanted else "bulk.left_taken")
    if reason.key in _NEEDS:
        fields = reason.facts["fields"]
        names = fields if isinstance(fields, tuple) else (str(fields),)
        return words(language, "bulk.left_needs", fields=listed(map(str, names), language))
    key = _WHY.get(reason.key)
    return words(language, key) if key is not None else "".join(map(str, tell(language, reason)))


def _facts(
    change: BulkChange, *, uow: UnitOfWork, desk: Desk, language: str
) -> Mapping[str, RichText | Span | int]:
    details = change.details
    match change.action:
        case BulkAction.ASSIGN:
            person = uow.people.find(details["person"])
            return {"name": person.name if person is not None else details["person"]}
        case BulkAction.TAG:
            return {"tags": _tags(details, language)}
        case BulkAction.PRIORITY:
            return {"priority": terms.priority(details["priority"], language)}
        case BulkAction.SET_FIELDS:
            return {"fields": _fields(change, uow=uow, desk=desk, language=language)}
        case BulkAction.TRANSFER:
            team = desk.teams.get(details["team"])
            return {"team": team.title if team is not None else details["team"]}
        case BulkAction.SNOOZE:
            until = Moment(datetime.fromisoformat(details["until"]))
            return {"until": until}
        case _:
            return {}


def _tags(details: Mapping[str, str], language: str) -> str:
    """`printers and vpn, without new`."""
    added, removed = (listed(details.get(name, "").split(), language) for name in ("add", "remove"))
    without = words(language, "bulk.tags_without", tags=removed) if removed else ""
    return ", ".join(filter(None, (added, without)))


def _fields(change: BulkChange, *, uow: UnitOfWork, desk: Desk, language: str) -> str:
    shown = []
    for name, value in change.details.items():
        field = desk.custom_fields.definition(name.removeprefix(FIELD))
        if field is not None:
            shown.append(
                f"{field.label_in(language)} = {value_read(uow, field, value, language=language) or '–'}"
            )
    return listed(shown, language)
