"""Who reads a request that others may read, to somebody who wishes that they did not."""

from bot.commands.framework.intake_forms import PRIVATE
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.privacy_words import wants_confidence
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, RichText
from bot.services.context.context import Context
from bot.services.tickets.copy_rules import is_as_private
from bot.services.tickets.privacy.confidential_teams import is_for_confidence
from bot.services.tickets.privacy.team_readers import says_who_reads
from bot.text.sentences import joined, say, words


def told_of_readers(context: Context, ticket: Ticket, text: str, *, offers_teams: bool) -> RichText | None:
    """Who reads a request that was typed; of a private one also how another team gets it, where one may choose."""
    if not ticket.is_private:
        return warned_of_readers(context, ticket, text, is_new=True)
    told = only_team_reads(context, ticket)
    if not offers_teams:
        return told
    command = verbs.typed(context.desk.command_names, verbs.OPEN)
    return joined(told, say(context.language, "requester.another_team", command=command))


def only_team_reads(context: Context, ticket: Ticket) -> RichText:
    told = say(context.language, "requester.only_team_reads", team=context.team_of(ticket).title)
    return joined(told, says_who_reads(context.uow, context.desk, ticket, language=context.language))


def warned_of_readers(context: Context, ticket: Ticket, text: str, *, is_new: bool) -> RichText | None:
    """That all in the channel read it, and how to keep it private; None where nobody else reads it or none minds.

    `is_new`: it was just asked, so that its words may be such as a team takes in confidence alone.
    """
    if ticket.is_private:
        return None
    if not wants_confidence(text) and not (is_new and is_for_confidence(context, ticket, text)):
        return None
    threads = context.uow.conversations.of_ticket(ticket.id)
    open_to_all = (
        each
        for each in threads
        if each.side is Side.REQUESTER and not each.is_retired and not is_as_private(each)
    )
    if not any(open_to_all):
        return None
    context.uow.tickets.take_number(ticket)
    if not context.is_requester_of(ticket):
        return say(
            context.language,
            "requester.others_read",
            reference=Bold(ticket.reference),
            team=context.team_of(ticket).title,
            command=verbs.typed(context.desk.command_names, verbs.OPEN),
        )
    command = f"{verbs.typed(context.desk.command_names, verbs.MAKE_PRIVATE_OWN)} {ticket.reference}"
    return say(
        context.language,
        "requester.others_read_own",
        reference=Bold(ticket.reference),
        team=context.team_of(ticket).title,
        command=command,
    )


def privacy_button(context: Context, ticket: Ticket) -> Button:
    """What makes the request private; the form that asks anew, to who is not its requester."""
    if not context.is_requester_of(ticket):
        return private_form_button(context)
    return Button(
        label=words(context.language, "requester.button_make_private"),
        verb=verbs.MAKE_PRIVATE_OWN,
        ticket=ticket.reference,
    )


def private_form_button(context: Context) -> Button:
    """The form that asks for something in private."""
    return Button(
        label=words(context.language, "requester.button_open_private"),
        verb=verbs.OPEN,
        options={PRIVATE: "yes"},
        opens_form=True,
    )
