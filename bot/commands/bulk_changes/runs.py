"""A change of many tickets is started, and undone: `/desk bulk-undo`."""

from bot.commands.framework.command import Call, Command, Handler, Option, OptionKind, Role
from bot.domain.bulk_changes.bulk_change import BulkChange, BulkOutcome
from bot.domain.errors import Refused
from bot.messages import verbs
from bot.messages.ask_again import AskAgain
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.services.bulk_changes.preview import preview
from bot.services.bulk_changes.preview_marks import SINCE, without_marks
from bot.services.bulk_changes.progress import begin_progress, show_progress
from bot.services.bulk_changes.selection import own_change, select, visible_tickets
from bot.services.context.view import View
from bot.text.sentences import joined, words
from bot.views.bulk_changes.bulk_notice import progress_notice, undo_button
from bot.views.bulk_changes.change_text import change_title, references
from bot.views.bulk_changes.menu import CHANGE, preview_of

LOOK_AGAIN_S = 2.0


def run(call: Call) -> PrivateReply:
    """What it does can be followed in a message to the actor."""
    change = own_change(call.context, call.option(CHANGE))
    change.start()
    call.context.uow.bulk_changes.save(change)
    begin_progress(call.context, change)
    return call.answer("bulk.started")


def cancel(call: Call) -> PrivateReply:
    """Of a preview: its button does nothing any more."""
    change = own_change(call.context, call.option(CHANGE))
    change.drop()
    call.context.uow.bulk_changes.save(change)
    return PrivateReply(text=call.say("bulk.cancelled"), is_turned=True)


def undo(call: Call) -> PrivateReply | None:
    """The change of the button, or typed, the actor's newest; the one before that only where they ask for it.

    Under the message itself, that says all.
    """
    newest = call.context.uow.bulk_changes.newest_of(call.context.actor.key)
    if not call.option(CHANGE) and newest is not None and newest.is_undone:
        return _already_undone(call)
    asked = call.option(CHANGE) or (str(newest.id) if newest is not None else "")
    if not asked:
        return call.answer("bulk.nothing_to_undo")
    change = own_change(call.context, asked)
    change.undo(at=call.context.now)
    call.context.uow.bulk_changes.save(change)
    show_progress(call.context, change)
    if call.location.is_direct:
        return None
    return PrivateReply(text=joined(_named(call, change), call.say("bulk.undo_started"), by="\n"))


def _already_undone(call: Call) -> PrivateReply:
    """And what was changed before it, with a button, where that can still be undone."""
    done = call.say("bulk.already_undone")
    earlier = call.context.uow.bulk_changes.last_of(call.context.actor.key)
    if earlier is None or not earlier.may_be_undone(call.context.now):
        return PrivateReply(text=done, is_error=True)
    before = call.say("bulk.changed_before")
    return PrivateReply(
        text=joined(done, joined(before, _named(call, earlier)), by="\n"),
        buttons=(undo_button(earlier, language=call.context.language),),
    )


def _named(call: Call, change: BulkChange) -> RichText:
    """What is undone, and of which tickets."""
    context = call.context
    title = change_title(change, uow=context.uow, desk=context.desk, language=context.language)
    items = context.uow.bulk_changes.items(change.id)
    changed = (each.ticket for each in items if each.outcome is BulkOutcome.CHANGED)
    tickets = visible_tickets(context, changed)
    return joined(title, (references([each.reference for each in tickets], context.language),), by=": ")


def again(call: Call) -> PrivateReply:
    """A new preview of the tickets that were left because others changed them after the last one."""
    context, over = call.context, own_change(call.context, call.option(CHANGE))
    left = [
        each.ticket
        for each in context.uow.bulk_changes.items(over.id)
        if each.outcome is BulkOutcome.LEFT and each.reason is not None and each.reason.key in SINCE
    ]
    tickets = visible_tickets(context, left)
    if over.action is None or not tickets:
        raise Refused("bulk.gone")
    change = select(context, tickets, query=" ".join(each.reference for each in tickets))
    change.mean(over.action, without_marks(over.details))
    return preview_of(context, change, preview(context, change))


def state(call: Call) -> PrivateReply:
    """What the message to its actor says now; while it is at work, how to ask for it again."""
    change, context = _meant(call), call.context
    if change is None:
        raise Refused("bulk.nothing_to_undo")
    view = View(uow=context.uow, desk=context.desk, now=context.now, language=context.language)
    notice = progress_notice(view, change)
    if not change.is_at_work:
        return PrivateReply(text=notice.text, buttons=notice.buttons)
    options = {CHANGE: str(change.id)}
    look = Button(label=words(context.language, "bulk.button_state"), verb=verbs.BULK_STATE, options=options)
    return PrivateReply(
        text=joined(notice.text, call.say("bulk.shown_here"), by="\n"),
        buttons=(look,),
        again=AskAgain(verb=verbs.BULK_STATE, ticket="", options=options, after_s=LOOK_AGAIN_S),
    )


def last(call: Call) -> PrivateReply:
    """Which change would be undone, and how many tickets it changed. Raises Refused where there is none."""
    change = _meant(call)
    if change is None:
        raise Refused("bulk.nothing_to_undo")
    if change.is_undone and not call.option(CHANGE):
        return _already_undone(call)
    if not change.may_be_undone(call.context.now):
        change.undo(at=call.context.now)  # says why not
    many = call.context.uow.bulk_changes.count(change.id)[BulkOutcome.CHANGED]
    if not many:
        raise Refused("bulk.nothing_to_undo")
    return PrivateReply(
        text=joined(_named(call, change), call.say("bulk.undo_asks", count=many), by="\n"),
        buttons=(undo_button(change, language=call.context.language),),
        is_question=True,
    )


def _meant(call: Call) -> BulkChange | None:
    """That of the button, else the actor's newest."""
    changes, asked = call.context.uow.bulk_changes, call.option(CHANGE)
    if not asked:
        return changes.newest_of(call.context.actor.key)
    change = changes.find(int(asked)) if asked.isdecimal() else None
    if change is None or change.actor != call.context.actor.key or change.action is None:
        raise Refused("bulk.gone")
    return change


_CHANGE = Option(name=CHANGE, kind=OptionKind.WORD, is_required=False, is_typed_only=True)


def _of_button(name: str, handler: Handler, *, reads: bool = False) -> Command:
    return Command(
        name=name,
        place=28,
        who=Role.AGENT,
        replies_privately=True,
        handler=handler,
        is_listed=False,
        reads=reads,
        options=(_CHANGE,),
    )


COMMANDS: tuple[Command, ...] = (
    _of_button(verbs.BULK_RUN, run),
    _of_button(verbs.BULK_CANCEL, cancel),
    _of_button(verbs.BULK_AGAIN, again),
    _of_button(verbs.BULK_STATE, state, reads=True),
    _of_button(verbs.BULK_LAST, last, reads=True),
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
