"""`/desk queue` and `/desk mine`: which tickets there are to work on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_team
from bot.commands.framework.ticket_lists import (
    TicketList,
    order_called,
    read_order,
    read_page,
    ticket_page,
)
from bot.domain.calendars.day_boundaries import day_is_over
from bot.domain.directory import Team
from bot.domain.errors import NotAllowed, Refused
from bot.domain.search.query import (
    Criterion,
    FilterName,
    Query,
    SearchOrder,
    SlaState,
    TicketState,
    TimeWindow,
)
from bot.domain.suggestions import nearest
from bot.domain.tickets.queue_order import QueuePart
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.search.ticket_search import ME
from bot.text.amounts import listed
from bot.text.sentences import words

WORDS = {
    **{str(part): part for part in QueuePart},
    **dict.fromkeys(("breached", "late", "missed"), QueuePart.OVERDUE),
    **dict.fromkeys(("risk", "atrisk"), QueuePart.AT_RISK),
    **dict.fromkeys(("unclaimed", "free"), QueuePart.UNASSIGNED),
}
"""What people type for a part of a queue."""
_OWN = frozenset({"mine", "my", "me"})
_JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _QueueRequest:
    team: Team | None = None
    which: QueuePart | None = None
    order: SearchOrder | None = None
    page: int = 1


def queue(call: Call) -> PrivateReply:
    """The open tickets of a team, or of all teams of the actor, or a part of them: a view with words of its own."""
    context = call.context
    if call.option("team").casefold() in _OWN and _team(context, call.option("team")) is None:
        return mine(replace(call, options={"order": call.option("which"), "page": call.option("order")}))
    asked = _read(call)
    teams = (asked.team,) if asked.team is not None else context.desk.teams_of(context.actor)
    if not all(team.has_agent(context.actor) for team in teams):
        raise NotAllowed("answers.queue_not_yours", team=teams[0].title)
    title, nothing = _TITLES[asked.which]
    names = listed((team.title for team in teams), context.language)
    again = {"team": asked.team.name if asked.team is not None else "", "which": asked.which or ""}
    found = TicketList(
        query=_query(context, teams, asked.which),
        title=words(context.language, title, names=names),
        nothing=call.say(nothing, names=names),
        how=words(context.language, "answers.queue_today_means", filter=_DUE_TODAY)
        if asked.which is QueuePart.TODAY
        else "",
        options={name: value for name, value in again.items() if value},
        several=_same_search(teams, asked.which),
    )
    return ticket_page(call, found, page=asked.page, order=asked.order)


_TITLES = {
    None: ("answers.queue", "answers.queue_none"),
    QueuePart.UNASSIGNED: ("answers.queue_unassigned", "answers.queue_none_unassigned"),
    QueuePart.OVERDUE: ("answers.queue_overdue", "answers.queue_none_overdue"),
    QueuePart.AT_RISK: ("answers.queue_at_risk", "answers.queue_none_at_risk"),
    QueuePart.TODAY: ("answers.queue_today", "answers.queue_none_today"),
}
"""The heading of each part, and what is said where it is empty."""


_DUE_TODAY = f"{FilterName.DUE}:today"
_AT_RISK_WORDS = QueuePart.AT_RISK.replace("-", " ")
_STATES = {None: TicketState.OPEN, QueuePart.UNASSIGNED: TicketState.UNASSIGNED}
_AWAKE = Criterion(name=FilterName.IS, values=(TicketState.SNOOZED,), is_excluded=True)
"""What is snoozed is in no queue; its targets go on, so what is due, at risk or overdue is listed all the same."""
_SAME_SEARCH = {
    None: f"{FilterName.IS}:{TicketState.OPEN} -{FilterName.IS}:{TicketState.SNOOZED}",
    QueuePart.UNASSIGNED: f"{FilterName.IS}:{TicketState.UNASSIGNED} -{FilterName.IS}:{TicketState.SNOOZED}",
    QueuePart.OVERDUE: f"{FilterName.SLA}:{SlaState.OVERDUE}",
    QueuePart.AT_RISK: f"{FilterName.SLA}:{SlaState.AT_RISK}",
}
"""What finds the same tickets in a search; of the other part nothing does."""


def _same_search(teams: Sequence[Team], which: QueuePart | None) -> str:
    if which not in _SAME_SEARCH:
        return ""
    names = ",".join(team.name for team in teams)
    return f"{_SAME_SEARCH[which]} {FilterName.TEAM}:{names} {FilterName.SORT}:{SearchOrder.DUE}"


def _query(context: Context, teams: Sequence[Team], which: QueuePart | None) -> Query:
    """The tickets of this part, as messages count them. Of several teams, today lasts as long as for the last."""
    names = tuple(team.name for team in teams)
    query = Query(text="", order=SearchOrder.DUE).with_criterion(
        Criterion(name=FilterName.TEAM, values=names)
    )
    match which:
        case None | QueuePart.UNASSIGNED:
            asked = query.with_criterion(Criterion(name=FilterName.IS, values=(_STATES[which],)))
            return asked.with_criterion(_AWAKE)
        case QueuePart.OVERDUE | QueuePart.AT_RISK:
            return query.with_criterion(Criterion(name=FilterName.SLA, values=(SlaState(which),)))
        case QueuePart.TODAY:
            return query.with_criterion(Criterion(name=FilterName.DUE, window=_today(context, teams)))
        case never:
            assert_never(never)


def _today(context: Context, teams: Sequence[Team]) -> TimeWindow:
    """What is due by the end of the day, and not overdue."""
    now, calendars = context.now, [team.calendar for team in teams]
    over = max(day_is_over(each, now.astimezone(each.zone).date()) for each in calendars)
    return TimeWindow(since=now + _JUST_AFTER, until=over + _JUST_AFTER)


def _read(call: Call) -> _QueueRequest:
    """A team, which of its tickets, an order and a page: each may be left out, so the first may be any."""
    asked = _QueueRequest()
    for word in _words(call):
        if (team := _team(call.context, word)) is not None and asked.team is None:
            asked = replace(asked, team=team)
        elif word.casefold() in WORDS and asked.which is None:
            asked = replace(asked, which=WORDS[word.casefold()])
        elif (order := order_called(word)) is not None and asked.order is None:
            asked = replace(asked, order=order)
        elif word.isdecimal():
            asked = replace(asked, page=read_page(word))
        else:
            raise _not_understood(call, word)
    return asked


def _words(call: Call) -> Iterator[str]:
    """What was typed, with `at risk`, as boards write it, for one word."""
    words = [word for name in ("team", "which", "order", "page") if (word := call.option(name))]
    while words:
        word = words.pop(0)
        if f"{word} {words[0] if words else ''}".casefold() == _AT_RISK_WORDS:
            word = f"{word}-{words.pop(0)}"
        yield word


def _team(context: Context, word: str) -> Team | None:
    try:
        return find_team(context, word)
    except Refused:
        return None


def _not_understood(call: Call, word: str) -> Refused:
    """What is possible; only the names of the actor's own teams are worth a suggestion."""
    teams = tuple(sorted(team.name for team in call.context.desk.teams_of(call.context.actor)))
    example = (
        f"{verbs.typed(call.context.desk.command_names, verbs.QUEUE)} {teams[0]} {QueuePart.UNASSIGNED} 2"
    )
    if meant := nearest(word, [*call.context.desk.teams, *map(str, QueuePart), "breached"]):
        return Refused(
            "answers.queue_not_understood_meant", text=word, word=meant, command=example, names=teams
        )
    return Refused("answers.queue_not_understood", text=word, command=example, names=teams)


