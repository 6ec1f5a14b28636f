"""How a change of many tickets goes, and what undoing the last one would do: for places that show it themselves."""

from bot.commands.bulk_changes.runs import already_undone, named_change
from bot.commands.framework.command import Call, Command, Handler, Option, OptionKind, Role
from bot.domain.bulk_changes.bulk_change import BulkChange, BulkOutcome
from bot.domain.errors import Refused
from bot.messages import verbs
from bot.messages.ask_again import AskAgain
from bot.messages.outbound import Button, PrivateReply
from bot.services.context.view import View
from bot.text.sentences import joined, words
from bot.views.bulk_changes.bulk_notice import progress_notice, undo_button
from bot.views.bulk_changes.menu import CHANGE

LOOK_AGAIN_S = 2.0


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
        return already_undone(call)
    if not change.may_be_undone(call.context.now):
        change.undo(at=call.context.now)  # says why not
    many = call.context.uow.bulk_changes.count(change.id)[BulkOutcome.CHANGED]
    if not many:
        raise Refused("bulk.nothing_to_undo")
    return PrivateReply(
        text=joined(named_change(call, change), call.say("bulk.undo_asks", count=many), by="\n"),
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


def _of_button(name: str, handler: Handler) -> Command:
    return Command(
        name=name,
        place=28,
        who=Role.AGENT,
        replies_privately=True,
        handler=handler,
        is_listed=False,
        reads=True,
        options=(Option(name=CHANGE, kind=OptionKind.WORD, is_required=False, is_typed_only=True),),
    )


COMMANDS: tuple[Command, ...] = (_of_button(verbs.BULK_STATE, state), _of_button(verbs.BULK_LAST, last))
