"""Who gets a new ticket by itself: the person a rule names, or whom the team's ways choose among those with room.

And who is asked to take one that comes back unassigned, or hears of a new one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Protocol, assert_never

from bot.domain import events as happened
from bot.domain.assignment.choice import Candidate, Choice, ChosenAgent, Obstacle, Turn, choose
from bot.domain.assignment.named_people import names
from bot.domain.assignment.workload import TicketNeeds
from bot.domain.desk import Desk
from bot.domain.directory import DESK, Assignment, NewPing, Person, Team, is_group
from bot.domain.routing.quoted_reason import BY_RULE, BY_RULE_ALONE
from bot.domain.routing.router import Rule, Verdict
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.custom_field import CATEGORY
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.on_call.roster import Roster, on_call, present, rota_of

MOST_PINGED: Final = 20
"""Members of a user group whom a card mentions."""
_COUNTING: Final = frozenset({Assignment.LEAST_BUSY, Assignment.SKILL})
"""Ways that ask how much everybody has."""
OF_ROTA: Final = frozenset({Assignment.NONE, Assignment.ON_CALL})
"""Ways that do not ask who of the team is there."""


class Sources(Protocol):
    """What choosing looks at: a piece of work has it, and so has rendering."""

    @property
    def uow(self) -> UnitOfWork: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a ticket is to be given out: to this person by reference, else by these ways."""

    ways: tuple[Assignment, ...]
    person: str | None = None

    @property
    def is_none(self) -> bool:
        return self.person is None and all(way is Assignment.NONE for way in self.ways)


def assign_new(context: Context, ticket: Ticket, verdict: Verdict, *, text: str = "") -> list[happened.Event]:
    """Give a ticket that is being opened with this text to somebody; no events when it waits in the queue.

    Only people the desk has met can be chosen, for an agent configured by e-mail has no key before that; nobody who
    is away, and nobody whom it names.
    """
    ways = verdict.assignment or context.team_of(ticket).assignment
    order = Order(ways=ways, person=verdict.assignee)
    return _assign(context, ticket, order, text=text or ticket.subject)


def assign_queued(
    context: Context, ticket: Ticket, *, without: frozenset[str] = frozenset()
) -> list[happened.Event]:
    """Give a locked ticket of the queue to somebody but those `without`; no events when nobody fits."""
    return _assign(context, ticket, order_for(context.desk, ticket), without=without)


def order_for(desk: Desk, ticket: Ticket) -> Order:
    """As the rule says that brought it to its team, else as the team does."""
    team, rule = desk.team_of(ticket), _rule_behind(desk, ticket)
    if rule is None:
        return Order(ways=team.assignment)
    return Order(ways=rule.assignment or team.assignment, person=rule.assignee)


