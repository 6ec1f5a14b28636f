"""What learned sorting says of a new request, and what becomes of it: rules always win, and people after them.

It is made out of what this process has read already, in a millisecond or two; off, it costs nothing at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain import events as happened
from bot.domain.desk import Desk
from bot.domain.directory import DESK
from bot.domain.routing.router import Verdict
from bot.domain.sentence import sentence
from bot.domain.sorting.events import TicketSorted
from bot.domain.sorting.model import Guess
from bot.domain.sorting.policy import LEAST_SURENESS, MANY, MOST_OF_MANY, SortedField, SortingMode
from bot.domain.sorting.suggestion import Suggestion, SuggestionState
from bot.domain.tickets.custom_field import CATEGORY
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context

_OVER = (Status.RESOLVED, Status.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedRequest:
    """Where a request goes once what was sure enough is filled in; and all that was found, filled in or not."""

    verdict: Verdict
    fields: Mapping[str, str]
    found: Sequence[tuple[SortedField, Guess]]
    filled: frozenset[tuple[SortedField, str]] = frozenset()
    """Fields and labels."""

    def events(self, context: Context) -> list[happened.Event]:
        return [
            TicketSorted(
                actor=DESK,
                at=context.now,
                field=field,
                label=guess.label,
                percent=percent(guess.sureness),
                words=guess.words,
            )
            for field, guess in self.found
            if (field, guess.label) in self.filled
        ]

    def keep(self, context: Context, ticket: Ticket) -> None:
        """Once the ticket is there."""
        for field, guess in self.found:
            context.uow.sorting.put(
                Suggestion(
                    ticket_id=ticket.id,
                    field=field,
                    label=guess.label,
                    sureness=guess.sureness,
                    words=guess.words,
                    is_filled=(field, guess.label) in self.filled,
                    made_at=context.now,
                )
            )


def percent(sureness: float) -> int:
    """Never more than it is: 100 would be a promise."""
    return min(99, int(sureness * 100))


def sort_request(
    context: Context,
    verdict: Verdict,
    *,
    text: str,
    fields: Mapping[str, str],
    community: str | None,
    is_continued: bool,
    is_private: bool,
) -> SortedRequest:
    """What is said of it. A private request's team is never filled in: no other team reads it by a guess."""
    sorting = context.desk.sorting
    open_fields = _open(context.desk, verdict, fields, is_continued=is_continued) if sorting.is_on else ()
    now = {SortedField.TEAM: verdict.team, SortedField.PRIORITY: str(Priority.NORMAL)}
    found = [
        (field, guess)
        for field in open_fields
        for guess in _guesses(context, field, text, community)
        if guess.label != now.get(field)
    ]
    request = SortedRequest(verdict=verdict, fields=fields, found=found)
    if sorting.mode is not SortingMode.FILL:
        return request
    for field, guess in found:
        known = context.sorting.get(field)
        may_fill = known is not None and known.may_fill and not (is_private and field is SortedField.TEAM)
        if may_fill and guess.sureness >= sorting.threshold:
            request = _filled(request, field, guess)
    return request


def _open(
    desk: Desk, verdict: Verdict, fields: Mapping[str, str], *, is_continued: bool
) -> Sequence[SortedField]:
    """What neither a rule nor the requester has said."""
    is_open = {
        SortedField.TEAM: verdict.rule is None and not is_continued,
        SortedField.CATEGORY: bool(desk.categories) and not fields.get(CATEGORY),
        SortedField.PRIORITY: verdict.priority is None,
        SortedField.TAGS: not verdict.tags,
    }
    return [field for field in desk.sorting.fields if is_open[field]]


def _guesses(context: Context, field: SortedField, text: str, community: str | None) -> list[Guess]:
    """The likeliest label, or of tags the likeliest few; none that is too unsure or that the request can't have."""
    known = context.sorting.get(field)
    if known is None:
        return []
    most = MOST_OF_MANY if field in MANY else 1
    return [
        guess
        for guess in known.model.guesses(text, most=most)
        if guess.sureness >= LEAST_SURENESS
        and guess.words
        and is_possible(context.desk, field, guess.label, community=community)
    ]


