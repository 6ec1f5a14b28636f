"""A change of many tickets is started, and undone: `/desk bulk-undo`."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.domain.bulk_changes.bulk_change import BulkChange, BulkOutcome
from bot.messages import verbs
from bot.messages.outbound import PrivateReply, RichText
from bot.services.bulk_changes.progress import begin_progress, show_progress
from bot.services.bulk_changes.selection import own_change, visible_tickets
from bot.text.sentences import joined
from bot.views.bulk_changes.change_text import change_title, references
from bot.views.bulk_changes.menu import CHANGE


def run(call: Call) -> PrivateReply:
    """What it does can be followed in a message to the actor."""
    change = own_change(call.context, call.option(CHANGE))
    change.start()
    call.context.uow.bulk_changes.save(change)
    begin_progress(call.context, change)
    return call.answer("bulk.started")


def undo(call: Call) -> PrivateReply | None:
    """The change of the button, or typed, the newest of the actor's that is not undone yet.

    Under the message itself, that says all.
    """
    last = call.context.uow.bulk_changes.last_of(call.context.actor.key)
    asked = call.option(CHANGE) or (str(last.id) if last is not None else "")
    if not asked:
        return call.answer("bulk.nothing_to_undo")
    change = own_change(call.context, asked)
    change.undo(at=call.context.now)
    call.context.uow.bulk_changes.save(change)
    show_progress(call.context, change)
    if call.location.is_direct:
        return None
    return PrivateReply(text=joined(_named(call, change), call.say("bulk.undo_started"), by="\n"))


def _named(call: Call, change: BulkChange) -> RichText:
    """What is undone, and of which tickets."""
    context = call.context
    title = change_title(change, uow=context.uow, desk=context.desk, language=context.language)
    items = context.uow.bulk_changes.items(change.id)
    changed = (each.ticket for each in items if each.outcome is BulkOutcome.CHANGED)
    tickets = visible_tickets(context, changed)
    return joined(title, (references([each.reference for each in tickets], context.language),), by=": ")


_CHANGE = Option(name=CHANGE, kind=OptionKind.WORD, is_required=False, is_typed_only=True)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.BULK_RUN,
        place=28,
        who=Role.AGENT,
        replies_privately=True,
        handler=run,
        is_listed=False,
        options=(_CHANGE,),
    ),
    Command(
        name=verbs.BULK_UNDO,
        place=28,
        who=Role.AGENT,
        replies_privately=True,
        handler=undo,
        menu_group="views",
        options=(_CHANGE,),
        example="bulk-undo",
    ),
)
