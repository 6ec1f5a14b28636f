"""A person's home page: what they lead, what they work on, and what they asked, each only where it applies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.directory import Person, Team, kept_as
from bot.domain.tickets.conversation import PublicMessage, Side
from bot.domain.tickets.queue_order import QueuePart, is_at_risk, is_overdue
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import (
    Bold,
    Button,
    Home,
    HomeLine,
    HomeSection,
    MessageLink,
    Moment,
    RichText,
    Tone,
)
from bot.ports.storage.tickets import MOST_COUNTED, TicketFilter
from bot.services.context.membership import people_meant
from bot.services.context.reader import PageReader
from bot.services.context.view import View
from bot.services.search.ticket_search import SearchScope, visibility_in
from bot.services.views.ticket_views import count_view, name_to_ask, views_seen
from bot.text import terms
from bot.text.sentences import say, words
from bot.views.acknowledgement import at_work
from bot.views.claim_button import claim_button
from bot.views.lists.ticket_line import private_mark
from bot.views.lists.view_counts import shown_count

LISTED = 10
"""Tickets of one section; a page has room for about a hundred blocks."""
LOOKED_AT = 60
"""Of one who asks all the time, the first in the order of queues: live ones before finished ones."""
MOST_VIEWS = 25
"""Views on a page; each is a button and has been counted."""
RECENTLY_TOUCHED = 20
RECENT_ANSWERS = 5
ANSWER_LIMIT = 150


def home(view: View, person_key: str) -> Home:
    person = view.person(person_key)
    teams = view.desk.teams_of(person)
    led = tuple(team for team in teams if team.has_lead(person))
    sections: list[HomeSection] = []
    if led:
        sections += _of_lead(view, led, view.language)
    if teams:
        sections += [*_of_agent(view, person, teams), _views(view, person)]
    sections += _of_requester(view, person)
    label = words(view.language, "home.ask")
    ask = Button(label=label, verb=verbs.OPEN, opens_form=True, is_primary=True)
    return Home(title=view.desk.name, sections=tuple(sections), buttons=(ask,))


def _of_lead(view: View, teams: Sequence[Team], language: str) -> list[HomeSection]:
    """How much each agent has, and the promises broken or about to be."""
    live = TicketFilter(teams=kept_as(teams))
    breached = replace(live, due_before=view.now)
    at_risk = replace(live, is_warned=True, due_after=view.now)
    return [
        HomeSection(
            title=words(language, "home.load"), lines=tuple(_load(view, team, language) for team in teams)
        ),
        _of_sla(view, "breached", breached, language),
        _of_sla(view, "at_risk", at_risk, language),
    ]


def _of_sla(view: View, name: str, wanted: TicketFilter, language: str) -> HomeSection:
    lines = [_line(view, each, language) for each in _search(view, wanted, limit=LISTED)]
    return _section(language, name, lines, count=_count(view, wanted))


def _load(view: View, team: Team, language: str) -> HomeLine:
    """Of this team's tickets: who answers for several teams has them apart."""
    agents = people_meant(view.uow, team.agents)
    load = {each.agent: each.many for each in view.uow.figures.loads(team.names)}
    waiting = _count(view, _unclaimed(view, [team]))
    unassigned = words(language, "home.count_unassigned", number=min(waiting, MOST_COUNTED))
    loads = [unassigned, *(f"{agent.name} {load.get(agent.key, 0)}" for agent in agents)]
    return HomeLine(text=(Bold(team.title), f"  {' · '.join(loads)}"))


def _views(view: View, person: Person) -> HomeSection:
    """The views that `/desk view` lists, each with how many tickets it holds."""
    reader = PageReader(uow=view.uow, desk=view.desk, actor=person, now=view.now, language=view.language)
    visibility = visibility_in(reader, SearchScope.SEEN)
    views = views_seen(reader)[:MOST_VIEWS]
    counts = [shown_count(count_view(reader, each, visibility=visibility), view.language) for each in views]
    buttons = tuple(
        Button(label=f"{each.title} · {count}", verb=verbs.VIEW, options={"name": name_to_ask(reader, each)})
        for each, count in zip(views, counts, strict=True)
    )
    line = HomeLine(text=say(view.language, "home.open_a_view"), buttons=buttons)
    return HomeSection(title=words(view.language, "home.views"), lines=(line,))


def _of_agent(view: View, person: Person, teams: Sequence[Team]) -> list[HomeSection]:
    held, unclaimed = TicketFilter(assignee=person.key), _unclaimed(view, teams)
    mine, waiting = (_search(view, each, limit=LISTED) for each in (held, unclaimed))
    language = view.language
    return [
        _section(
            language,
            "assigned",
            [_line(view, each, language, _resolve(each, language)) for each in mine],
            count=_count(view, held),
        ),
        _section(
            language,
            "unassigned",
            [
                _line(view, each, language, claim_button(each.reference, language, holder=None))
                for each in waiting
            ],
            count=_count(view, unclaimed),
        ),
    ]


