"""Offers: one row a request that was looked up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, literal, select, update

from bot.domain.directory import ChannelRef
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState, ShownPassage
from bot.domain.tickets.conversation import StoredFile
from bot.ports.storage.demand import AskedRequest
from storage.engine.columns import Row, clean, from_json, index_key, instant, micros, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.repositories.demand import ASKED, ASKED_COLUMNS, asked_from
from storage.tables.desk import big, tickets, written
from storage.tables.knowledge.offers import article_offers, shown_articles

OFFER: Final = Insertion(article_offers, tuple(article_offers.columns.keys()))
SHOWN: Final = Insertion(shown_articles, tuple(shown_articles.columns.keys()))
FORGET_SHOWN = delete(shown_articles).where(shown_articles.c.offer_id == bindparam("the_id"))
_is_the_one = article_offers.c.id == bindparam("the_id")
_is_held = article_offers.c.state == written(OfferState.HELD)

GET = select(article_offers).where(_is_the_one)
LOCK = GET.with_for_update(key_share=True)
SAVE = (
    update(article_offers)
    .where(_is_the_one)
    .values(
        state=bindparam("new_state"),
        due_at=bindparam("new_due_at"),
        ticket_id=bindparam("new_ticket"),
        team=bindparam("new_team"),
        shown=bindparam("new_shown"),
        request=bindparam("new_request"),
    )
)
DUE = (
    select(article_offers)
    .where(article_offers.c.due_at <= bindparam("now"))
    .order_by(article_offers.c.due_at, article_offers.c.id)
    .limit(bindparam("at_most"))
)
ANY_DUE = select(article_offers.c.id).where(article_offers.c.due_at.is_not(None)).limit(1)
HELD_BY = (
    select(article_offers)
    .where(
        article_offers.c.person == bindparam("the_person"),
        article_offers.c.channel == bindparam("the_channel"),
        _is_held,
    )
    .order_by(article_offers.c.at, article_offers.c.id)
)
HELD_FOR = select(article_offers).where(article_offers.c.source == bindparam("the_source"), _is_held)
OF_TICKET = (
    select(article_offers)
    .where(article_offers.c.ticket_id == bindparam("the_ticket"))
    .order_by(article_offers.c.id)
    .limit(1)
)
OF_TICKETS = (
    select(article_offers).where(ListedIn(article_offers.c.ticket_id, "listed")).order_by(article_offers.c.id)
)
SHOWN_TO = select(article_offers.c.shown).where(
    article_offers.c.person == bindparam("the_person"), article_offers.c.at >= bindparam("since")
)


class SqlOffers:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._together = ReadTogether(ahead.tickets, self._read_together)

    def add(self, offer: Offer, *, channel: ChannelRef) -> None:
        self._session.insert(
            OFFER,
            {
                "id": offer.id,
                "person": index_key(offer.person),
                "mode": offer.mode,
                "state": offer.state,
                "at": micros(offer.at),
                "due_at": None if offer.due_at is None else micros(offer.due_at),
                "ticket_id": offer.ticket,
                "team": offer.team,
                "channel": index_key(str(channel)),
                "source": index_key(offer.source),
                "shown": _shown(offer),
                "request": clean(to_json(dict(offer.request))),
            },
        )
        self._add_shown(offer)

    def get(self, offer_id: int) -> Offer | None:
        return _maybe(self._session.fetch_one(GET, the_id=offer_id))

    def lock(self, offer_id: int) -> Offer | None:
        return _maybe(self._session.fetch_one(LOCK, the_id=offer_id))

    def save(self, offer: Offer) -> None:
        self._session.write(
            SAVE,
            the_id=offer.id,
            new_state=offer.state,
            new_due_at=None if offer.due_at is None else micros(offer.due_at),
            new_ticket=offer.ticket,
            new_team=offer.team,
            new_shown=_shown(offer),
            new_request=clean(to_json(dict(offer.request))),
        )
        if offer.shown:
            self._session.write(FORGET_SHOWN, the_id=offer.id)
            self._add_shown(offer)

    def due(self, now: datetime, *, limit: int) -> Sequence[Offer]:
        return [_offer(row) for row in self._session.fetch(DUE, now=micros(now), at_most=limit)]

    def held_by(self, person: str, channel: ChannelRef) -> Sequence[Offer]:
        rows = self._session.fetch(HELD_BY, the_person=index_key(person), the_channel=index_key(str(channel)))
        return [_offer(row) for row in rows]

    def held_for(self, source: str) -> Offer | None:
        return _maybe(self._session.fetch_one(HELD_FOR, the_source=index_key(source)))

    def holds_some(self) -> bool:
        return self._session.fetch_one(ANY_DUE) is not None

    def of_ticket(self, ticket: int) -> Offer | None:
        if ticket in self._together:
            return self._together[ticket]
        return _maybe(self._session.fetch_one(OF_TICKET, the_ticket=ticket))

    def reported(
        self, *, since: datetime, until: datetime, teams: frozenset[str] | None, limit: int
    ) -> Sequence[Offer]:
        question = (
            select(article_offers)
            .where(*_in_time(since, until, teams), article_offers.c.state != written(OfferState.DUE))
            .order_by(article_offers.c.at.desc(), article_offers.c.id.desc())
            .limit(limit)
        )
        return [_offer(row) for row in self._session.fetch_made(question)]

    def unanswered(
        self, *, since: datetime, until: datetime, teams: frozenset[str] | None, limit: int
    ) -> Sequence[AskedRequest]:
        question = (
            select(*ASKED_COLUMNS)
            .select_from(ASKED.join(article_offers, article_offers.c.ticket_id == tickets.c.id))
            .where(
                *_in_time(since, until, teams),
                article_offers.c.state == written(OfferState.SILENT),
                tickets.c.is_private.is_(False),
            )
            .order_by(article_offers.c.at.desc(), article_offers.c.id.desc())
            .limit(limit)
        )
        return [asked_from(row) for row in self._session.fetch_made(question)]

    def articles_shown_to(self, person: str, *, since: datetime) -> frozenset[str]:
        rows = self._session.fetch(SHOWN_TO, the_person=index_key(person), since=micros(since))
        return frozenset(each["article"] or each["title"] for row in rows for each in from_json(row["shown"]))

    def _add_shown(self, offer: Offer) -> None:
        for name in sorted(offer.counted_names):
            self._session.insert(
                SHOWN, {"article": clean(name), "offer_id": offer.id, "ticket_id": offer.ticket}
            )

    def _read_together(self, tickets: Iterable[int]) -> Mapping[int, Offer]:
        found: dict[int, Offer] = {}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(tickets))):
            found.setdefault(row["ticket_id"], _offer(row))
        return found


def _in_time(since: datetime, until: datetime, teams: frozenset[str] | None) -> Sequence[ColumnElement[bool]]:
    window = [
        article_offers.c.at >= literal(micros(since), type_=big()),
        article_offers.c.at < literal(micros(until), type_=big()),
    ]
    return window if teams is None else [*window, article_offers.c.team.in_(sorted(teams))]


def _shown(offer: Offer) -> str:
    return clean(to_json([asdict(each) for each in offer.shown]))


def _passage(kept: dict[str, Any]) -> ShownPassage:
    pictures = tuple(StoredFile(**each) for each in kept.get("pictures", ()))
    return ShownPassage(**{**kept, "pictures": pictures})


def _maybe(row: Row | None) -> Offer | None:
    return None if row is None else _offer(row)


def _offer(row: Row) -> Offer:
    return Offer(
        id=row["id"],
        person=row["person"],
        mode=AnswerTime(row["mode"]),
        state=OfferState(row["state"]),
        at=instant(row["at"]),
        due_at=None if row["due_at"] is None else instant(row["due_at"]),
        ticket=row["ticket_id"],
        team=row["team"],
        source=row["source"],
        shown=tuple(map(_passage, from_json(row["shown"]))),
        request=from_json(row["request"]),
    )
