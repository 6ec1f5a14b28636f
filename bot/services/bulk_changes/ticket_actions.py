"""What a change of many tickets does to each: the use case of that one ticket, and what would refuse it.

`check` asks of a copy, so that a preview changes nothing; what it promises is asked once more when it is done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from bot.domain.bulk_changes.bulk_change import BulkAction, BulkChange
from bot.domain.directory import Person, Team
from bot.domain.errors import FieldsRefused, NotAllowed, Refused
from bot.domain.sentence import sentence
from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.ticket import Priority, Ticket
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.communities import check_transfer
from bot.services.tickets.copy_rules import is_read_by_requester, owes_words
from bot.services.tickets.fields.changes import set_fields
from bot.services.tickets.fields.requirements import ResolutionIncomplete, missing_to_resolve
from bot.services.tickets.snoozes import snooze_ticket

FIELD: Final = "field."
"""Goes before a custom field's name in the details of a change, which hold its value in canonical form."""


WITH_UNANSWERED: Final = "with_unanswered"
"""Among the details of a change: private requests are resolved with it that had no answer of their own."""


UNANSWERED: Final = "bulk.private_unanswered"
"""Key of why such a request was left."""


class TicketAction(Protocol):
    """Both raise Refused, and AlreadySo where nothing would change."""

    def check(self, context: Context, ticket: Ticket) -> None:
        """Whether it can be done; `ticket` is a copy."""
        ...

    def apply(self, context: Context, ticket: Ticket) -> None:
        """Do it to a locked ticket."""
        ...


def action_of(context: Context, change: BulkChange) -> TicketAction:
    """Raises Refused for what is no more in the configuration, or a person who is not known."""
    assert change.action is not None, "a change begins once it is said what is to be done"
    return _MADE[change.action](context, change.details)


def check_action(context: Context, action: TicketAction, ticket: Ticket) -> None:
    """Raises Refused with why it cannot be done to this ticket by the actor."""
    if not context.is_agent_of(ticket):
        raise NotAllowed("bulk.not_yours", reference=ticket.reference)
    action.check(context, replace(ticket))