def mine(call: Call) -> PrivateReply:
    first, page = call.option("order"), call.option("page")
    if first.isdecimal() and not page:
        first, page = "", first
    query = Query(text="", order=SearchOrder.DUE).with_criterion(
        Criterion(name=FilterName.ASSIGNED, values=("me",))
    )
    found = TicketList(
        query=query.with_criterion(Criterion(name=FilterName.IS, values=(TicketState.OPEN,))),
        title=words(call.context.language, "answers.mine"),
        nothing=call.say("answers.mine_none"),
        several=f"{FilterName.ASSIGNED}:{ME} {FilterName.IS}:{TicketState.OPEN}",
    )
    return ticket_page(call, found, page=read_page(page), order=read_order(first))


_SORT = Option(name="order", kind=OptionKind.ORDER, is_required=False)
_PAGE = Option(name="page", kind=OptionKind.WORD, is_required=False)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.QUEUE,
        place=10,
        who=Role.AGENT,
        handler=queue,
        reads=True,
        options=(
            Option(name="team", kind=OptionKind.TEAM, is_required=False),
            Option(name="which", kind=OptionKind.WORD, is_required=False),
            _SORT,
            _PAGE,
        ),
        example=f"queue {QueuePart.UNASSIGNED}",
    ),
    Command(
        name="desk mine",
        place=20,
        who=Role.AGENT,
        handler=mine,
        reads=True,
        options=(_SORT, _PAGE),
    ),
)
