"""The teams that take matters in confidence: to which a request that was just made private may go instead."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.directory import Person, Team
from bot.domain.events import TicketTransferred
from bot.domain.routing.request import Request
from bot.domain.tickets.privacy import TicketMadePrivate
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.services.context.context import Context
from bot.services.lookups.known_facts import known_facts

MOST_OFFERED: Final = 3


def confidential_teams(context: Context, ticket: Ticket) -> tuple[Team, ...]:
    """Those that rules give its words to in private come first, then those of private inboxes.

    Not the team that has it, nor one that it has left. Where each team has a private inbox, that tells nothing.
    """
    return _confidential_teams(context, ticket, context.uow.audit_log.of_ticket(ticket.id))


def _confidential_teams(context: Context, ticket: Ticket, entries: Sequence[AuditEntry]) -> tuple[Team, ...]:
    served = _served(context, ticket)
    of_inboxes = _teams_of_private_inboxes(context, served)
    by_words = _team_by_words(context, ticket)
    transferred = (each for each in entries if each.event == TicketTransferred.stored_as)
    left = {ticket.team, *(str(each.details["before"]) for each in transferred)}
    found = [each for each in served if each.name not in left and each.name in {*of_inboxes, by_words}]
    return tuple(sorted(found, key=lambda each: each.name != by_words))


def is_for_confidence(context: Context, ticket: Ticket, text: str) -> bool:
    """Whether what its requester, who acts, has just asked in public is for a team that takes such in private.

    A rule gives its words to another team in private, or gave it to a team of a private inbox, and in the open.
    Nothing is read for it: what other systems know of people does not count here.
    """
    inbox = context.desk.inbox_at(ticket.origin)
    is_own_inbox = inbox is not None and context.desk.router.only_team(inbox.name) == ticket.team
    if not is_own_inbox and takes_in_confidence(context, ticket, ticket.team):
        return True
    asked = _by_its_words(context, ticket, text=text, person=context.actor)
    return context.desk.router.team_in_confidence(asked) not in (None, ticket.team)


def takes_in_confidence(context: Context, ticket: Ticket, team: str) -> bool:
    """Whether a private inbox leads to this team, and it is not the one that takes whatever no rule does."""
    desk = context.desk
    if team in (desk.default_team, *(each.default_team for each in desk.communities.values())):
        return False
    return team in _teams_of_private_inboxes(context, _served(context, ticket))


def is_still_here(context: Context, ticket: Ticket) -> bool:
    """Whether nobody has given it to another team since it is private, so that its requester may still choose."""
    return _is_live_private(ticket) and _is_still_here(context.uow.audit_log.of_ticket(ticket.id))


def _is_live_private(ticket: Ticket) -> bool:
    return ticket.is_private and ticket.status.is_live


def _is_still_here(entries: Sequence[AuditEntry]) -> bool:
    changes = [each.event for each in entries]
    private_since = TicketMadePrivate.stored_as
    since = changes[changes.index(private_since) :] if private_since in changes else changes
    return TicketTransferred.stored_as not in since


def offered_teams(context: Context, ticket: Ticket, *, was_open: bool = False) -> tuple[Team, ...]:
    """Those that are offered to its requester, as long as they may choose.

    `was_open`: only where others could read it before. What was asked in private went by the rules for that at once.
    """
    if not _is_live_private(ticket):
        return ()
    entries = context.uow.audit_log.of_ticket(ticket.id)
    if was_open and all(each.event != TicketMadePrivate.stored_as for each in entries):
        return ()
    return _confidential_teams(context, ticket, entries)[:MOST_OFFERED] if _is_still_here(entries) else ()


def _served(context: Context, ticket: Ticket) -> list[Team]:
    return [each for each in context.desk.teams.values() if context.desk.serves(each, ticket)]


def _teams_of_private_inboxes(context: Context, served: Iterable[Team]) -> frozenset[str]:
    """None where each of the teams that may have it is one."""
    router, found = context.desk.router, set[str]()
    for inbox in context.desk.inboxes.values():
        if inbox.is_private:
            only = router.only_team(inbox.name)
            found |= {only} if only is not None else router.teams_for(("inbox", inbox.name))
    return frozenset(found) if any(each.name not in found for each in served) else frozenset()


def _team_by_words(context: Context, ticket: Ticket) -> str | None:
    """The team of the rule that its words alone match once they are private, wherever they were asked."""
    text = context.uow.messages.get(ticket.opening).text if ticket.opening is not None else ticket.subject
    requester = context.uow.people.find(ticket.requester)
    person = requester or Person(key=ticket.requester, name=ticket.requester)
    asked = _by_its_words(context, ticket, text=text, person=person)
    looked_up = known_facts(context.uow, context.desk, ticket.requester)
    verdict = context.desk.router.route(replace(asked, is_private=True, looked_up=looked_up))
    return verdict.team if verdict.rule is not None else None


def _by_its_words(context: Context, ticket: Ticket, *, text: str, person: Person) -> Request:
    return Request(
        text=text,
        platform=ticket.origin.platform,
        inbox=None,
        person=person,
        at=context.now,
        fields=ticket.fields,
        community=context.desk.community_of(ticket),
        language=lambda: context.language_of(text),
    )
