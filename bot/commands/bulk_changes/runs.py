"""A change of many tickets is started, and undone: `/desk bulk-undo`."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.bulk_changes.progress import begin_progress, show_progress
from bot.services.bulk_changes.selection import own_change
from bot.views.bulk_changes.menu import CHANGE


def run(call: Call) -> PrivateReply:
    """What it does can be followed in a message to the actor."""
    change = own_change(call.context, call.option(CHANGE))
    change.start()
    call.context.uow.bulk_changes.save(change)
    begin_progress(call.context, change)
    return call.answer("bulk.started")


def undo(call: Call) -> PrivateReply | None:
    """The change of the button, or typed, the actor's last one. Under the message itself, that says all."""
    last = call.context.uow.bulk_changes.last_of(call.context.actor.key)
    asked = call.option(CHANGE) or (str(last.id) if last is not None else "")
    if not asked:
        return call.answer("bulk.nothing_to_undo")
    change = own_change(call.context, asked)
    change.undo(at=call.context.now)
    call.context.uow.bulk_changes.save(change)
    show_progress(call.context, change)
    return None if call.location.is_direct else call.answer("bulk.undo_started")


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
        menu_group="ticket",
        options=(_CHANGE,),
        example="bulk-undo",
    ),
)