def is_possible(desk: Desk, field: SortedField, label: str, *, community: str | None) -> bool:
    """Whether the desk as it is now has such a team, category or priority."""
    match field:
        case SortedField.TEAM:
            return label in desk.teams and desk.is_within(label, community)
        case SortedField.CATEGORY:
            return label in desk.categories
        case SortedField.PRIORITY:
            return label in set(Priority)
        case SortedField.TAGS:
            return True


def is_so(ticket: Ticket, field: SortedField, label: str) -> bool:
    """Whether the ticket is sorted so already."""
    return label in _sorted_under(ticket)[field]


def _sorted_under(ticket: Ticket) -> Mapping[SortedField, Sequence[str]]:
    return {
        SortedField.TEAM: (ticket.team,),
        SortedField.CATEGORY: (ticket.fields.get(CATEGORY, ""),),
        SortedField.PRIORITY: (ticket.priority,),
        SortedField.TAGS: ticket.tags,
    }


def _filled(request: SortedRequest, field: SortedField, guess: Guess) -> SortedRequest:
    verdict, fields = request.verdict, request.fields
    match field:
        case SortedField.TEAM:
            why = sentence("team.why_sorted", percent=percent(guess.sureness), words=guess.words)
            verdict = replace(verdict, team=guess.label, why=why)
        case SortedField.CATEGORY:
            fields = {**fields, CATEGORY: guess.label}
        case SortedField.PRIORITY:
            verdict = replace(verdict, priority=Priority(guess.label))
        case SortedField.TAGS:
            verdict = replace(verdict, tags=(*verdict.tags, guess.label))
    return replace(request, verdict=verdict, fields=fields, filled=request.filled | {(field, guess.label)})


def suggestions_shown(uow: UnitOfWork, desk: Desk, ticket: Ticket) -> list[Suggestion]:
    """What agents can accept on a ticket, the surest first; nothing where sorting is off."""
    if not desk.sorting.is_on or not ticket.status.is_live:
        return []
    community = desk.community_of(ticket)
    return [
        each
        for each in uow.sorting.of_ticket(ticket.id)
        if each.is_shown
        and not is_so(ticket, each.field, each.label)
        and is_possible(desk, each.field, each.label, community=community)
    ]


def follow_suggestions(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """A person's choice settles what was suggested; the end of a ticket leaves the rest as it is."""
    if not context.desk.sorting.is_on:
        return
    chosen = dict(_chosen(events))
    is_over = any(isinstance(each, happened.StatusChanged) and each.after in _OVER for each in events)
    if not chosen and not is_over:
        return
    made = context.uow.sorting.of_ticket(ticket.id)
    filled = {each.label for each in made if each.field in MANY and each.is_filled}
    for each in made:
        if each.state is SuggestionState.OPEN:
            state = _settled(each, chosen.get(each.field))
            if state is None and is_over:
                is_passed_over = each.field in MANY and not each.is_filled and set(ticket.tags) - filled
                state = SuggestionState.CORRECTED if is_passed_over else SuggestionState.LEFT
            if state is not None:
                context.uow.sorting.settle(each, state)


def _settled(suggestion: Suggestion, chosen: Sequence[str] | None) -> SuggestionState | None:
    """What a choice makes of it; None where it says nothing of this one: another tag may still follow."""
    if chosen is None:
        return None
    if suggestion.label in chosen:
        return SuggestionState.ACCEPTED
    return None if suggestion.field in MANY and not suggestion.is_filled else SuggestionState.CORRECTED


def _chosen(events: Sequence[happened.Event]) -> Iterator[tuple[SortedField, Sequence[str]]]:
    """What people, not the desk itself, have set."""
    for event in events:
        if event.actor == DESK:
            continue
        match event:
            case happened.TicketTransferred(after=team):
                yield SortedField.TEAM, (team,)
            case happened.PriorityChanged(after=priority):
                yield SortedField.PRIORITY, (priority,)
            case happened.TagsChanged(after=tags):
                yield SortedField.TAGS, tags
            case happened.FieldChanged(field=name, after=value) if name == CATEGORY:
                yield SortedField.CATEGORY, (value,)
            case _:
                pass
