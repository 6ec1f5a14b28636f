"""What may be meant while somebody types an option: tickets, teams, tags, macros; nothing they may not see."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.caches.known_staff import agents_among, offered, staff_met
from bot.commands.framework.access import may_use
from bot.commands.framework.command import EVERYBODY, Command, Option, OptionKind
from bot.commands.framework.fields.suggestions import suggested_assignments
from bot.commands.framework.forms import choices_of, queue_choice
from bot.commands.framework.macros.labels import macro_label
from bot.commands.framework.parsing import read_reference
from bot.commands.framework.registry import Registry
from bot.domain.directory import kept_as
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import SuggestionsWanted
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.knowledge.known_articles import changeable_articles, readable_articles, readership_here
from bot.services.macros.known_macros import KnownMacro, macros_for
from bot.services.macros.written_changes import writable_macros
from bot.services.search.completion import complete
from bot.services.search.ticket_search import SearchScope
from bot.services.views.ticket_views import removable, views_seen

MOST = 25
"""Choices and, below, their characters:
https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure"""
LONGEST = 100
LOOKED_AT = 200
TICKET = "ticket"

Suggestion = tuple[str, str]
"""A value, and what to show for it."""


def suggest(context: Context, registry: Registry, wanted: SuggestionsWanted) -> Sequence[Suggestion]:
    """Best first; what begins with the typed words goes before what holds them elsewhere."""
    group, _, verb = wanted.verb.partition(" ")
    command = registry.find(group, verb)
    if command is None or not may_use(context, command, None):
        return ()
    if wanted.option == TICKET and command.on_ticket is not None:
        return _fitting(_tickets(context, command, wanted.typed.strip()[:LONGEST]), wanted.typed)
    ticket = _ticket_meant(context, command, wanted)
    option = next((each for each in command.options if each.name == wanted.option), None)
    match option.kind if option is not None else None:
        case OptionKind.TEAM:
            return _fitting(_teams(context, command, wanted, ticket), wanted.typed)
        case OptionKind.AGENT:
            queue = [queue_choice(context.language)] if option is not None and option.or_queue else []
            return _fitting([*_agents(context, ticket), *queue], wanted.typed)
        case OptionKind.TAGS:
            return _tags(context, ticket, wanted.typed)
        case OptionKind.FIELDS:
            return _short(suggested_assignments(context, ticket, wanted.typed))
        case OptionKind.MACRO:
            return _macros(context, ticket, wanted.typed)
        case (OptionKind.VIEW | OptionKind.SAVED_VIEW) as kind:
            return _fitting(_views(context, kind), wanted.typed)
        case (OptionKind.OWN_MACRO | OptionKind.ARTICLE | OptionKind.OWN_ARTICLE) as kind:
            return _fitting(_written(context, kind, wanted), wanted.typed)
        case OptionKind.SEARCH:
            scope = SearchScope.OWN if command.group == EVERYBODY else SearchScope.SEEN
            return _short(complete(context, wanted.typed, scope=scope))
        case OptionKind.OWN_REQUESTS | OptionKind.CATEGORY if option is not None:
            return _chosen(context, option, wanted.typed)
        case _:
            return ()


def _chosen(context: Context, option: Option, typed: str) -> Sequence[Suggestion]:
    """Without a letter a list of one's own requests is a whole command, which Enter sends."""
    if option.kind is OptionKind.OWN_REQUESTS and not typed.strip():
        return ()
    return _fitting(choices_of(option, context.desk, language=context.language), typed)


def _ticket_meant(context: Context, command: Command, wanted: SuggestionsWanted) -> Ticket | None:
    """The ticket that is named already, else this thread's; None for one that is not the actor's business."""
    ticket = None
    if wanted.ticket:
        ticket = _named(context, wanted.ticket)
    elif wanted.location.thread is not None:
        conversation = context.uow.conversations.find(wanted.location.channel, wanted.location.thread)
        known = conversation.ticket_id if conversation is not None else None
        ticket = context.uow.tickets.get(known) if known is not None else None
    return ticket if ticket is not None and may_use(context, command, ticket) else None


def _named(context: Context, words: str) -> Ticket | None:
    reference = read_reference(words.strip(), prefix=context.desk.prefix)
    return context.uow.tickets.find(reference.prefix, reference.number) if reference is not None else None


def _written(context: Context, kind: OptionKind, wanted: SuggestionsWanted) -> list[Suggestion]:
    """Macros that the actor may change; articles that they may change, or read where they type."""
    if kind is OptionKind.OWN_MACRO:
        return _labelled(context, writable_macros(context))
    if kind is OptionKind.OWN_ARTICLE:
        found = changeable_articles(context)
    else:
        found = readable_articles(context, readership_here(context, wanted.location))
    return [(each.name, f"{each.title} · {each.name}"[:LONGEST]) for each in found]