@dataclass(frozen=True, slots=True)
class _Claim:
    def check(self, context: Context, ticket: Ticket) -> None:
        ticket.claim(actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        actions.claim_ticket(context, ticket)


@dataclass(frozen=True, slots=True)
class _Assign:
    person: Person

    def check(self, context: Context, ticket: Ticket) -> None:
        team = context.team_of(ticket)
        if not context.desk.teams_of(self.person):
            raise NotAllowed("refusals.no_agent", name=self.person.name)
        if not team.has_agent(self.person):
            raise NotAllowed(
                "refusals.not_of_team", name=self.person.name, team=team.title, reference=ticket.reference
            )
        ticket.assign(to=self.person.key, actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        actions.assign_ticket(context, ticket, to=self.person)


@dataclass(frozen=True, slots=True)
class _Release:
    def check(self, context: Context, ticket: Ticket) -> None:
        ticket.release(actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        actions.release_ticket(context, ticket)


@dataclass(frozen=True, slots=True)
class _Tag:
    add: tuple[str, ...]
    remove: tuple[str, ...]

    def check(self, context: Context, ticket: Ticket) -> None:
        ticket.tag(add=self.add, remove=self.remove, actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        actions.tag_ticket(context, ticket, add=self.add, remove=self.remove)


@dataclass(frozen=True, slots=True)
class _SetPriority:
    priority: Priority

    def check(self, context: Context, ticket: Ticket) -> None:
        ticket.set_priority(self.priority, actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        actions.set_priority(context, ticket, self.priority)


@dataclass(frozen=True, slots=True)
class _SetFields:
    values: Mapping[str, str]

    def check(self, context: Context, ticket: Ticket) -> None:
        ticket.set_fields(self._fields(context, ticket), actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        set_fields(context, ticket, self._fields(context, ticket))

    def _fields(self, context: Context, ticket: Ticket) -> list[tuple[CustomField, str]]:
        """Raises Refused where the ticket has not all of these fields."""
        known = {each.name: each for each in context.desk.custom_fields.of(ticket)}
        for name in self.values:
            if name not in known:
                raise Refused("bulk.no_such_field", reference=ticket.reference, field=name)
        return [(known[name], value) for name, value in self.values.items()]


@dataclass(frozen=True, slots=True)
class _Transfer:
    """A private ticket is shown to another team by itself alone, after a question."""

    team: Team
    reason: str

    def check(self, context: Context, ticket: Ticket) -> None:
        if ticket.is_private and ticket.team != self.team.name:
            raise Refused("bulk.private", reference=ticket.reference)
        check_transfer(context, ticket, self.team)
        ticket.transfer(team=self.team.name, by=context.actor.name, actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        actions.transfer_ticket(context, ticket, team=self.team, reason=self.reason)


@dataclass(frozen=True, slots=True)
class _Snooze:
    until: datetime
    reason: str

    def check(self, context: Context, ticket: Ticket) -> None:
        if self.until <= context.now:
            raise Refused("refusals.time_over")
        ticket.snooze(until=self.until, actor=context.actor.key, at=context.now)

    def apply(self, context: Context, ticket: Ticket) -> None:
        self.check(context, replace(ticket))
        snooze_ticket(context, ticket, until=self.until, reason=self.reason)


@dataclass(frozen=True, slots=True)
class _Resolve:
    """Who asked something private and heard nothing yet is not told what many are told, unless that is meant."""

    words: str
    takes_unanswered: bool

    def check(self, context: Context, ticket: Ticket) -> None:
        is_unanswered = ticket.is_private and actions.is_unanswered(ticket)
        if is_unanswered and not self.takes_unanswered and is_read_by_requester(context.uow, ticket):
            raise Refused(UNANSWERED, reference=ticket.reference)
        ticket.resolve(actor=context.actor.key, at=context.now, resolution=self.words)
        as_it_is = context.uow.tickets.get(ticket.id)
        if missing := missing_to_resolve(context, as_it_is, has_words=bool(self.words)):
            raise ResolutionIncomplete(context, as_it_is, missing)
        if not self.words and owes_words(context.uow, as_it_is):
            raise FieldsRefused(
                {"resolution": sentence("refusals.resolution_needed", reference=ticket.reference)}
            )

    def apply(self, context: Context, ticket: Ticket) -> None:
        actions.resolve_ticket(context, ticket, resolution=self.words)


def _assign(context: Context, details: Mapping[str, str]) -> TicketAction:
    person = context.uow.people.find(details["person"])
    if person is None:
        raise Refused("commands.unknown_person", text=details["person"])
    return _Assign(person)


def _transfer(context: Context, details: Mapping[str, str]) -> TicketAction:
    team = context.desk.teams.get(details["team"])
    if team is None:
        raise Refused("commands.unknown_team", text=details["team"])
    return _Transfer(team, details.get("reason", ""))


def _words(details: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(details.get(name, "").split())


_MADE: Final[Mapping[BulkAction, Callable[[Context, Mapping[str, str]], TicketAction]]] = {
    BulkAction.CLAIM: lambda *_: _Claim(),
    BulkAction.ASSIGN: _assign,
    BulkAction.RELEASE: lambda *_: _Release(),
    BulkAction.TAG: lambda _, details: _Tag(_words(details, "add"), _words(details, "remove")),
    BulkAction.PRIORITY: lambda _, details: _SetPriority(Priority(details["priority"])),
    BulkAction.SET_FIELDS: lambda _, details: _SetFields(
        {name.removeprefix(FIELD): value for name, value in details.items() if name.startswith(FIELD)}
    ),
    BulkAction.TRANSFER: _transfer,
    BulkAction.SNOOZE: lambda _, details: _Snooze(
        datetime.fromisoformat(details["until"]), details.get("reason", "")
    ),
    BulkAction.RESOLVE: lambda _, details: _Resolve(
        details.get("resolution", ""), takes_unanswered=WITH_UNANSWERED in details
    ),
}
