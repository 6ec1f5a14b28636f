"""What was learned of sorting, what was suggested, and the tickets to learn from, read in pages."""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, text, update

from bot.domain.directory import DESK
from bot.domain.sorting.policy import SortedField
from bot.domain.sorting.suggestion import LearnedModel, Suggestion, SuggestionState, SuggestionTally
from bot.domain.tickets.custom_field import CATEGORY
from bot.ports.storage.sorting.sorting_records import PastRequest
from storage.engine.columns import Row, from_json, instant, micros, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.desk import audit_log, messages, tickets, written
from storage.tables.tickets.sorting import sorting_models, sorting_suggestions

_models, _made = sorting_models.c, sorting_suggestions.c
PUT_MODEL: Final = text(
    "INSERT INTO sorting_models (field, learned_at, requests, model, why, share_right, rare)"
    " VALUES (:field, :learned_at, :requests, :model, :why, :share_right, :rare)"
    " ON CONFLICT (field) DO UPDATE SET learned_at = excluded.learned_at, requests = excluded.requests,"
    " model = excluded.model, why = excluded.why, share_right = excluded.share_right, rare = excluded.rare"
)
MODELS = select(
    _models.field, _models.learned_at, _models.requests, _models.why, _models.share_right, _models.rare
)
MODEL = select(sorting_models).where(_models.field == bindparam("the_field"))
PUT: Final = text(
    "INSERT INTO sorting_suggestions (ticket_id, field, label, sureness, words, is_filled, state, made_at)"
    " VALUES (:ticket_id, :field, :label, :sureness, :words, :is_filled, :state, :made_at)"
    " ON CONFLICT (ticket_id, field, label) DO NOTHING"
)
OF_TICKET = (
    select(sorting_suggestions)
    .where(_made.ticket_id == bindparam("the_ticket"))
    .order_by(_made.sureness.desc(), _made.field, _made.label)
)
OF_TICKETS = (
    select(sorting_suggestions)
    .where(ListedIn(_made.ticket_id, "listed"))
    .order_by(_made.sureness.desc(), _made.field, _made.label)
)
SETTLE = (
    update(sorting_suggestions)
    .where(
        _made.ticket_id == bindparam("the_ticket"),
        _made.field == bindparam("the_field"),
        _made.label == bindparam("the_label"),
    )
    .values(state=bindparam("the_state"))
)


def _many(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0)).label(name)


_accepted, _corrected = (
    _made.state == str(each) for each in (SuggestionState.ACCEPTED, SuggestionState.CORRECTED)
)
_left = _made.state == str(SuggestionState.LEFT)
_right = or_(_accepted, and_(_left, _made.is_filled))
_is_sure = _made.sureness >= bindparam("threshold")
TALLIES = (
    select(
        _made.field,
        _many(_accepted, "accepted"),
        _many(_corrected, "corrected"),
        _many(_left, "left_alone"),
        _many(_made.state == str(SuggestionState.OPEN), "still_open"),
        _many(_made.is_filled, "filled"),
        _many(and_(_is_sure, _right), "sure_right"),
        _many(and_(_is_sure, _corrected), "sure_wrong"),
    )
    .where(_made.made_at >= bindparam("since"))
    .group_by(_made.field)
)
_LAST: Final = 2**63 - 1
PAGE = (
    select(
        tickets.c.id,
        tickets.c.team,
        tickets.c.priority,
        tickets.c.status,
        tickets.c.tags,
        tickets.c.fields,
        messages.c.text,
    )
    .join(messages, messages.c.id == tickets.c.opening)
    .where(tickets.c.id < bindparam("before"), messages.c.is_deleted.is_(False))
    .order_by(tickets.c.id.desc())
    .limit(bindparam("at_most"))
)
_SET_BY: Final = {
    "TicketTransferred": SortedField.TEAM,
    "PriorityChanged": SortedField.PRIORITY,
    "TagsChanged": SortedField.TAGS,
    "FieldChanged": SortedField.CATEGORY,
}
SET_BY_PEOPLE = select(audit_log.c.ticket_id, audit_log.c.event, audit_log.c.details).where(
    ListedIn(audit_log.c.ticket_id, "ids"),
    audit_log.c.event.in_([written(each) for each in _SET_BY]),
    audit_log.c.actor != written(DESK),
)
FILLED = select(_made.ticket_id, _made.field).where(
    ListedIn(_made.ticket_id, "ids"),
    _made.is_filled.is_(True),
    _made.state != written(SuggestionState.ACCEPTED),
)


