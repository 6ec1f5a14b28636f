"""What may be meant while somebody types an option: tickets, teams, tags, macros; nothing they may not see."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.commands.access import require
from bot.commands.command import Command, OptionKind
from bot.commands.registry import Registry
from bot.domain.errors import Refused
from bot.domain.ticket import Status, Ticket
from bot.messages.inbound import SuggestionsWanted
from bot.ports.unit_of_work import TicketFilter
from bot.services.communities import community_of_ticket
from bot.services.work import Work

MOST = 25
LOOKED_AT = 200
TICKET = "ticket"

Suggestion = tuple[str, str]
"""A value, and what to show for it."""


def suggest(work: Work, registry: Registry, wanted: SuggestionsWanted) -> Sequence[Suggestion]:
    """Best first; what begins with the typed words goes before what holds them elsewhere."""
    group, _, verb = wanted.verb.partition(" ")
    command = registry.find(group, verb)
    if command is None or not _may_use(work, command):
        return ()
    if wanted.option == TICKET:
        return _fitting(_tickets(work, command), wanted.typed)
    option = next((each for each in command.options if each.name == wanted.option), None)
    match option.kind if option is not None else None:
        case OptionKind.TEAM:
            return _fitting(_teams(work, wanted), wanted.typed)
        case OptionKind.TAGS:
            return _tags(work, wanted.typed)
        case OptionKind.MACRO:
            return _fitting([(each.name, each.title) for each in work.desk.macros.values()], wanted.typed)
        case _:
            return ()


def _may_use(work: Work, command: Command) -> bool:
    try:
        require(work, command, None)
    except Refused:
        return False
    return True


def _tickets(work: Work, command: Command) -> list[Suggestion]:
    """Those that the command offers by itself, first; then all that the person may name in it."""
    fitting = command.fitting(work) if command.fitting is not None else TicketFilter()
    found: dict[int, Ticket] = {}
    for filtered in (fitting, *_wider(work, fitting)):
        for ticket in work.uow.tickets.search(filtered, limit=LOOKED_AT):
            if ticket.id not in found and _may_name(work, command, ticket):
                found[ticket.id] = ticket
    return [(each.reference, f"{each.reference} · {each.subject}"[:100]) for each in found.values()]


def _wider(work: Work, fitting: TicketFilter) -> list[TicketFilter]:
    """An agent may name any ticket of their teams, and everybody any of their own."""
    teams = frozenset(team.name for team in work.desk.teams_of(work.actor))
    statuses = fitting.statuses or frozenset[Status]()
    own = TicketFilter(requester=work.actor.key, statuses=statuses)
    return [own, *([replace(own, requester=None, teams=teams)] if teams else [])]


def _may_name(work: Work, command: Command, ticket: Ticket) -> bool:
    try:
        require(work, command, ticket)
    except Refused:
        return False
    return True


def _teams(work: Work, wanted: SuggestionsWanted) -> list[Suggestion]:
    """The teams that a ticket may go to: never those of another community."""
    community = _community(work, wanted)
    return [
        (team.name, team.title)
        for team in work.desk.teams.values()
        if community is None or team.community in (None, community)
    ]


def _community(work: Work, wanted: SuggestionsWanted) -> str | None:
    digits = "".join(sign for sign in wanted.ticket or "" if sign.isdecimal())
    ticket = work.uow.tickets.find(work.desk.prefix, int(digits)) if digits else None
    if ticket is None and wanted.spot.thread is not None:
        conversation = work.uow.conversations.find(wanted.spot.channel, wanted.spot.thread)
        known = conversation.ticket_id if conversation is not None else None
        ticket = work.uow.tickets.get(known) if known is not None else None
    if ticket is not None:
        return community_of_ticket(work.desk, ticket)
    here = work.desk.community_called(wanted.spot.community or "")
    return here.name if here is not None else None


def _tags(work: Work, typed: str) -> list[Suggestion]:
    """The last word that is being typed, completed; what was typed before it stays."""
    *before, last = typed.split(" ")
    sign = last[:1] if last[:1] in ("+", "-") else ""
    teams = frozenset(team.name for team in work.desk.teams_of(work.actor))
    tickets = work.uow.tickets.search(TicketFilter(teams=teams), limit=LOOKED_AT)
    known = sorted({tag for ticket in tickets for tag in ticket.tags})
    found = _fitting([(tag, tag) for tag in known], last.lstrip("+-"))
    lines = [" ".join([*before, sign + tag]) for tag, _ in found]
    return [(line[:100], line[:100]) for line in dict.fromkeys([*lines, *([typed] if typed else [])])][:MOST]


def _fitting(suggestions: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    words = typed.strip().casefold()
    listed = list(suggestions)
    first = [each for each in listed if any(part.casefold().startswith(words) for part in each)]
    others = [each for each in listed if each not in first and any(words in part.casefold() for part in each)]
    return [*first, *others][:MOST]
