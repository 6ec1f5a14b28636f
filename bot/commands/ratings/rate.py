"""`/ticket rate`: the answer to a survey by button, words or link, and what its requester says with it."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.domain.errors import Refused
from bot.domain.ratings.satisfaction import HIGHEST, LOWEST, RatingScale
from bot.domain.ratings.survey import Survey
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets.announcements.requester_questions import SURVEY
from bot.services.tickets.ratings.answers import FINISHED, rate, survey_to_answer, tickets_to_rate
from bot.text.sentences import words

_WORDS = {"👍": HIGHEST, "+1": HIGHEST, "good": HIGHEST, "👎": LOWEST, "-1": LOWEST, "bad": LOWEST}
"""What may be typed for two steps besides what the buttons say."""


def give_rating(call: Call, ticket: Ticket) -> PrivateReply:
    """What was said with it stays where nothing new is."""
    survey = _survey(call, ticket)
    rated = rate(
        call.context,
        ticket,
        survey,
        score=_score(call, survey),
        comment=call.option("comment") or None,
    )
    return _thanks(call, ticket, rated)


def _survey(call: Call, ticket: Ticket) -> Survey:
    named = call.option(SURVEY)
    return survey_to_answer(call.context, ticket, survey_id=int(named) if named.isdecimal() else None)


def _score(call: Call, survey: Survey) -> int:
    """Raises Refused for anything that is no step of the survey's scale."""
    typed, language = call.option("score").casefold().removesuffix(f"/{HIGHEST}"), call.context.language
    if typed.isdecimal() and int(typed) in survey.scale.scores:
        return int(typed)
    if survey.scale is RatingScale.THUMBS:
        known = {words(language, f"requester.rate_{name}").casefold(): score for name, score in _NAMED}
        if (score := (_WORDS | known).get(typed)) is not None:
            return score
    raise Refused(f"refusals.not_a_rating_of_{survey.scale}", text=call.option("score"))


_NAMED = (("good", HIGHEST), ("bad", LOWEST))


def _typed(survey: Survey) -> str:
    """The rating as a form repeats it, to be sent again."""
    return survey.sign.removesuffix(f"/{HIGHEST}")


def _thanks(call: Call, ticket: Ticket, survey: Survey) -> PrivateReply:
    """Which rating it is, who reads it, and a way to say more."""
    told = "anonymous" if survey.is_anonymous else "named"
    key = f"answers.rated_{told}_commented" if survey.comment else f"answers.rated_{told}"
    text = call.say(
        key,
        reference=ticket.reference,
        rating=Bold(survey.sign),
        text=survey.comment,
        team=call.context.team_of(ticket).title,
    )
    label = "answers.button_change_comment" if survey.comment else "answers.button_comment"
    button = Button(
        label=words(call.context.language, label),
        verb=verbs.RATE,
        ticket=ticket.reference,
        options={SURVEY: str(survey.id), "score": _typed(survey)},
        opens_form=True,
    )
    return PrivateReply(text=text, buttons=(button,), is_news=True)


def _to_rate(context: Context) -> TicketFilter:
    return TicketFilter(requesters=context.accounts, statuses=FINISHED, among=tickets_to_rate(context))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.RATE,
        place=65,
        aliases=("bewerten", "noter", "évaluer", "valorar", "calificar", "avaliar"),
        who=Role.EVERYONE,
        on_ticket=give_rating,
        fitting=_to_rate,
        nothing_fits="commands.nothing_to_rate",
        options=(
            Option(name="score", kind=OptionKind.WORD),
            Option(name="comment", is_required=False),
        ),
        has_form=True,
        example="rate IT-12 👍 quick and kind",
    ),
)
