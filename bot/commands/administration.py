"""`/desk-admin`: what the desk's operator looks at and mends."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.listings import audit_view, history_view
from bot.commands.framework.parsing import read_reference
from bot.domain.errors import Refused, TicketNotFound
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, PrivateReply, RichText
from bot.messages.typed_words import marked
from bot.ports.storage.outbox import Outbox, RowState
from bot.services.outbox.row_text import describe_row
from bot.text.english import counted

LONGEST_NUMBER = 18
"""Digits; a longer number fits no database."""
FAILED = (RowState.DEAD, RowState.PARKED)


def outbox(call: Call) -> PrivateReply:
    """List what could not be delivered, or retry or drop one of it."""
    rows = call.context.uow.outbox
    action, number = call.option("action").lower(), call.option("number").lstrip("#")
    if not action:
        return _outbox_list(rows)
    if action not in ("retry", "drop"):
        raise Refused(
            f"`{action}` is nothing the outbox can do. Use `outbox`, `outbox retry N` or `outbox drop N`."
        )
    if not (number.isascii() and number.isdigit()):
        raise Refused(f"Say which message: `outbox {action} N`, with the number from `outbox`.")
    is_possible = len(number) <= LONGEST_NUMBER
    if not is_possible or not (rows.retry(int(number)) if action == "retry" else rows.drop(int(number))):
        raise Refused(f"There is no failed message #{number}. List them with `outbox`.")
    done = "will be tried again" if action == "retry" else "was dropped"
    return PrivateReply(text=(f"Message #{number} {done}.",))


def _outbox_list(rows: Outbox) -> PrivateReply:
    counts = rows.count_by_state()
    waiting = counts.get(RowState.DUE, 0) + counts.get(RowState.LEASED, 0)
    failed = rows.listing(FAILED, limit=20)
    if not failed:
        on_their_way = f"{counted(waiting, 'message')} on the way" if waiting else "nothing waits"
        return PrivateReply(text=(f"Nothing has failed; {on_their_way}.",))
    text: RichText = (
        Bold(f"{counted(sum(counts.get(each, 0) for each in FAILED), 'message')} failed"),
        f", {waiting} on the way.",
    )
    for row in failed:
        text += ("\n", *marked(describe_row(row)))
    first = failed[0].id
    text += (
        "\nMend the cause, then ",
        Code(f"outbox retry {first}"),
        " or ",
        Code(f"outbox drop {first}"),
        ".",
    )
    buttons = tuple(
        Button(
            label=f"Retry #{row.id}",
            verb=verbs.OUTBOX,
            options={"action": "retry", "number": str(row.id)},
        )
        for row in failed[:5]
    )
    return PrivateReply(text=text, buttons=buttons)


def reload(call: Call) -> PrivateReply:
    return PrivateReply(text=(call.operations.reload(),))


def audit(call: Call) -> PrivateReply:
    """The newest entries, or a ticket's."""
    context, words = call.context, call.option("ticket")
    if not words:
        return audit_view(context, context.uow.audit_log.recent(limit=30))
    reference = read_reference(words, prefix=context.desk.prefix)
    ticket = context.uow.tickets.find(reference.prefix, reference.number) if reference else None
    if ticket is None:
        raise TicketNotFound(f"There is no ticket {words}.")
    return history_view(context, ticket, context.uow.audit_log.of_ticket(ticket.id))


def status(call: Call) -> PrivateReply:
    """How the desk is: tickets by team, messages on their way, and the process itself."""
    uow, desk = call.context.uow, call.context.desk
    counts = uow.tickets.count_by_status()
    text: RichText = (Bold(desk.name),)
    for team in desk.teams.values():
        each = [
            f"{number} {state.label}" for (name, state), number in sorted(counts.items()) if name == team.name
        ]
        text += (f"\n{team.title}: {', '.join(each) or 'no tickets yet'}",)
    messages = ", ".join(f"{number} {state}" for state, number in sorted(uow.outbox.count_by_state().items()))
    text += (f"\nMessages: {messages or 'none yet'}",)
    for line in call.operations.status_lines():
        text += (f"\n{line}",)
    return PrivateReply(text=text)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.OUTBOX,
        place=10,
        summary="Messages that could not be delivered: list, retry, drop.",
        who=Role.ADMIN,
        handler=outbox,
        options=(
            Option(name="action", kind=OptionKind.WORD, is_required=False),
            Option(name="number", kind=OptionKind.WORD, is_required=False),
        ),
        example="outbox retry 17",
    ),
    Command(
        name="desk-admin reload",
        place=20,
        summary="Read desk.yaml again; a broken one is refused.",
        who=Role.ADMIN,
        handler=reload,
        reads=True,
    ),
    Command(
        name="desk-admin audit",
        place=30,
        summary="What happened lately, or to one ticket.",
        who=Role.ADMIN,
        handler=audit,
        reads=True,
        options=(Option(name="ticket", kind=OptionKind.WORD, is_required=False),),
    ),
    Command(
        name="desk-admin status",
        place=40,
        summary="How the desk is doing.",
        who=Role.ADMIN,
        handler=status,
        reads=True,
    ),
)
