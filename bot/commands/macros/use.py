"""`/desk macro`: a canned reply with its changes, shown before it is sent."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.macros import previews
from bot.commands.framework.macros.previews import (
    ACT,
    LEFT,
    NOW,
    SEEN,
    changed_meanwhile,
    choice_form,
    edit_form,
    has_seen,
    preview_reply,
    said_unseen,
    shares,
)
from bot.commands.framework.replies.held_commands import hold_back
from bot.commands.framework.ticket_filters import assigned
from bot.domain.directory import MacroUse
from bot.domain.errors import FieldsRefused
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.note_mark import is_marked_note
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.context.context import Context
from bot.services.macros.application import apply_macro, fields_left_out
from bot.services.macros.filled_text import TEXT, fill_edited
from bot.services.macros.known_macros import find_macro, macros_for
from bot.services.macros.preview import MacroPreview, missing_in_words, preview_macro
from bot.text.error_text import tell
from bot.text.sentences import joined, words


def use_macro(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """One step of choosing, looking and sending; each looks at the macro and the ticket as they are then."""
    if call.option(ACT) == previews.CANCEL:
        return PrivateReply(text=call.say("macros.not_sent", reference=ticket.reference), is_turned=True)
    if not call.option("macro"):
        return choice_form(call, ticket)
    preview = preview_macro(call.context, ticket, find_macro(call.context, call.option("macro"), ticket))
    if call.is_released:
        return _send(call, ticket, preview, call.option(TEXT))
    match call.option(ACT):
        case previews.EDIT:
            return edit_form(call, ticket, preview)
        case previews.EDITED:
            return _send_edited(call, ticket, preview)
        case previews.SEND if preview.is_ready and has_seen(call, preview):
            return _send(call, ticket, preview, preview.filled.text)
        case previews.SEND:
            return preview_reply(call, ticket, preview, is_changed=True)
        case _:
            return _chosen(call, ticket, preview)


def _chosen(call: Call, ticket: Ticket, preview: MacroPreview) -> PrivateReply | Form:
    """At once only where somebody wants that and nothing is left to be decided."""
    is_wanted = call.option(NOW) in (NOW, "yes") or call.context.team_of(ticket).macros is MacroUse.AT_ONCE
    is_wanted = is_wanted and not is_marked_note(preview.filled.text)  # then it is looked at first
    if is_wanted and preview.is_ready and not shares(ticket, preview):
        return _send(call, ticket, preview, preview.filled.text)
    is_by_form = call.is_form and call.context.follows_forms(call.context.actor.platform)
    if is_by_form and preview.is_editable:
        return edit_form(call, ticket, preview)
    return preview_reply(call, ticket, preview)


def _send_edited(call: Call, ticket: Ticket, preview: MacroPreview) -> PrivateReply | Form:
    """Raises FieldsRefused for a text without words, and for placeholders in it that have no value."""
    given = call.option(TEXT)
    if not given:
        label = words(call.context.language, "macros.reply_label")
        raise FieldsRefused({TEXT: sentence("refusals.missing", label=label)})
    left = call.option(LEFT).split()
    filled = fill_edited(call.context, ticket, given, shown=preview.filled.text, left=left)
    if filled.missing:
        lacking, *_ = missing_in_words(call.context, ticket, filled.missing)
        raise FieldsRefused({TEXT: lacking})
    if is_marked_note(filled.text) and not is_marked_note(preview.filled.text):
        command = f"{verbs.typed(call.context.desk.command_names, verbs.NOTE)} {ticket.reference}"
        raise FieldsRefused({TEXT: sentence("refusals.begins_as_note", command=command)})
    is_same = call.option(SEEN).partition(".")[0] == preview.mark_of_changes
    if not is_same or said_unseen(call, ticket):
        return edit_form(call, ticket, preview, text=given, notice=changed_meanwhile(call, ticket))
    return _send(call, ticket, preview, filled.text)


def _send(call: Call, ticket: Ticket, preview: MacroPreview, text: str) -> PrivateReply:
    """What is sent is what was shown, also where it is held back first."""
    macro, reference = preview.macro, ticket.reference
    as_shown = replace(call, options={call.command.options[0].name: macro.name, TEXT: text})
    if held := hold_back(as_shown, ticket):
        told = joined(held.text, call.seen(ReadBy.REQUESTER, text, on=ticket))
        return replace(held, text=told, is_turned=bool(call.option(ACT)))
    left_out = tuple(fields_left_out(call.context, ticket, macro))
    apply_macro(call.context, ticket, macro, text=text)
    sent = call.say("answers.macro_sent", title=macro.title, reference=reference)
    seen = call.seen(ReadBy.REQUESTER, text, on=ticket)
    unset = tell(call.context.language, Sentence("macros.left_out", {"names": left_out})) if left_out else ()
    return PrivateReply(text=joined(sent, seen, unset), is_turned=bool(call.option(ACT)))


def _lacks(context: Context) -> Sentence | None:
    """Nothing to choose from: where macros are written."""
    if macros_for(context, None):
        return None
    return sentence("macros.none_yet", command=verbs.typed(context.desk.command_names, verbs.NEW_MACRO))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.MACRO,
        place=80,
        who=Role.AGENT,
        on_ticket=use_macro,
        fitting=assigned,
        options=(
            Option(name="macro", kind=OptionKind.MACRO, is_required=False),
            Option(name=NOW, kind=OptionKind.FLAG, is_required=False),
        ),
        asks_without=frozenset({"macro"}),
        lacks=_lacks,
        menu_group="macro",
        menu_verb="send",
        example="macro IT-12 restart",
    ),
)