class SqlSortingRecords:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._together = ReadTogether(ahead.tickets, self._read_together)

    def put_model(self, learned: LearnedModel) -> None:
        self._session.write(
            PUT_MODEL,
            field=learned.field,
            learned_at=micros(learned.learned_at),
            requests=learned.requests,
            model=None if learned.model is None else b64encode(learned.model).decode(),
            why=learned.why,
            share_right=learned.right,
            rare=to_json(learned.rare),
        )

    def models(self) -> Sequence[LearnedModel]:
        found = {row["field"]: _learned(row) for row in self._session.fetch(MODELS)}
        return [found[each] for each in SortedField if each in found]

    def model(self, field: SortedField) -> LearnedModel | None:
        row = self._session.fetch_one(MODEL, the_field=field)
        return None if row is None else _learned(row)

    def put(self, suggestion: Suggestion) -> None:
        self._session.write(
            PUT,
            ticket_id=suggestion.ticket_id,
            field=suggestion.field,
            label=suggestion.label,
            sureness=suggestion.sureness,
            words=to_json(suggestion.words),
            is_filled=suggestion.is_filled,
            state=suggestion.state,
            made_at=micros(suggestion.made_at),
        )

    def of_ticket(self, ticket_id: int) -> Sequence[Suggestion]:
        if ticket_id in self._together:
            return self._together[ticket_id] or ()
        return [_suggestion(row) for row in self._session.fetch(OF_TICKET, the_ticket=ticket_id)]

    def settle(self, suggestion: Suggestion, state: SuggestionState) -> None:
        self._session.write(
            SETTLE,
            the_ticket=suggestion.ticket_id,
            the_field=suggestion.field,
            the_label=suggestion.label,
            the_state=state,
        )

    def tallies(self, *, since: datetime, threshold: float) -> Mapping[SortedField, SuggestionTally]:
        rows = self._session.fetch(TALLIES, since=micros(since), threshold=threshold)
        return {SortedField(row["field"]): _tally(row) for row in rows}

    def requests(self, *, before: int | None, limit: int) -> Sequence[PastRequest]:
        rows = self._session.fetch(PAGE, before=_LAST if before is None else before, at_most=limit)
        if not rows:
            return []
        ids = to_json([row["id"] for row in rows])
        chosen, filled = defaultdict[int, set[SortedField]](set), defaultdict[int, set[SortedField]](set)
        for entry in self._session.fetch(SET_BY_PEOPLE, ids=ids):
            field = _SET_BY[entry["event"]]
            if field is not SortedField.CATEGORY or from_json(entry["details"]).get("field") == CATEGORY:
                chosen[entry["ticket_id"]].add(field)
        for entry in self._session.fetch(FILLED, ids=ids):
            filled[entry["ticket_id"]].add(SortedField(entry["field"]))
        return [_request(row, chosen=chosen[row["id"]], filled=filled[row["id"]]) for row in rows]

    def _read_together(self, tickets: Iterable[int]) -> Mapping[int, Sequence[Suggestion]]:
        found: dict[int, list[Suggestion]] = {}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(tickets))):
            found.setdefault(row["ticket_id"], []).append(_suggestion(row))
        return found


def _request(row: Row, *, chosen: Collection[SortedField], filled: Collection[SortedField]) -> PastRequest:
    is_finished = row["status"] in ("resolved", "closed")
    labels = {
        field: label
        for field, label in _labels(row)
        if field in chosen or (is_finished and field not in filled)
    }
    return PastRequest(ticket_id=row["id"], text=row["text"], labels=labels)


def _labels(row: Row) -> Iterator[tuple[SortedField, tuple[str, ...]]]:
    yield SortedField.TEAM, (row["team"],)
    yield SortedField.PRIORITY, (row["priority"],)
    yield SortedField.TAGS, tuple(from_json(row["tags"]))
    if category := from_json(row["fields"]).get(CATEGORY):
        yield SortedField.CATEGORY, (category,)


def _learned(row: Row) -> LearnedModel:
    packed = row.get("model")
    return LearnedModel(
        field=SortedField(row["field"]),
        learned_at=instant(row["learned_at"]),
        requests=row["requests"],
        model=None if packed is None else b64decode(packed),
        why=row["why"],
        right=row["share_right"],
        rare=tuple(from_json(row["rare"])),
    )


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(
        ticket_id=row["ticket_id"],
        field=SortedField(row["field"]),
        label=row["label"],
        sureness=row["sureness"],
        words=tuple(from_json(row["words"])),
        is_filled=bool(row["is_filled"]),
        state=SuggestionState(row["state"]),
        made_at=instant(row["made_at"]),
    )


def _tally(row: Row) -> SuggestionTally:
    return SuggestionTally(
        field=SortedField(row["field"]),
        accepted=int(row["accepted"]),
        corrected=int(row["corrected"]),
        left=int(row["left_alone"]),
        open=int(row["still_open"]),
        filled=int(row["filled"]),
        sure_right=int(row["sure_right"]),
        sure_wrong=int(row["sure_wrong"]),
    )
