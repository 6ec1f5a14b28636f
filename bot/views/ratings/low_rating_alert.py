"""A low rating as the team's leads read it: once, and kept true when it is changed.

What was written on a private ticket stands there only where its team alone reads; an anonymous one names nobody.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.directory import ChannelRef
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


def is_low_rating(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return RATING in payload


def low_rating(view: View, row: OutboxRow) -> Notice | None:
    """Also where it was changed for a better one before it was told: what is not sent now could not be told later."""
    survey = view.uow.surveys.get(int(row.payload[RATING]))
    if survey is None or not survey.is_rated:
        return None
    try:
        ticket = view.uow.tickets.get(survey.ticket)
    except TicketNotFound:
        return None
    may_tell = not ticket.is_private or _is_read_by_one_team(view, survey.team, row.conversation.channel)
    comment: RichText = (Quote(survey.comment),) if survey.comment and may_tell else ()
    if survey.is_anonymous:
        text = _anonymous(view, survey)
    else:
        text = _named(view, survey, ticket) if may_tell else _discreet(view, survey, ticket)
    return _notice(view, row, survey, joined(text, comment, by="\n"))


def _is_read_by_one_team(view: View, team: str, channel: ChannelRef) -> bool:
    teams = view.desk.teams.values()
    return [each.name for each in teams if channel in (each.channel, each.escalation_channel)] == [team]


def _anonymous(view: View, survey: Survey) -> RichText:
    title = view.desk.title_of(survey.team)
    return say(view.language, _key(survey, "anonymous"), team=Bold(title), rating=survey.sign)


def _key(survey: Survey, kind: str) -> str:
    return f"team.low_rating_{kind}" if survey.is_low else f"team.low_rating_{kind}_changed"


def _discreet(view: View, survey: Survey, ticket: Ticket) -> RichText:
    """Of a private ticket, where others read: that there is something for its team to read."""
    show = f"{verbs.typed(view.desk.command_names, verbs.SHOW_AS_AGENT)} {ticket.reference}"
    return say(
        view.language,
        _key(survey, "private"),
        reference=view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
        subject=words(view.language, "team.private"),
        rating=survey.sign,
        command=Code(show),
    )


def _named(view: View, survey: Survey, ticket: Ticket) -> RichText:
    text = say(
        view.language,
        _key(survey, "named"),
        name=view.person(ticket.requester).name,
        reference=view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
        subject=ticket.subject,
        rating=survey.sign,
    )
    if survey.agent is None:
        return text
    return joined(text, say(view.language, "team.low_rating_agent", name=view.person(survey.agent).name))


def _notice(view: View, row: OutboxRow, survey: Survey, text: RichText) -> Notice:
    """Leads are pinged where they are on this channel's platform; an edit pings nobody."""
    if not survey.is_low:
        return Notice(text=text, tone=Tone.MUTED)
    team = view.desk.teams.get(survey.team)
    leads = present(view.uow, view.desk, team.leads, now=view.now) if team is not None else ()
    platform = row.conversation.channel.platform
    mentions = tuple(Mention(each.key, each.name) for each in leads if each.platform == platform)
    return Notice(text=text, tone=Tone.WARNING, mentions=mentions)
