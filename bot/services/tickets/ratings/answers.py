"""The requester's answer to a survey, and its change; a low one reaches the leads once, and is kept true there.

An anonymous rating leaves no trace on its ticket: no event, no notice, no card. Its leads are told of low ones only
once there are enough for nobody to be guessed by, and then of all that they were not told of.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.domain.directory import Team
from bot.domain.errors import NotAllowed, Refused
from bot.domain.ratings.events import TicketRated
from bot.domain.ratings.satisfaction import FEWEST_ANONYMOUS, Satisfaction
from bot.domain.ratings.survey import Survey
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets.announcements.requester_questions import survey_key
from bot.services.tickets.change_recorder import record_changes

LOOKED_AT: Final = 100
"""Surveys among which those are looked for that can be answered, the newest."""
FINISHED: Final = frozenset({Status.RESOLVED, Status.CLOSED})
RATING = "rating"
"""The word of a row that tells leads of a low rating: the survey's id."""


def survey_to_answer(context: Context, ticket: Ticket, *, survey_id: int | None = None) -> Survey:
    """The ticket's last one; a button's `survey_id` is that of the one it was shown for.

    Raises NotAllowed for anybody but the requester, and Refused where there is nothing to rate, or not any more.
    """
    if not context.is_requester_of(ticket):
        raise NotAllowed("refusals.only_requester_rates", reference=ticket.reference)
    asked = [each for each in context.uow.surveys.of_ticket(ticket.id) if each.asked_at is not None]
    if not asked and (team := context.team_of(ticket)).satisfaction is None:
        raise Refused("refusals.no_ratings_of_team", reference=ticket.reference, team=team.title)
    if not asked:
        raise Refused("refusals.not_asked_for_rating", reference=ticket.reference)
    survey = asked[-1]
    if not survey.is_about(ticket) or survey_id not in (None, survey.id):
        raise Refused("refusals.rating_of_before", reference=ticket.reference)
    if context.now > _answerable_until(context, ticket, survey):
        raise Refused("refusals.rating_too_late", reference=ticket.reference)
    return survey


def tickets_to_rate(context: Context) -> frozenset[int]:
    """Ids of the actor's tickets with a survey that can be answered, or a rating that can still be changed."""
    last: dict[int, Survey] = {}
    for survey in context.uow.surveys.asked_of(context.accounts, limit=LOOKED_AT):
        last.setdefault(survey.ticket, survey)
    if not last:
        return frozenset()
    of_actor = TicketFilter(requesters=context.accounts, statuses=FINISHED, among=frozenset(last))
    return frozenset(
        ticket.id
        for ticket in context.uow.tickets.search(of_actor, limit=LOOKED_AT)
        if last[ticket.id].is_about(ticket)
        and context.now <= _answerable_until(context, ticket, last[ticket.id])
    )


def rate(
    context: Context, ticket: Ticket, survey: Survey, *, score: int | None = None, comment: str | None = None
) -> Survey:
    """Give a rating, change it, or say something with it; what is None stays. Nothing happens where nothing changes.

    Raises Refused for a comment without a rating.
    """
    score = survey.score if score is None else score
    if score is None:
        raise Refused("refusals.rate_first", reference=ticket.reference)
    words = survey.comment if comment is None else comment.strip()
    rated = survey.rated(score, comment=words, at=context.now)
    if rated == survey:
        return survey
    team = context.desk.teams.get(survey.team) or context.team_of(ticket)
    has_to_tell = rated.is_low and not rated.is_told and not rated.is_anonymous
    rated = replace(rated, is_told=rated.is_told or has_to_tell)
    context.uow.surveys.save(rated)
    if not survey.is_rated:
        context.uow.surveys.supersede(ticket.id, by=survey.id)
    if rated.is_anonymous:
        _tell_of_anonymous(context, team)
    else:
        event = TicketRated(
            actor=context.actor.key,
            at=context.now,
            before=survey.sign,
            after=rated.sign,
            is_commented=bool(words) and words != survey.comment,
        )
        record_changes(context, ticket, [event])
        context.uow.outbox.show_again([survey_key(survey.id)])
    if has_to_tell:
        _tell_leads(context, team, rated, subject=ticket.id)
    elif survey.is_told:
        context.uow.outbox.show_again([_alert_key(survey.id)])
    return rated


def _answerable_until(context: Context, ticket: Ticket, survey: Survey) -> datetime:
    return survey.answerable_until(changeable_for=_asked_how(context, ticket).changeable_for)


def _asked_how(context: Context, ticket: Ticket) -> Satisfaction:
    """What was asked may be answered, though nobody is asked any more."""
    return context.team_of(ticket).satisfaction or Satisfaction()


def _tell_leads(context: Context, team: Team, survey: Survey, *, subject: int) -> None:
    """`subject` is the ticket's id, 0 where no ticket is to be known."""
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(team.digest_channel).id,
        key=_alert_key(survey.id),
        payload={RATING: str(survey.id)},
        subject=subject,
        now=context.now,
    )


def _tell_of_anonymous(context: Context, team: Team) -> None:
    """Told twice at once it is one message: a message has one key."""
    if context.uow.surveys.anonymous_ratings(team.name) < FEWEST_ANONYMOUS:
        return
    for each in context.uow.surveys.untold_low(team.name):
        context.uow.surveys.save(replace(each, is_told=True))
        _tell_leads(context, team, each, subject=0)


def _alert_key(survey: int) -> str:
    return f"rating:{survey}"
