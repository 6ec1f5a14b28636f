"""The answer to what the desk asks about a message: which ticket it goes on with, or whether it is a new one."""

from dataclasses import replace

from bot.commands.framework.access import unknown_ticket
from bot.commands.framework.command import Call, Command, Option, OptionKind
from bot.commands.framework.parsing import read_reference
from bot.commands.framework.replies.new_requests import open_and_tell
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.tickets import follow_ups, questions
from bot.services.tickets.offers.asked_readers import EVERYONE, UndecidedRequest, asked_request, became
from bot.services.tickets.offers.words_beneath import drop_words, place_words
from bot.services.tickets.opening import adopt_message


def sort_message(call: Call) -> PrivateReply | None:
    """Put a message of the actor's where it belongs. Which ticket it was added to, the question says itself."""
    context, asked, choice = call.context, call.option("asked"), call.option("choice")
    was_open = context.uow.open_questions.settle(asked)
    if choice == questions.NOTHING and was_open:
        drop_words(context, asked)
        return call.answer("answers.not_opened")
    if held := asked_request(context, asked):
        return _open_as_chosen(call, asked, held)
    about = questions.asked_about(context, asked)
    if choice == questions.NOTHING:
        return call.answer("answers.not_opened")
    if choice == questions.NEW:
        ticket = adopt_message(context, about, community=about.location.community)
        team = context.team_of(ticket).title
        questions.show_answer(context, asked)
        return call.answer("answers.created_by_message", reference=ticket.reference, team=team)
    ticket = _own_ticket(call, choice)
    if ticket.status is not Status.CLOSED:
        follow_ups.join(context, about, ticket, is_told=True)
    elif not follow_ups.join_original(context, about, ticket, is_told=True):
        raise Refused("answers.closed_choose_new", reference=ticket.reference)
    place_words(context, asked, ticket)
    questions.show_answer(context, asked)
    return None


def _open_as_chosen(call: Call, asked: str, held: UndecidedRequest) -> PrivateReply:
    """What its author is answered as if they had said at once who may read it, in place of the question."""
    request = replace(held.request, is_private=call.option("choice") != EVERYONE)
    opened = open_and_tell(call, request, offers_teams=held.offers_teams)
    if opened.ticket is not None:
        became(call.context, asked, opened.ticket)
    return replace(opened.reply, is_turned=True)


def _own_ticket(call: Call, choice: str) -> Ticket:
    context = call.context
    reference = read_reference(choice, prefix=context.desk.prefix)
    found = context.uow.tickets.find(reference.prefix, reference.number) if reference else None
    if found is None or found.requester != context.actor.key:
        raise unknown_ticket(context, choice)
    return context.uow.tickets.lock(found.id)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SORT,
        handler=sort_message,
        options=(
            Option(name="asked", kind=OptionKind.WORD, is_required=False, is_form_only=True),
            Option(name="choice", kind=OptionKind.WORD, is_required=False, is_form_only=True),
        ),
        is_listed=False,
    ),
)
