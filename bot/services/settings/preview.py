"""What a change of `desk.yaml` would do: which lines, where past requests would go, which targets would be missed."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.lookups.lookup_answer import LookupAnswer
from bot.domain.sentence import Sentence
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.settings_file import CheckedText
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from bot.services.lookups.known_facts import facts_in
from bot.services.policy_changes.what_if import WhatIf, read_past
from bot.services.sla.timers import request_from
from bot.text.language_detector import LanguageDetector

ROUTED: Final = 900
"""Requests that are routed again, those that changed last."""
REHEARSED: Final = 250
"""Tickets whose targets are reckoned again."""
MOST_NAMED: Final = 5
ROUTES: Final = frozenset(
    {
        "desk",
        "communities",
        "inboxes",
        "teams",
        "calendars",
        "people",
        "fields",
        "forms",
        "routing",
        "lookups",
    }
)
"""Sections by which a request may go elsewhere."""
TARGETS: Final = frozenset({"desk", "teams", "calendars", "routing", "sla_policies"})
"""Sections by which a target may be met or missed."""
_EVERY: Final = frozenset(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMoves:
    """How many requests were looked at, how many go elsewhere, by both teams, and the first of those."""

    looked_at: int = 0
    moved: Sequence[tuple[tuple[str, str], int]] = ()
    first: Sequence[str] = ()

    @property
    def count(self) -> int:
        return sum(many for _, many in self.moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedTargets:
    """Of so many tickets, the targets that are missed as things are and after the change."""

    looked_at: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPreview:
    """`routes` and `targets` are None where nothing that they depend on changes."""

    lines: Sequence[str]
    sections: Sequence[str]
    warnings: Sequence[Sentence] = ()
    leaves_admin: bool = False
    """Whether whoever makes the change would be an administrator no more."""
    routes: RouteMoves | None = None
    targets: MissedTargets | None = None


def diff_lines(before: str, after: str, *, context: int = 1) -> list[str]:
    """The lines that differ, each with its sign, and lines around them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=context)
    return [line for line in lines if not line.startswith(("---", "+++"))]


def preview(
    uow: UnitOfWork,
    before: tuple[str, CheckedText],
    after: tuple[str, CheckedText],
    *,
    now: datetime,
    by: Person | None,
) -> SettingsPreview:
    """Both as text and as checked. `by` is whose change it is, if it is a person's. Reads tickets, writes nothing."""
    (old_text, old), (new_text, new) = before, after
    names = {*old.sections, *new.sections}
    sections = sorted(name for name in names if old.sections.get(name) != new.sections.get(name))
    known = {str(each.facts["problem"]) for each in old.warnings}
    return SettingsPreview(
        lines=diff_lines(old_text, new_text),
        sections=sections,
        leaves_admin=by is not None and old.desk.is_admin(by) and not new.desk.is_admin(by),
        warnings=[each for each in new.warnings if str(each.facts["problem"]) not in known],
        routes=compare_routes(uow, old.desk, new.desk) if ROUTES & set(sections) else None,
        targets=compare_targets(uow, old.desk, new.desk, now=now) if TARGETS & set(sections) else None,
    )


def compare_routes(uow: UnitOfWork, old: Desk, new: Desk, *, limit: int = ROUTED) -> RouteMoves:
    """Past requests under both sets of rules, whatever people did with them since."""
    moved: Counter[tuple[str, str]] = Counter()
    first: list[str] = []
    looked_at, language_of = 0, LanguageDetector()
    for ticket, text, person, answers in _past_requests(uow, limit):
        looked_at += 1
        teams = []
        for desk in (old, new):
            request = request_from(
                ticket, text=text, person=person, looked_up=facts_in(desk, answers), language_of=language_of
            )
            teams.append(desk.router.route(request).team)
        if teams[0] != teams[1]:
            moved[teams[0], teams[1]] += 1
            if len(first) < MOST_NAMED:
                first.append(ticket.reference)
    return RouteMoves(looked_at=looked_at, moved=moved.most_common(), first=first)


def compare_targets(
    uow: UnitOfWork, old: Desk, new: Desk, *, now: datetime, limit: int = REHEARSED
) -> MissedTargets:
    """What would have been missed under both, by the same reckoning."""
    runs = WhatIf(old, until=now), WhatIf(new, until=now)
    ids = uow.tickets.last_changed(TicketFilter(statuses=_EVERY), limit=limit)
    wanted, after = TicketFilter(statuses=_EVERY, among=frozenset(ids)), 0
    while ids and (page := read_past(uow, wanted, after=after)):
        for past in page:
            for run in runs:
                run.take(past)
        after = page[-1].ticket.id
    missed = [sum(each.missed[1] for each in run.findings.sums.values()) for run in runs]
    return MissedTargets(looked_at=runs[0].findings.tickets, before=missed[0], after=missed[1])


def _past_requests(
    uow: UnitOfWork, limit: int
) -> Iterator[tuple[Ticket, str, Person, Sequence[LookupAnswer]]]:
    ids = uow.tickets.last_changed(TicketFilter(statuses=_EVERY), limit=limit)
    if not ids:
        return
    tickets = uow.tickets.walk(TicketFilter(statuses=_EVERY, among=frozenset(ids)), limit=limit)
    words = uow.messages.first_words([each.id for each in tickets])
    requesters = {each.requester for each in tickets}
    people, answers = uow.people.find_many(requesters), uow.lookups.of_people(requesters)
    for ticket in tickets:
        person = people.get(ticket.requester) or Person(key=ticket.requester, name=ticket.requester)
        yield ticket, words.get(ticket.id, ""), person, answers.get(ticket.requester, ())
