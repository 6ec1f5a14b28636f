"""`/desk wait`, `hold`, `resolve`, `close` and `reopen`: a ticket’s way from open to closed, and back."""

from bot.commands.framework.command import Call, Command, Option, ReadBy, Role
from bot.commands.framework.ticket_filters import assigned, of_teams, of_teams_and_finished
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.ports.intake import ShortcutOn
from bot.services.tickets import actions


def wait(call: Call, ticket: Ticket) -> PrivateReply:
    actions.wait_for_requester(call.context, ticket, question=call.option("question"))
    return call.answer("answers.pending", reference=ticket.reference)


def hold(call: Call, ticket: Ticket) -> PrivateReply:
    actions.hold_ticket(call.context, ticket, reason=call.option("reason"))
    return call.answer("answers.on_hold", reference=ticket.reference)


def resolve(call: Call, ticket: Ticket) -> PrivateReply:
    actions.resolve_ticket(call.context, ticket, resolution=call.option("resolution"))
    return call.answer("answers.resolved", reference=ticket.reference)


def close(call: Call, ticket: Ticket) -> PrivateReply:
    actions.close_ticket(call.context, ticket, reason=call.option("reason"))
    return call.answer("answers.closed", reference=ticket.reference)


def reopen(call: Call, ticket: Ticket) -> PrivateReply:
    actions.reopen_ticket(call.context, ticket)
    key = "answers.reopened" if ticket.assignee is not None else "answers.reopened_unassigned"
    return call.answer(key, reference=ticket.reference)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.WAIT,
        place=120,
        who=Role.AGENT,
        on_ticket=wait,
        fitting=assigned,
        options=(Option(name="question", is_required=False, read_by=ReadBy.REQUESTER),),
        owed_words="question",
        has_form=True,
    ),
    Command(
        name=verbs.HOLD,
        place=130,
        who=Role.AGENT,
        on_ticket=hold,
        fitting=assigned,
        owed_words="reason",
        options=(Option(name="reason", is_required=False, read_by=ReadBy.REQUESTER),),
        has_form=True,
    ),
    Command(
        name=verbs.RESOLVE,
        place=140,
        shortcuts=(ShortcutOn.THREAD,),
        who=Role.AGENT,
        on_ticket=resolve,
        fitting=assigned,
        owed_words="resolution",
        confirms_choice=True,
        options=(Option(name="resolution", is_required=False, read_by=ReadBy.REQUESTER),),
        has_form=True,
        example="resolve IT-12 new cable",
    ),
    Command(
        name=verbs.CLOSE,
        place=150,
        who=Role.AGENT,
        on_ticket=close,
        fitting=of_teams,
        confirms_choice=True,
        options=(Option(name="reason", is_required=False, read_by=ReadBy.REQUESTER),),
        has_form=True,
    ),
    Command(
        name=verbs.REOPEN,
        place=160,
        who=Role.AGENT,
        on_ticket=reopen,
        fitting=of_teams_and_finished,
    ),
)