class Staff:
    """Those of a team who may be given tickets now, read once for all the tickets that are looked at."""

    def __init__(self, sources: Sources, team: Team) -> None:
        self.team = team
        self._sources = sources

    @cached_property
    def roster(self) -> Roster:
        return Roster(self._sources.uow, self._sources.desk, now=self._sources.now)

    @property
    def is_closed(self) -> bool:
        """Whether the team gives out nothing now, for it is not there."""
        return self.team.workload.in_hours and not self.team.calendar.is_open(self._sources.now)

    def choice(
        self,
        ticket: Ticket,
        order: Order,
        *,
        last_given: str | None = None,
        without: frozenset[str] = frozenset(),
        text: str = "",
    ) -> Choice:
        """Who gets the ticket, or why nobody does. Nobody of those `without`, which are keys.

        Nor somebody whom it names, for it may be about them; `text` is what was asked, where it is not stored yet.
        """
        choice = self._choice(ticket, order, last_given=last_given, without=without)
        while isinstance(choice, ChosenAgent):
            text = text or _asked(self._sources.uow, ticket)
            if not names(text, choice.person.name):
                break
            without |= {choice.person.key}
            choice = self._choice(ticket, order, last_given=last_given, without=without)
        return choice

    def _choice(
        self, ticket: Ticket, order: Order, *, last_given: str | None, without: frozenset[str]
    ) -> Choice:
        if order.is_none:
            return None
        if self.is_closed:
            return Obstacle.CLOSED
        weight = self.team.workload.weight(ticket.priority)
        if order.person is not None:
            return self._named(order.person, weight=weight, without=without)
        people = (
            []
            if OF_ROTA.issuperset(order.ways)
            else [each for each in self.present if each.key not in without]
        )
        is_counted = not _COUNTING.isdisjoint(order.ways)
        return choose(
            order.ways,
            [self.candidate(each, is_counted=is_counted) for each in people],
            skills=self.team.skills,
            needs=needs_of(ticket),
            turn=self._turn(ticket, order.ways, last_given=last_given, without=without),
            weight=weight,
        )

    @cached_property
    def may_have_room(self) -> bool:
        """Whether anybody could be given one more; where not, no request needs to be looked at for that."""
        rules = self._sources.desk.router.rules
        if not self.team.workload.has_capacity or any(each.assignee for each in rules):
            return True
        least = min(self.team.workload.weight(each) for each in Priority)
        people = [*self.present, *([self.on_call] if self.on_call is not None else [])]
        return any(self.candidate(each, is_counted=False).has_room(least) for each in people)

    @cached_property
    def present(self) -> list[Person]:
        """The agents who are there, in the order of their turns."""
        return self.roster.present(self.team.agents, at=self._sources.now)

    def candidate(self, person: Person, *, is_counted: bool = True) -> Candidate:
        workload = self.team.workload
        if not (is_counted or workload.has_capacity):
            return Candidate(person=person)
        return Candidate(
            person=person,
            load=workload.load(self._counts(person)),
            capacity=workload.capacity_of(person),
            is_weighed=bool(workload.weights),
        )

    def _counts(self, person: Person) -> dict[str, int]:
        if person.key not in self._counted:
            asked = {each.key for each in self.present} | {person.key}
            found = self._sources.uow.assignments.waiting_by_priority(asked - self._counted.keys())
            self._counted.update({key: dict(counts) for key, counts in found.items()})
        return self._counted[person.key]

    @cached_property
    def _counted(self) -> dict[str, dict[str, int]]:
        return {}

    @cached_property
    def on_call(self) -> Person | None:
        rota = rota_of(self._sources.desk, self.team)
        return self.roster.on_call(rota, at=self._sources.now) if rota is not None else None

    def _named(self, reference: str, *, weight: int, without: frozenset[str]) -> Choice:
        there = self.roster.present([reference], at=self._sources.now)
        person = next((each for each in there if each.key not in without), None)
        if person is None:
            return Obstacle.NOBODY_THERE
        if not self.candidate(person, is_counted=False).has_room(weight):
            return Obstacle.ALL_FULL
        return ChosenAgent(person=person, why=sentence("history.why_rule"))

    def _turn(
        self, ticket: Ticket, ways: Sequence[Assignment], *, last_given: str | None, without: frozenset[str]
    ) -> Turn:
        last_agent = on_call = None
        if Assignment.LAST_AGENT in ways:
            uow = self._sources.uow
            accounts = uow.identities.accounts_of(ticket.requester)
            last_agent = uow.assignments.last_agent_of(accounts, team=self.team.name, before=ticket.id)
        if Assignment.ON_CALL in ways and (person := self.on_call) is not None and person.key not in without:
            on_call = self.candidate(person, is_counted=False)
        return Turn(last_given=last_given, last_agent=last_agent, on_call=on_call)


def _asked(uow: UnitOfWork, ticket: Ticket) -> str:
    return ticket.subject if ticket.opening is None else uow.messages.get(ticket.opening).text


def needs_of(ticket: Ticket) -> TicketNeeds:
    """What whoever gets the ticket may have to know: its requester's language, its category and its tags."""
    return TicketNeeds(
        language=ticket.language, category=ticket.fields.get(CATEGORY, ""), tags=frozenset(ticket.tags)
    )


