"""The lines of a card that say which tickets are about the same, and the button that merges into one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.view import View
from bot.services.demand.similar_requests import (
    SimilarTicket,
    last_resolution,
    similar_for_team,
)
from bot.text.amounts import listed
from bot.text.instants import stamp
from bot.text.sentences import words

MOST_OPEN: Final = 2
MOST_RESOLVED: Final = 1
"""Of each on a card: `similar` lists the others."""
SUBJECT: Final = 60
ENDING: Final = 100
"""Characters that are shown of a subject, and of how a ticket ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSimilar:
    """A ticket on the card of another, and the line that names it."""

    ticket: Ticket
    line: tuple[str, str]


def similar_shown(view: View, ticket: Ticket) -> Sequence[ShownSimilar]:
    """While the ticket is worked on; the open ones first. Where it is turned off nothing is read."""
    if not ticket.status.is_live or not view.desk.similar.shows_team:
        return ()
    found = similar_for_team(view.uow, view.desk, ticket, policy=view.desk.similar)
    shown = [each for each in found if each.is_open][:MOST_OPEN]
    shown += [each for each in found if not each.is_open][:MOST_RESOLVED]
    return [ShownSimilar(ticket=each.ticket, line=_line(view, each)) for each in shown]


def merge_buttons(view: View, ticket: Ticket, similar: Sequence[ShownSimilar]) -> Iterator[Button]:
    """Into the open one that is most alike."""
    for each in [each for each in similar if each.ticket.status.is_live][:1]:
        reference = each.ticket.reference
        yield Button(
            label=words(view.language, "team.button_merge_form", other=reference),
            verb=verbs.MERGE,
            ticket=ticket.reference,
            opens_form=True,
            options={"into": reference},
        )


def _line(view: View, similar: SimilarTicket) -> tuple[str, str]:
    other = similar.ticket
    shared = listed(similar.words, view.language)
    if similar.is_open:
        facts = {"name": view.person(other.requester).name, "at": _at(view, other, other.opened_at)}
        text = _with_subject(view, "team.similar_open", other, shared, **facts)
        return words(view.language, "team.label_similar_open"), text
    ending = last_resolution(view.uow, other)
    name = view.person(ending.by).name if ending.by is not None else view.team(other).title
    facts = {"name": name, "at": _at(view, other, other.resolved_at or other.opened_at)}
    ended = subject_of(ending.words, limit=ENDING)
    if ending.is_silent:
        key = "team.similar_resolved_silent"
    else:
        key = "team.similar_resolved_how" if ended else "team.similar_resolved"
    text = _with_subject(view, key, other, shared, ended=ended, **facts)
    return words(view.language, "team.label_similar_resolved"), text


def _with_subject(view: View, key: str, other: Ticket, shared: str, **facts: str) -> str:
    subject = subject_of(other.subject, limit=SUBJECT)
    return words(view.language, key, reference=other.reference, subject=subject, words=shared, **facts)


def _at(view: View, other: Ticket, at: datetime) -> str:
    return stamp(at, zone=view.team(other).calendar.zone, language=view.language)