def _of_requester(view: View, person: Person) -> list[HomeSection]:
    accounts = view.uow.identities.accounts_of(person.key)
    asked = _search(view, TicketFilter(requesters=accounts, statuses=frozenset(Status)))
    asked.sort(key=lambda ticket: ticket.updated_at, reverse=True)
    language = view.language
    live = [ticket for ticket in asked if ticket.status.is_live]
    shown = sorted(live, key=lambda ticket: not ticket.waits_for_requester)[:LISTED]
    worked_on = at_work(view, shown)
    lines = [
        HomeLine(text=_state(view, ticket, language, is_at_work=ticket.id in worked_on)) for ticket in shown
    ]
    answers = [line for line in (_answer(view, ticket) for ticket in asked[:RECENTLY_TOUCHED]) if line]
    count = _count(view, TicketFilter(requesters=accounts))
    sections = [_section(language, "requests", lines, count=count)]
    if answers:
        title = words(language, "home.answers")
        sections.append(HomeSection(title=title, lines=tuple(answers[:RECENT_ANSWERS])))
    return sections


def _state(view: View, ticket: Ticket, language: str, *, is_at_work: bool) -> RichText:
    facts = [ticket.subject, *_private(ticket, language), terms.status(ticket.status, language)]
    if ticket.status is Status.PENDING:
        facts[-1] = words(language, "home.waits_for_you")
    facts.append(view.team(ticket).title)
    if ticket.assignee:
        name = view.name_for_requester(ticket, ticket.assignee)
        key = "home.working_on_it" if is_at_work else "home.assigned_to"
        facts.append(words(language, key, name=name))
    return (_requesters_link(view, ticket), f" {' · '.join(facts)}")


def _answer(view: View, ticket: Ticket) -> HomeLine | None:
    """The last public reply on a ticket."""
    said = view.uow.messages.said_in_public(ticket.id)
    replies = [message for message in said if message.is_reply and not message.is_deleted]
    return _answered(view, ticket, replies[-1]) if replies else None


def _answered(view: View, ticket: Ticket, last: PublicMessage) -> HomeLine:
    text = last.text if len(last.text) <= ANSWER_LIMIT else last.text[:ANSWER_LIMIT] + "…"
    return HomeLine(
        text=(
            _requesters_link(view, ticket),
            " ",
            Bold(last.author),
            " · ",
            Moment(last.said_at),
            f"\n{text}",
        )
    )


def _line(view: View, ticket: Ticket, language: str, *buttons: Button) -> HomeLine:
    """A ticket with its nearest target."""
    reference = view.card_link(ticket, ticket.reference) or Bold(ticket.reference)
    owner = view.person(ticket.assignee).name if ticket.assignee else words(language, "team.unassigned")
    status, priority = terms.status(ticket.status, language), terms.priority(ticket.priority, language)
    facts = (ticket.subject, *_private(ticket, language), status, priority, owner)
    text: RichText = (reference, f" {' · '.join(facts)}")
    if ticket.due_at is not None:
        text += (" · ", *say(language, "team.due", at=Moment(ticket.due_at)))
    return HomeLine(text=text, buttons=buttons, tone=_tone(view, ticket))


def _private(ticket: Ticket, language: str) -> tuple[str, ...]:
    return (private_mark(ticket, language),) if ticket.is_private else ()


def _tone(view: View, ticket: Ticket) -> Tone:
    if is_overdue(ticket, view.now):
        return Tone.ALERT
    return Tone.WARNING if is_at_risk(ticket, view.now) else Tone.NEUTRAL


_LISTS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "breached": (verbs.QUEUE, {"which": QueuePart.OVERDUE}),
    "at_risk": (verbs.QUEUE, {"which": QueuePart.AT_RISK}),
    "unassigned": (verbs.QUEUE, {"which": QueuePart.UNASSIGNED}),
    "assigned": (verbs.VIEW, {"name": "mine"}),
    "requests": (verbs.LIST_OWN, {}),
}
"""By a section's name, what lists all that it counts."""


def _section(language: str, name: str, lines: Sequence[HomeLine], *, count: int = 0) -> HomeSection:
    """`count`: how many there are, where `lines` may be only the first of them."""
    more = max(min(count, MOST_COUNTED), len(lines)) - min(len(lines), LISTED)
    verb, options = _LISTS[name]
    title = words(language, f"home.{name}")
    return HomeSection(
        title=title,
        whole=Button(label=title, verb=verb, options=options),
        lines=tuple(lines[:LISTED]),
        nothing=words(language, f"home.no_{name}"),
        more=more,
        has_many_more=count > MOST_COUNTED,
    )


def _count(view: View, wanted: TicketFilter) -> int:
    return view.uow.tickets.count(wanted, at_most=MOST_COUNTED)


def _search(view: View, wanted: TicketFilter, *, limit: int = LOOKED_AT) -> list[Ticket]:
    return list(view.uow.tickets.search(wanted, limit=limit))


def _unclaimed(view: View, teams: Sequence[Team]) -> TicketFilter:
    return TicketFilter(teams=kept_as(teams), is_unassigned=True, awake_at=view.now)


def _requesters_link(view: View, ticket: Ticket) -> Bold | MessageLink:
    """To the requester's own thread; never to a team's channel."""
    for conversation in view.uow.conversations.of_ticket(ticket.id):
        if conversation.side is Side.REQUESTER and conversation.root and not conversation.is_retired:
            return MessageLink(ticket.reference, conversation.channel, conversation.root)
    return Bold(ticket.reference)


def _resolve(ticket: Ticket, language: str) -> Button:
    label = words(language, "team.button_resolve")
    return Button(label=label, verb=verbs.RESOLVE, ticket=ticket.reference, opens_form=True)