def _assign(
    context: Context, ticket: Ticket, order: Order, *, without: frozenset[str] = frozenset(), text: str = ""
) -> list[happened.Event]:
    team = context.team_of(ticket)
    staff = Staff(context, team)
    if order.is_none or staff.is_closed:
        return []
    last_given, is_locked = None, team.workload.has_capacity or Assignment.ROUND_ROBIN in order.ways
    if is_locked:
        last_given = context.uow.assignments.lock_turns(_locked_with(context.desk, team))[team.name]
        if last_given is None and Assignment.ROUND_ROBIN in order.ways:
            last_given = context.uow.tickets.last_assignee(team.name)
    choice = staff.choice(ticket, order, last_given=last_given, without=without, text=text)
    if not isinstance(choice, ChosenAgent):
        return []
    if is_locked:
        context.uow.assignments.keep_turn(team.name, choice.person.key, at=context.now)
    return ticket.assign(to=choice.person.key, actor=DESK, at=context.now, why=choice.why)


def _locked_with(desk: Desk, team: Team) -> set[str]:
    """Whose tickets are not given out at the same moment, locked at once so that nobody waits in a circle.

    An agent may be of several teams, and a transaction may move tickets to several.
    """
    others = (
        each.name
        for each in desk.teams.values()
        if each.workload.has_capacity or Assignment.ROUND_ROBIN in each.assignment
    )
    return {team.name, *others}


def _rule_behind(desk: Desk, ticket: Ticket) -> Rule | None:
    """The rule that brought it to the team that has it, if it is still in force."""
    why = ticket.why_here
    while isinstance(inner := why.facts.get("why"), Sentence):
        why = inner
    name = why.facts.get("rule") if why.key in (BY_RULE, BY_RULE_ALONE) else None
    found = (each for each in desk.router.rules if each.name == name)
    return next((each for each in found if each.names_no_team or each.team == ticket.team), None)


def who_is_asked(context: Context, ticket: Ticket) -> str | None:
    """The key of the agent of its team who answered or resolved it last, if there; else of who is on call.

    None where that is whoever acts now.
    """
    team = context.team_of(ticket)
    last = next(
        (each.actor for each in reversed(context.uow.audit_log.of_ticket(ticket.id)) if _is_work(each)), ""
    )
    person = context.uow.people.find(last)
    if person is None or not team.has_agent(person) or not _present(context, [last]):
        person = on_call(context.uow, context.desk, team, now=context.now)
    return None if person is None or person.key == context.actor.key else person.key


def who_is_pinged(context: Context, ticket: Ticket) -> list[str]:
    """Keys of those who are to hear of a request that nobody has yet, as its team chose; nobody who is away.

    None while somebody has the ticket.
    """
    if ticket.assignee is not None:
        return []
    team = context.team_of(ticket)
    match team.ping_new:
        case NewPing.NOBODY:
            return []
        case NewPing.ON_CALL:
            person = on_call(context.uow, context.desk, team, now=context.now)
            return [person.key] if person is not None else []
        case NewPing.GROUP:
            return _present(context, filter(is_group, team.agents))[:MOST_PINGED]
        case NewPing.LEAST_LOADED:
            least = _least_busy(context, team)
            return [least] if least is not None else []
        case never:
            assert_never(never)


def _is_work(entry: AuditEntry) -> bool:
    is_reply = entry.event == "MessageAdded" and entry.details["kind"] == MessageKind.REPLY
    is_outcome = entry.event == "StatusChanged" and entry.details["after"] in (Status.RESOLVED, Status.CLOSED)
    return is_reply or is_outcome


def _present(context: Context, references: Iterable[str]) -> list[str]:
    return [person.key for person in present(context.uow, context.desk, references, now=context.now)]


def _least_busy(context: Context, team: Team) -> str | None:
    agents = _present(context, team.agents)
    load = context.uow.tickets.count_live_by_assignee(agents)
    return min(agents, key=lambda agent: (load[agent], agent), default=None)
