"""`/desk-admin`: what the desk's operator looks at and fixes."""

from collections import Counter

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.listings import audit_view, history_view
from bot.commands.framework.parsing import read_reference
from bot.domain.errors import ConfigurationError, Refused, TicketNotFound
from bot.domain.tickets.ticket import Status
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, PrivateReply, RichText
from bot.messages.typed_words import marked
from bot.ports.storage.outbox import Outbox, RowState
from bot.services.outbox.row_text import describe_row
from bot.services.outbox.undelivered import drop_delivery, retry_delivery
from bot.services.teams.gone_teams import gone_sentence, gone_teams
from bot.text import terms
from bot.text.amounts import listed_texts
from bot.text.amounts import number as written
from bot.text.error_text import in_english, tell
from bot.text.sentences import joined, say, words

LONGEST_NUMBER = 18
"""Digits; a longer number fits no database."""
FAILED = (RowState.DEAD, RowState.PARKED)


def outbox(call: Call) -> PrivateReply:
    """List what could not be delivered, or retry or drop one of it."""
    rows, language = call.context.uow.outbox, call.context.language
    action, number = call.option("action").lower(), call.option("number").lstrip("#")
    if not action:
        return _outbox_list(rows, call)
    typed = verbs.typed(call.context.desk.command_names, verbs.OUTBOX)
    if action not in ("retry", "drop"):
        raise Refused("commands.outbox_unknown_action", text=action, command=typed)
    if not (number.isascii() and number.isdigit()):
        raise Refused("commands.outbox_number_needed", outbox=typed, command=f"{typed} {action} 17")
    is_possible = len(number) <= LONGEST_NUMBER
    mend = retry_delivery if action == "retry" else drop_delivery
    if not is_possible or not mend(
        call.context.uow, int(number), actor=call.context.actor.key, now=call.context.now
    ):
        raise Refused("commands.outbox_unknown_message", number=number, command=typed)
    done = "commands.outbox_retried" if action == "retry" else "commands.outbox_dropped"
    return PrivateReply(text=say(language, done, number=number))


def _outbox_list(rows: Outbox, call: Call) -> PrivateReply:
    language = call.context.language
    counts = rows.count_by_state()
    waiting = counts.get(RowState.DUE, 0) + counts.get(RowState.LEASED, 0)
    failed = rows.listing(FAILED, limit=20)
    if not failed:
        if not waiting:
            return PrivateReply(text=say(language, "commands.outbox_empty"))
        return PrivateReply(text=say(language, "commands.outbox_none_failed", count=waiting))
    many = sum(counts.get(each, 0) for each in FAILED)
    text: RichText = say(language, "commands.outbox_failed", count=many, queued=waiting)
    for row in failed:
        text += ("\n", *describe_row(row, language))
    first = failed[0].id
    typed = verbs.typed(call.context.desk.command_names, verbs.OUTBOX)
    retry, drop = f"{typed} retry {first}", f"{typed} drop {first}"
    text += ("\n", *say(language, "commands.outbox_fix", retry=retry, drop=drop))
    buttons = tuple(
        Button(
            label=words(language, "commands.outbox_retry", number=str(row.id)),
            verb=verbs.OUTBOX,
            options={"action": "retry", "number": str(row.id)},
        )
        for row in failed[:5]
    )
    return PrivateReply(text=text, buttons=buttons)


def reload(call: Call) -> PrivateReply:
    """What is wrong with a file that cannot be used is told whole: who reads it can fix it."""
    try:
        return PrivateReply(text=tell(call.context.language, call.operations.reload()))
    except ConfigurationError as error:
        text = joined(say(call.context.language, "commands.not_reloaded"), marked(in_english(error)))
        return PrivateReply(text=text, is_error=True)


def audit(call: Call) -> PrivateReply:
    """The newest entries, or a ticket's."""
    context, text = call.context, call.option("ticket")
    if not text:
        return audit_view(context, context.uow.audit_log.recent(limit=30))
    reference = read_reference(text, prefix=context.desk.prefix)
    ticket = context.uow.tickets.find(reference.prefix, reference.number) if reference else None
    if ticket is None:
        raise TicketNotFound("refusals.no_ticket_called", reference=text)
    return history_view(context, ticket, context.uow.audit_log.of_ticket(ticket.id))


def status(call: Call) -> PrivateReply:
    """How the desk is: tickets by team, messages on their way, and the process itself."""
    uow, desk, language = call.context.uow, call.context.desk, call.context.language
    counts = uow.tickets.count_by_status()
    text: RichText = (Bold(desk.name),)
    for team in desk.teams.values():
        of_team: Counter[Status] = Counter()
        for (name, community, state), many in counts.items():
            if desk.answering(name, community) == team.name:
                of_team[state] += many
        each = [
            f"{written(many, language)} {terms.status(state, language)}"
            for state, many in sorted(of_team.items())
        ]
        tickets = ", ".join(each) or words(language, "commands.status_no_tickets")
        text += (f"\n{team.title}: {tickets}",)
    for gone in gone_teams(uow, desk):
        if gone.tickets:
            text += ("\n", *tell(language, gone_sentence(desk, gone)))
    text += ("\n", *_messages(uow.outbox, call))
    for line in call.operations.status_lines():
        text += ("\n", *tell(language, line))
    return PrivateReply(text=text)


def _messages(rows: Outbox, call: Call) -> RichText:
    """What is on its way, and below it what did not arrive: of which kinds, and what can be done about it."""
    language, counts = call.context.language, rows.count_by_state()
    on_the_way = ", ".join(
        words(language, f"commands.outbox_state_{state}", number=counts[state])
        for state in (RowState.DUE, RowState.LEASED)
        if state in counts
    )
    key = "commands.status_messages" if on_the_way else "commands.status_no_messages"
    lines = [say(language, key, counts=on_the_way)]
    command = verbs.typed(call.context.desk.command_names, verbs.OUTBOX)
    for state in FAILED:
        if state in counts:
            kinds = {row.kind: row.kind.term for row in rows.listing([state])}
            lines.append(
                call.say(
                    f"commands.status_{state}",
                    count=counts[state],
                    kinds=listed_texts([tell(language, each) for each in kinds.values()], language),
                    command=command,
                )
            )
    return joined(*lines, by="\n")


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.OUTBOX,
        place=10,
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
        who=Role.ADMIN,
        handler=reload,
        reads=True,
    ),
    Command(
        name="desk-admin audit",
        place=30,
        who=Role.ADMIN,
        handler=audit,
        reads=True,
        options=(Option(name="ticket", kind=OptionKind.WORD, is_required=False),),
    ),
    Command(
        name="desk-admin status",
        place=40,
        who=Role.ADMIN,
        handler=status,
        reads=True,
    ),
)
