"""The buttons below what was shown to a requester: this solved it, or the team is asked."""

from bot.commands.framework.command import Call, Command, Option, OptionKind
from bot.domain.errors import Refused
from bot.domain.knowledge.answer_time import AnswerTime
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.tickets.offers.judgements import asks_on, offer_to_judge, was_solved
from bot.services.tickets.offers.offer_message import ASK, SOLVED


def judge_answers(call: Call) -> PrivateReply | None:
    """What was shown says itself what came of it, unless there was no ticket yet."""
    context, named = call.context, call.option("offer")
    if not named.isdecimal():
        raise Refused("refusals.offer_over")
    offer, ticket = offer_to_judge(context, int(named))
    match call.option("choice"):
        case choice if choice == SOLVED:
            was_solved(context, offer, ticket)
            key = "answers.solved_before" if ticket is None else "answers.closed_own"
            facts = {} if ticket is None else {"reference": ticket.reference}
        case choice if choice == ASK:
            ticket = asks_on(context, offer, ticket)
            key = "answers.created_by_message"
            facts = {"reference": ticket.reference, "team": context.team_of(ticket).title}
        case _:
            raise Refused("refusals.offer_over")
    if offer.mode is AnswerTime.BESIDE:
        return None
    return PrivateReply(text=call.say(key, **facts), is_turned=True)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.JUDGE_ANSWERS,
        handler=judge_answers,
        options=(
            Option(name="offer", kind=OptionKind.WORD, is_required=False, is_form_only=True),
            Option(name="choice", kind=OptionKind.WORD, is_required=False, is_form_only=True),
        ),
        is_listed=False,
    ),
)
