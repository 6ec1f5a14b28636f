"""`/desk problems`: what comes again and again, most often first, and the tickets behind each."""

from typing import Final

from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import team_and_time
from bot.commands.framework.ticket_lists import (
    TicketList,
    range_shown,
    read_order,
    read_page,
    ticket_page,
    turn_buttons,
)
from bot.commands.framework.when import zone_of as actors_zone
from bot.domain.calendars.typed_windows import read_short_window
from bot.domain.errors import Refused
from bot.domain.search.query import Query
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, PrivateReply, RichText
from bot.services.demand.problems import RecurringProblem, RecurringProblems, recurring_problems
from bot.services.reports.reports import teams_seen_by, titles_of, zone_of
from bot.text.amounts import listed, number
from bot.text.instants import in_words, period
from bot.text.sentences import joined, say, words

LISTED: Final = 8
"""RecurringProblems on a page: each takes three lines of a phone."""
COMMAND: Final = verbs.PROBLEMS


def problems(call: Call) -> PrivateReply:
    """The problems of one's teams in a time; or, for a ticket of one of them, all that say the same."""
    context = call.context
    team, time = team_and_time(context, call.option("team"), call.option("since"))
    teams = teams_seen_by(context.desk, context.actor, wanted=None if team is None else [team.name])
    window = read_short_window(time, now=context.now, zone=zone_of(context.desk, teams))
    found = recurring_problems(context, since=window.since, until=window.until, teams=teams)
    zone = zone_of(context.desk, teams)
    days = (window.since.astimezone(zone).date(), window.until.astimezone(zone).date())
    again = {"since": f"{days[0]} until {days[1]}", **({"team": team.name} if team is not None else {})}
    if call.option("like"):
        return _tickets(call, found, again)
    when = period(*days, language=context.language)
    return _page(call, found, again, title=(titles_of(context.desk, teams, language=context.language), when))


def _tickets(call: Call, found: RecurringProblems, again: dict[str, str]) -> PrivateReply:
    """Pressed a while ago: the ticket may be in another cluster by now, or in none."""
    wanted = call.option("like")
    problem = next((each for each in found.problems if wanted in map(str, each.requests)), None)
    if problem is None:
        raise Refused("reports.problem_gone")
    listed_tickets = TicketList(
        query=Query(text=""),
        title=problem.name,
        nothing=call.say("reports.problem_gone"),
        how=words(
            call.context.language, "reports.problem_words", words=listed(problem.words, call.context.language)
        ),
        among=frozenset(problem.requests),
        options={**again, "like": wanted},
    )
    order = read_order(call.option("order"))
    return ticket_page(call, listed_tickets, page=read_page(call.option("page")), order=order)


def _page(
    call: Call, found: RecurringProblems, again: dict[str, str], *, title: tuple[str, str]
) -> PrivateReply:
    language = call.context.language
    teams, when = title
    if not found.problems:
        nothing = call.say("reports.no_problems", teams=teams, period=when, count=found.compared)
        return PrivateReply(text=nothing)
    pages = -(-len(found.problems) // LISTED)
    page = min(read_page(call.option("page")), pages)
    first = (page - 1) * LISTED
    shown = found.problems[first : first + LISTED]
    heading = words(language, "reports.heading_problems", teams=teams)
    range_of = range_shown(first, len(shown), len(found.problems), language)
    lines = [_line(call, first + place, each) for place, each in enumerate(shown, start=1)]
    key = "reports.compared_newest" if found.is_cut else "reports.compared"
    head: RichText = (Bold(heading), f" · {when} · {range_of}")
    buttons = [
        Button(
            label=words(language, "reports.button_problem", number=first + place, count=len(each.requests)),
            verb=COMMAND,
            options={**again, "like": str(each.like_id)},
        )
        for place, each in enumerate(shown, start=1)
    ]
    return PrivateReply(
        text=joined(head, *lines, call.say(key, count=found.compared), by="\n"),
        buttons=(*buttons, *turn_buttons(call, again, page=page, pages=pages)),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def _line(call: Call, place: int, problem: RecurringProblem) -> RichText:
    language = call.context.language
    counted = say(
        language,
        "reports.problem_line",
        count=len(problem.requests),
        people=words(language, "reports.problem_people", count=problem.people),
        since=in_words(problem.first_at, zone=actors_zone(call.context), language=language),
        until=in_words(problem.last_at, zone=actors_zone(call.context), language=language),
        trend=words(
            language,
            f"reports.trend_{problem.trend}",
            number=number(problem.later, language),
            previous=number(problem.earlier, language),
        ),
    )
    shared = say(
        language, "reports.problem_shared", words=listed(problem.words, language), reference=problem.like
    )
    return joined((f"{place}. ", Bold(problem.name)), joined(counted, shared), by="\n")


COMMANDS: tuple[Command, ...] = (
    Command(
        name=COMMAND,
        place=262,
        who=Role.STAFF,
        handler=problems,
        reads=True,
        options=(
            Option(name="team", kind=OptionKind.TEAM, is_required=False),
            Option(name="since", is_required=False),
        ),
        by_mention=ByMention.ALONE,
        menu_group="team",
        example="problems network 12 weeks",
    ),
)
