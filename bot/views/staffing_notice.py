"""What the watch tells an escalation channel: who is on call now, when nobody will be, which requests nobody has.

Rendered when it is sent: it says only what is still true by then, and nothing when none of it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.directory import ChannelRef, Team
from bot.domain.tickets.queue_order import QueuePart
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Mention, Moment, Notice, RichText, Span, Tone
from bot.services.context.view import View
from bot.services.escalations.recipients import Recipients
from bot.services.on_call.absences import named
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.shifts import ShiftStretch, first_coverage_gap, stretches
from bot.services.on_call.staffing_findings import StaffingTopic, WaitingRequest, tickets_of, waiting_requests
from bot.text import terms
from bot.text.amounts import length
from bot.text.sentences import joined, say, words
from bot.views.board import queue_command
from bot.views.claim_button import claim_button
from bot.views.notices.unassigned import UnfittedRequests

LISTED = 5
"""Requests that are named; the rest are counted."""
_ALERTS = (StaffingTopic.EMPTY, StaffingTopic.UNCLAIMED, StaffingTopic.AWAY, StaffingTopic.NOBODY_FITS)
_OF_QUEUE = (StaffingTopic.UNCLAIMED, StaffingTopic.CLAIMED)


def staffing_notice(
    view: View, payload: Mapping[str, Any], *, channel: ChannelRef, is_shown: bool = False
) -> Notice | None:
    """`is_shown`: it stands there already, so that what is over by now is told in its place."""
    text: RichText = ()
    buttons: tuple[Button, ...] = ()
    alerted: list[Team] = []
    for each in payload["news"]:
        team, topic = view.desk.teams.get(str(each["team"])), StaffingTopic(each["topic"])
        if team is None:
            continue
        people = each.get("people", ())
        if topic is StaffingTopic.NOBODY_FITS:
            unfitted = UnfittedRequests(view, team)
            waiting = [found.request for found in unfitted.found]
            line = _requests(view, team, unfitted.heading(), waiting) if waiting else ()
        else:
            waiting = waiting_requests(view.uow, team, now=view.now) if topic in _OF_QUEUE else []
            line = _line(view, team, topic, waiting=waiting, people=people)
        is_over = not line
        if is_shown and (is_over or topic is StaffingTopic.AWAY):
            line = _over(view, team, topic, people)
        if not line:
            continue
        text += (*(("\n",) if text else ()), *line)
        alerted += [team] if topic in _ALERTS and not is_over else []
        buttons += _claims(view, waiting)
    if not text:
        return None
    mentions = _mentions(view, alerted, channel)
    for mention in mentions:
        text += (" ", mention)
    return Notice(
        text=text, buttons=buttons, tone=Tone.WARNING if alerted else Tone.NEUTRAL, mentions=mentions
    )


def unreachable_line(language: str, references: list[str]) -> RichText:
    """Who of the rota is passed over for good; nothing when nobody is."""
    return say(language, "team.rota_unreachable", people=", ".join(references)) if references else ()


def _line(
    view: View,
    team: Team,
    topic: StaffingTopic,
    *,
    waiting: Sequence[WaitingRequest],
    people: Sequence[str],
) -> RichText:
    match topic:
        case StaffingTopic.ON_CALL | StaffingTopic.EMPTY | StaffingTopic.FILLED:
            return _rota_line(view, team, topic)
        case StaffingTopic.UNCLAIMED:
            return _unclaimed(view, team, waiting)
        case StaffingTopic.CLAIMED:
            return () if waiting else say(view.language, "team.queue_claimed", team=Bold(team.title))
        case StaffingTopic.NOBODY_FITS:
            return ()
        case StaffingTopic.AWAY:
            return _away(view, team, people)


def _rota_line(view: View, team: Team, topic: StaffingTopic) -> RichText:
    rota = rota_of(view.desk, team)
    if rota is None:
        return ()
    roster = Roster(view.uow, view.desk, now=view.now)
    empty = first_coverage_gap(roster, rota, team.calendar, now=view.now)
    if topic is StaffingTopic.EMPTY:
        if empty is None:
            return ()
        unreachable = unreachable_line(view.language, roster.unreachable(rota))
        return joined(_empty_line(view, team, empty), unreachable)
    turn = next(stretches(roster, rota, now=view.now))
    if turn.person is None or (topic is StaffingTopic.FILLED and empty is not None):
        return ()
    facts: dict[str, Span] = {"team": Bold(team.title), "name": Bold(turn.person.name)}
    sentence = "team.rota_filled" if topic is StaffingTopic.FILLED else "team.on_call_now"
    if turn.ends is not None:
        return say(view.language, f"{sentence}_until", until=Moment(turn.ends), **facts)
    return say(view.language, sentence, **facts)


def _empty_line(view: View, team: Team, stretch: ShiftStretch) -> RichText:
    """When nobody is on call for the team, and what to do."""
    facts: dict[str, Span] = {
        "team": Bold(team.title),
        "since": Moment(stretch.begins),
        "command": Code(verbs.typed(view.desk.command_names, verbs.COVER)),
    }
    key = "team.rota_empty_now" if stretch.begins <= view.now else "team.rota_empty"
    if stretch.ends is not None:
        return say(view.language, f"{key}_until", until=Moment(stretch.ends), **facts)
    return say(view.language, key, **facts)


def _unclaimed(view: View, team: Team, waiting: Sequence[WaitingRequest]) -> RichText:
    if not waiting or team.unclaimed_after is None:
        return ()
    language, limit = view.language, length(team.unclaimed_after.total_seconds(), view.language)
    heading = say(language, "team.queue_unclaimed", team=Bold(team.title), count=len(waiting), limit=limit)
    return _requests(view, team, heading, waiting)


def _requests(view: View, team: Team, heading: RichText, waiting: Sequence[WaitingRequest]) -> RichText:
    """The heading, and a line for each of the first of them."""
    language, lines = view.language, [heading]
    for each in waiting[:LISTED]:
        ticket = each.ticket
        lines.append(
            say(
                language,
                "team.queue_waiting",
                reference=view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
                subject=words(language, "team.private") if ticket.is_private else ticket.subject,
                priority=terms.priority(ticket.priority, language),
                since=Moment(each.since),
            )
        )
    if len(waiting) > LISTED:
        command = queue_command(view, [team], QueuePart.UNASSIGNED)
        more = say(language, "team.more_requests", count=len(waiting) - LISTED)
        lines.append(say(language, "team.and_more", more=more, command=command))
    return joined(*lines, by="\n")


def _away(view: View, team: Team, people: Sequence[str], *, is_shown: bool = False) -> RichText:
    """A line for each who still is away and still has tickets; where it stands already, also for who is not."""
    roster = Roster(view.uow, view.desk, now=view.now)
    text: RichText = ()
    for person in map(view.person, people):
        absence, tickets = roster.absence_of(person, at=view.now), tickets_of(view.uow, team, person.key)
        if absence is not None and tickets:
            line = say(
                view.language,
                "team.away_with_tickets",
                team=Bold(team.title),
                person=Bold(person.name),
                until=Moment(absence.until),
                count=len(tickets),
                references=named(tickets, view.language),
                command=Code(verbs.typed(view.desk.command_names, verbs.ASSIGN)),
            )
        elif is_shown:
            key = "team.away_back" if absence is None else "team.away_without_tickets"
            line = say(view.language, key, team=Bold(team.title), person=Bold(person.name))
        else:
            continue
        text += (*(("\n",) if text else ()), *line)
    return text


def _over(view: View, team: Team, topic: StaffingTopic, people: Sequence[str]) -> RichText:
    """In place of an alert that is true no more, or not of all its people."""
    match topic:
        case StaffingTopic.AWAY:
            return _away(view, team, people, is_shown=True)
        case StaffingTopic.EMPTY:
            return say(view.language, "team.rota_covered", team=Bold(team.title))
        case StaffingTopic.UNCLAIMED:
            return say(view.language, "team.queue_claimed", team=Bold(team.title))
        case _:
            return ()


def _claims(view: View, waiting: Sequence[WaitingRequest]) -> tuple[Button, ...]:
    references = (each.ticket.reference for each in waiting[:LISTED])
    return tuple(claim_button(each, view.language, holder=None, names_ticket=True) for each in references)


def _mentions(view: View, teams: list[Team], channel: ChannelRef) -> tuple[Mention, ...]:
    """The leads who are there, else who is called in their place; people of this channel's platform."""
    calling = Recipients(view.uow, view.desk, now=view.now)
    people = {person.key: person for team in teams for person in calling.leads_of(team)}
    return tuple(
        Mention(person.key, person.name) for person in people.values() if person.platform == channel.platform
    )
