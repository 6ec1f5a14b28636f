"""Who of a team reads a private request, by name: perhaps the very person it is to be kept from is one of them."""

import re
from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.macros.placeholders import first_name
from bot.domain.tickets.privacy_words import wants_confidence
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import RichText
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.membership import people_meant
from bot.text.amounts import listed
from bot.text.sentences import joined, say

MOST_READERS: Final = 4


def says_who_reads(uow: UnitOfWork, desk: Desk, ticket: Ticket, *, language: str) -> RichText:
    """To its requester: some of its team, and whom of them its words name. Nothing for an anonymous team's."""
    team = desk.team_of(ticket)
    if team.is_anonymous:
        return ()
    own = {ticket.requester, *uow.identities.accounts_of(ticket.requester)}
    known = people_meant(uow, sorted(team.staff))
    people = [each for each in known if each.key not in own]
    unknown = sorted(
        each for each in team.staff if not any(one.answers_to(frozenset({each})) for one in known)
    )
    names = (*dict.fromkeys(each.name for each in people), *(each for each in unknown if "@" in each))
    unnamed = len([each for each in unknown if "@" not in each])
    told = says_readers("answers.private_readers", team, names, unnamed=unnamed, language=language)
    text = uow.messages.opening_of(ticket).text
    named = tuple(dict.fromkeys(each.name for each in people if _is_named(each, text)))
    if not named:
        return told
    return joined(told, say(language, "requester.named_reads", people=listed(named, language)))


def is_worth_naming(uow: UnitOfWork, desk: Desk, ticket: Ticket) -> bool:
    """Whether its requester is told unasked: what a team takes in confidence, or is to be kept from others."""
    if not ticket.is_private or not ticket.status.is_live:
        return False
    return desk.router.takes_in_confidence(ticket.team) or wants_confidence(
        uow.messages.opening_of(ticket).text
    )


def says_readers(
    key: str, team: Team, names: tuple[str, ...], *, unnamed: int = 0, language: str
) -> RichText:
    """As many as are read at a glance, and how many more, those with no name among them; nothing for no names."""
    if not names:
        return ()
    more = len(names[MOST_READERS:]) + unnamed
    if not more:
        return say(language, key, team=team.title, people=listed(names, language))
    return say(language, f"{key}_some", team=team.title, people=", ".join(names[:MOST_READERS]), count=more)


def _is_named(person: Person, text: str) -> bool:
    """By their whole name, or by the first one as it is spelled: `will` is no Will."""
    is_whole = re.search(rf"\b{re.escape(person.name)}\b", text, re.IGNORECASE) is not None
    first = first_name(person.name)
    return is_whole or (bool(first) and re.search(rf"\b{re.escape(first)}\b", text) is not None)
