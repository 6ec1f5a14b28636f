"""The question how it went, in the requester's thread: with buttons, and the words to type where there are none.

Others may read it there, so it never says what was rated, except in direct messages; an anonymous one does not even
say that it was.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import TicketNotFound
from bot.domain.ratings.satisfaction import RatingScale
from bot.domain.ratings.survey import Survey
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Mention, Notice, RichText, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.tickets.announcements.requester_questions import SURVEY
from bot.text.sentences import joined, say, words


def is_survey(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return SURVEY in payload


def survey_notice(view: View, row: OutboxRow) -> Notice | None:
    """None where there is nothing to ask any more before it was sent."""
    survey = view.uow.surveys.get(int(row.payload[SURVEY]))
    try:
        ticket = view.uow.tickets.get(row.subject)
    except TicketNotFound:
        return None
    if survey is None or (not row.parts and not survey.is_about(ticket)):
        return None
    if not survey.is_about(ticket):
        text = say(ticket.language, "requester.survey_over", reference=Bold(ticket.reference))
        return Notice(text=text, tone=Tone.MUTED)
    requester = view.person(ticket.requester)
    return Notice(
        text=_thanks(row, ticket, survey)
        if survey.is_rated and not survey.is_anonymous
        else _question(view, row, ticket, survey),
        buttons=_buttons(ticket, survey),
        mentions=(Mention(requester.key, requester.name),),
        followers=(requester.key,),
    )


def _thanks(row: OutboxRow, ticket: Ticket, survey: Survey) -> RichText:
    if row.conversation.channel.is_direct:
        reference = Bold(ticket.reference)
        return say(ticket.language, "requester.survey_chosen", reference=reference, rating=survey.sign)
    return say(ticket.language, "requester.survey_rated", reference=Bold(ticket.reference))


def _question(view: View, row: OutboxRow, ticket: Ticket, survey: Survey) -> RichText:
    """Beside no thread of its own, with the request's subject: nobody else reads direct messages."""
    reference: RichText = (Bold(ticket.reference),)
    if row.conversation.ticket_id is None:
        reference += (f" “{ticket.subject}”",)
    command = f"{verbs.typed(view.desk.command_names, verbs.RATE)} {ticket.reference}"
    question = say(
        ticket.language,
        f"requester.survey_{survey.scale}",
        reference=reference,
        team=view.desk.title_of(survey.team),
        command=Code(f"{command} {'👍' if survey.scale is RatingScale.THUMBS else '5'}"),
    )
    if not survey.is_anonymous:
        return question
    return joined(question, say(ticket.language, "requester.survey_is_anonymous"))


def _buttons(ticket: Ticket, survey: Survey) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=_label(survey.scale, score, ticket.language),
            verb=verbs.RATE,
            ticket=ticket.reference,
            options={"score": str(score), SURVEY: str(survey.id)},
        )
        for score in survey.scale.scores
    )


def _label(scale: RatingScale, score: int, language: str) -> str:
    if scale is RatingScale.FIVE:
        return str(score)
    sign = scale.sign(score)
    return f"{sign} {words(language, 'requester.rate_good' if sign == '👍' else 'requester.rate_bad')}"
