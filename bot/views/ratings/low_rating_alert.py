"""A low rating as the team's leads read it: once, and kept true when it is changed.

What was written on a private ticket stands there only where its team alone reads; an anonymous one names nobody.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.directory import Team
from bot.domain.errors import TicketNotFound
from bot.domain.ratings.survey import Survey
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, Mention, Notice, Quote, RichText, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.on_call.roster import present
from bot.services.tickets.ratings.answers import RATING
from bot.text.sentences import joined, say, words
from bot.views.alert_states import is_of_one_team


def is_low_rating(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return RATING in payload


def low_rating(view: View, row: OutboxRow) -> Notice | None:
    """None where it is gone, or was changed for a better one before it was told."""
    survey = view.uow.surveys.get(int(row.payload[RATING]))
    if survey is None or not survey.is_rated or (not row.parts and not survey.is_low):
        return None
    team = view.desk.teams.get(survey.team)
    if survey.is_anonymous:
        title = view.desk.title_of(survey.team)
        text = say(view.language, _key(survey, "anonymous"), team=Bold(title), rating=survey.sign)
        return _notice(view, row, team, survey, joined(text, _comment(survey), by="\n"))
    try:
        ticket = view.uow.tickets.get(survey.ticket)
    except TicketNotFound:
        return None
    return _notice(view, row, team, survey, _named(view, row, survey, ticket))


def _key(survey: Survey, kind: str) -> str:
    return f"team.low_rating_{kind}" if survey.is_low else f"team.low_rating_{kind}_changed"


def _named(view: View, row: OutboxRow, survey: Survey, ticket: Ticket) -> RichText:
    language, channel = view.language, row.conversation.channel
    team = view.team(ticket)
    reference = view.card_link(ticket, ticket.reference) or Bold(ticket.reference)
    if ticket.is_private and not (is_of_one_team(view.desk, team, channel) or channel == team.channel):
        show = f"{verbs.typed(view.desk.command_names, verbs.SHOW_AS_AGENT)} {ticket.reference}"
        facts = {"reference": reference, "subject": words(language, "team.private"), "rating": survey.sign}
        return say(language, _key(survey, "private"), command=Code(show), **facts)
    text = say(
        language,
        _key(survey, "named"),
        name=view.person(ticket.requester).name,
        reference=reference,
        subject=ticket.subject,
        rating=survey.sign,
    )
    agent: RichText = ()
    if survey.agent is not None:
        agent = say(language, "team.low_rating_agent", name=view.person(survey.agent).name)
    return joined(joined(text, agent), _comment(survey), by="\n")


def _comment(survey: Survey) -> RichText:
    return (Quote(survey.comment),) if survey.comment else ()


def _notice(view: View, row: OutboxRow, team: Team | None, survey: Survey, text: RichText) -> Notice:
    """Leads are pinged where they are on this channel's platform; an edit pings nobody."""
    leads = present(view.uow, view.desk, team.leads, now=view.now) if team is not None else ()
    platform = row.conversation.channel.platform
    mentions = tuple(Mention(each.key, each.name) for each in leads if each.platform == platform)
    return Notice(
        text=text,
        tone=Tone.WARNING if survey.is_low else Tone.MUTED,
        mentions=mentions if survey.is_low else (),
    )
