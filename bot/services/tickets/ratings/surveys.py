"""When a requester is asked how it went: once for a resolution, some time after it, by day.

A survey is a row of its ticket, due in desk time. It is asked by losing its due time in the transaction that sends
the question, with the ticket locked, so that restarts and replicas neither lose nor repeat it. Whether the ticket is
still as it was resolved is asked when it is due: reopening one costs nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from bot.domain import events as happened
from bot.domain.directory import DESK, Person
from bot.domain.ratings.asking_hours import next_asking_time
from bot.domain.ratings.events import SurveySent
from bot.domain.ratings.satisfaction import Satisfaction
from bot.domain.ratings.survey import LATEST, Survey
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.tickets.announcements.audience import Audience
from bot.text.instants import known_zone


class SurveyOutcome(StrEnum):
    """What became of a survey that was due."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"


def plan_survey(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Where these events finish the ticket and its team asks for ratings, one is due; it costs others nothing."""
    finished = next((each for each in events if _finishes(each)), None)
    if finished is None or (satisfaction := context.team_of(ticket).satisfaction) is None:
        return
    context.uow.surveys.remove_unasked(ticket.id)
    if ticket.resolved_at is None or not _is_asked_about(context, ticket, by=finished.actor):
        return
    is_by_requester = finished.actor in context.uow.identities.accounts_of(ticket.requester)
    context.uow.surveys.add(
        Survey(
            id=context.uow.new_id(),
            ticket=ticket.id,
            team=context.team_of(ticket).name,
            requester=ticket.requester,
            agent=ticket.assignee or (None if is_by_requester else finished.actor),
            resolved_at=ticket.resolved_at,
            scale=satisfaction.scale,
            is_anonymous=satisfaction.is_anonymous,
            due_at=ticket.resolved_at + satisfaction.after,
        )
    )


def ask(context: Context, ticket: Ticket, survey: Survey) -> SurveyOutcome:
    """Ask what is due of a locked ticket, put it off until the requester may be asked, or give it up."""
    satisfaction = context.team_of(ticket).satisfaction
    requester = context.uow.people.find(ticket.requester)
    if satisfaction is None or requester is None or not _may_be_asked(context, ticket, survey, requester):
        context.uow.surveys.save(replace(survey, due_at=None))
        return SurveyOutcome.NEVER
    hours = context.team_of(ticket).calendar
    at = next_asking_time(
        context.now,
        choice=context.uow.notice_choices.of(requester.key),
        hours=hours,
        zone=known_zone(requester.time_zone) or hours.zone,
    )
    if at > context.now:
        context.uow.surveys.save(replace(survey, due_at=at))
        return SurveyOutcome.LATER
    if _was_asked_lately(context, satisfaction, requester):
        context.uow.surveys.save(replace(survey, due_at=None))
        return SurveyOutcome.NEVER
    asked = replace(
        survey,
        due_at=None,
        asked_at=context.now,
        scale=satisfaction.scale,
        is_anonymous=satisfaction.is_anonymous,
    )
    context.uow.surveys.save(asked)
    context.uow.audit_log.append(ticket.id, [SurveySent(actor=DESK, at=context.now)])
    Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id)).questions.ask_for_rating(
        survey.id
    )
    return SurveyOutcome.SENT


def _finishes(event: happened.Event) -> bool:
    return (
        isinstance(event, happened.StatusChanged)
        and Status(event.before).is_live
        and not Status(event.after).is_live
    )


def _is_asked_about(context: Context, ticket: Ticket, *, by: str) -> bool:
    """Whether people did something for the requester that can be rated.

    Not so where the desk resolved it by itself, as for no reply (`by` is the desk then); where it was closed without
    an answer, which is how agents close what is spam, no request, or another one's duplicate; and where the requester
    took it back or solved it before there was one; nor of a duplicate, whose original is what was worked on.
    """
    if by == DESK or ticket.is_excluded or ticket.merged_into is not None:
        return False
    is_by_requester = by in context.uow.identities.accounts_of(ticket.requester)
    return ticket.first_replied_at is not None or not is_by_requester


def _may_be_asked(context: Context, ticket: Ticket, survey: Survey, requester: Person) -> bool:
    """Not once the ticket is worked on again, or much too late; nor bots, who left, and the team's own people."""
    if not survey.is_about(ticket) or context.now - (survey.due_at or context.now) > LATEST:
        return False
    accounts = context.uow.people.find_many(context.uow.identities.accounts_of(requester.key))
    team = context.team_of(ticket)
    if requester.is_bot or not requester.is_active or any(map(team.has_agent, accounts.values())):
        return False
    return any(
        each.side is Side.REQUESTER and not each.is_retired and each.channel.platform == requester.platform
        for each in context.uow.conversations.of_ticket(ticket.id)
    )


def _was_asked_lately(context: Context, satisfaction: Satisfaction, requester: Person) -> bool:
    """Two tickets of theirs that are due at once wait for one another here."""
    if satisfaction.at_most_every is None:
        return False
    context.uow.people.hold(requester.key)
    last = context.uow.surveys.last_asked_at(context.uow.identities.accounts_of(requester.key))
    return last is not None and context.now - last < satisfaction.at_most_every