def _tickets(context: Context, command: Command, typed: str) -> list[Suggestion]:
    """The one whose number was typed, those that the command offers by itself, then whatever else may be named."""
    fitting = command.fitting(context) if command.fitting is not None else TicketFilter()
    named = _named(context, typed) if typed else None
    found: dict[int, Ticket] = {named.id: named} if named is not None else {}
    for filtered in (fitting, *_wider(context, fitting)):
        found |= {
            ticket.id: ticket
            for ticket in context.uow.tickets.search(replace(filtered, holding=typed), limit=LOOKED_AT)
            if ticket.id not in found
        }
    usable = [ticket for ticket in found.values() if may_use(context, command, ticket)]
    return [(each.reference, f"{each.reference} · {each.subject}"[:LONGEST]) for each in usable]


def _wider(context: Context, fitting: TicketFilter) -> list[TicketFilter]:
    """An agent may name any ticket of their teams, and everybody any of their own, in a state that fits."""
    teams = kept_as(context.desk.teams_of(context.actor))
    own = replace(fitting, requesters=context.accounts, teams=None, assignee=None)
    return [own, *([replace(own, requesters=None, teams=teams)] if teams else [])]


def _teams(
    context: Context, command: Command, wanted: SuggestionsWanted, ticket: Ticket | None
) -> list[Suggestion]:
    """The teams that a ticket may go to: never those of another community; or those whose queues one may read."""
    if command.on_ticket is None:
        return [(team.name, team.title) for team in context.desk.teams_of(context.actor)]
    teams = list(context.desk.teams.values())
    if ticket is not None:
        teams = [each for each in teams if each.name != ticket.team and context.desk.serves(each, ticket)]
    elif here := context.desk.community_called(wanted.location.community or ""):
        teams = [each for each in teams if each.community in (None, here.name)]
    return [(team.name, team.title) for team in teams]


def _agents(context: Context, ticket: Ticket | None) -> list[Suggestion]:
    """Whom the ticket can be assigned to; without one, whom any ticket of the actor's teams can."""
    teams = (context.team_of(ticket),) if ticket is not None else context.desk.teams_of(context.actor)
    people = staff_met(context.uow, teams).values()
    return offered(agents_among(people, teams, actor=context.actor), teams)


def _macros(context: Context, ticket: Ticket | None, typed: str) -> Sequence[Suggestion]:
    """Where the ticket is typed in the same line, it goes before each name."""
    first, space, rest = typed.partition(" ")
    if not space or read_reference(first, prefix=context.desk.prefix) is None:
        return _fitting(_labelled(context, macros_for(context, ticket)), typed)
    found = _fitting(_labelled(context, macros_for(context, ticket)), rest)
    return [(f"{first} {value}", label) for value, label in found]


def _labelled(context: Context, macros: Iterable[KnownMacro]) -> list[Suggestion]:
    return [(each.macro.name, macro_label(context, each)) for each in macros]


def _views(context: Context, kind: OptionKind) -> list[Suggestion]:
    """Their names, by which they are found whatever language their titles are in, as they can be typed."""
    views = removable(context) if kind is OptionKind.SAVED_VIEW else views_seen(context)
    titles = [each.title if each.team is None else f"{each.title} · {each.team}" for each in views]
    return [
        (f'"{each.name}"' if " " in each.name else each.name, title)
        for each, title in zip(views, titles, strict=True)
    ]


def _tags(context: Context, ticket: Ticket | None, typed: str) -> list[Suggestion]:
    """The last word that is being typed, completed from the tags in use; with a minus, from those the ticket has."""
    *before, last = typed.split(" ")
    sign = last[:1] if last[:1] in ("+", "-") else ""
    has: tuple[str, ...] = ticket.tags if ticket is not None else ()
    known = sorted(has) if sign == "-" and ticket is not None else sorted(_tags_in_use(context) - set(has))
    found = _fitting([(tag, tag) for tag in known], last.lstrip("+-"))
    lines = [" ".join([*before, sign + tag]) for tag, _ in found]
    every = dict.fromkeys([*([typed] if typed.strip() else []), *lines])
    return [(line, line) for line in every if len(line) <= LONGEST][:MOST]


def _tags_in_use(context: Context) -> set[str]:
    teams = frozenset(team.name for team in context.desk.teams_of(context.actor))
    tickets = context.uow.tickets.search(TicketFilter(teams=teams), limit=LOOKED_AT)
    return {tag for ticket in tickets for tag in ticket.tags}


def _short(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Without those that a platform would cut: half of it means something else."""
    return [(value, label[:LONGEST]) for value, label in suggestions if len(value) <= LONGEST][:MOST]


def _fitting(suggestions: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    words = typed.strip().casefold()
    found = [each for each in suggestions if any(words in part.casefold() for part in each)]
    return sorted(found, key=lambda each: not _begins(each, words))[:MOST]


def _begins(suggestion: Suggestion, words: str) -> bool:
    return any(part.casefold().startswith(words) for part in suggestion)
