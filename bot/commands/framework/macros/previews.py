"""A macro before it is sent: its text as the requester will read it, what changes, and what is missing.

A preview says what it showed, since the macro, the ticket and its fields may change before somebody answers it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.framework.command import Call
from bot.commands.framework.macros.labels import macro_label, whose
from bot.commands.framework.replies.collisions import meanwhile_in_words
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Field, Form, PrivateReply, Quote, RichText
from bot.messages.plain import quoted
from bot.services.context.context import Context
from bot.services.macros.filled_text import TEXT
from bot.services.macros.known_macros import macros_for
from bot.services.macros.preview import MacroPreview, missing_in_words, seen_until
from bot.services.tickets.copy_rules import is_read_by_requester
from bot.services.tickets.merges.readers import says_who_else
from bot.services.tickets.replies.colleague_words import ColleagueWords, said_since
from bot.text.error_text import tell
from bot.text.sentences import joined, words

ACT, SEEN, LEFT = "act", "seen", "left"
"""Options of buttons and forms: what to do, the mark of what was shown, and the placeholders left in the text.

A form's mark begins with that of the changes, and goes on with that of all, so that drafts of other texts are others.
All end with the mark of when the requester was told something last.
"""
SEND, EDIT, EDITED, CANCEL = "send", "change", "changed", "cancel"
NOW = "now"


def choice_form(call: Call, ticket: Ticket) -> Form:
    """Which macro, and whether it is shown first."""
    context, language = call.context, call.context.language
    macro, now = call.command.options
    known = macros_for(context, ticket)
    names = Field(
        name=macro.name,
        label=call.command.label(macro, language),
        kind="choice",
        choices=tuple((each.macro.name, macro_label(context, each)) for each in known),
    )
    at_once = Field(
        name=now.name,
        label=call.command.label(now, language),
        kind="yes_no",
        is_required=False,
        choices=tuple((each, words(language, f"commands.{each}")) for each in ("yes", "no")),
    )
    return Form(
        title=f"{call.command.form_title(language)} · {ticket.reference}",
        verb=call.command.name,
        ticket=ticket.reference,
        fields=(names, at_once),
        submit=words(language, "commands.next_step"),
        instead=call.say(
            "macros.name_one", command=f"{_typed(call)} {ticket.reference} {known[0].macro.name}"
        ),
    )


def preview_reply(
    call: Call, ticket: Ticket, preview: MacroPreview, *, is_changed: bool = False
) -> PrivateReply:
    """With buttons to send it, to change its text first, or to leave it."""
    language = call.context.language
    heading = call.say(
        "macros.preview",
        title=preview.macro.title,
        reference=Bold(ticket.reference),
        owner=whose(call.context, preview.known),
    )
    text = joined(
        changed_meanwhile(call, ticket) if is_changed else (),
        heading,
        (Quote(preview.filled.text),),
        *effects(call.context, ticket, preview),
        by="\n",
    )
    send = _button(call, ticket, preview, SEND, label=words(language, "macros.button_send"))
    edit = _button(call, ticket, preview, EDIT, label=words(language, "macros.button_edit"))
    cancel = _button(call, ticket, preview, CANCEL, label=words(language, "macros.button_cancel"))
    buttons = [replace(send, is_primary=True)] if preview.is_ready else []
    buttons += [edit] if preview.is_editable else []
    return PrivateReply(
        text=text, buttons=(*buttons, cancel), is_question=True, is_turned=bool(call.option(ACT))
    )


def has_seen(call: Call, preview: MacroPreview) -> bool:
    """Whether a preview like this one is what was sent."""
    return call.option(SEEN) == f"{preview.mark}.{preview.mark_of_time}"


def said_unseen(call: Call, ticket: Ticket) -> Sequence[ColleagueWords]:
    """What colleagues have told the requester since the preview."""
    until = seen_until(call.option(SEEN).rpartition(".")[2])
    return said_since(call.context, ticket, after=until) if until is not None else ()


def changed_meanwhile(call: Call, ticket: Ticket) -> RichText:
    """That it is another preview, and what colleagues have told the requester since the one before."""
    said = said_unseen(call, ticket)
    told = meanwhile_in_words(call, said) if said else ()
    return joined(call.say("macros.changed_meanwhile"), told, by="\n")


def edit_form(
    call: Call, ticket: Ticket, preview: MacroPreview, *, text: str = "", notice: RichText = ()
) -> Form:
    """Its text, to be changed before it is sent; `text` is what somebody made of it already."""
    language = call.context.language
    told = [tell(language, each) for each in missing_in_words(call.context, ticket, preview.filled.missing)]
    share = _share(call.context, ticket, preview)
    also = says_who_else(call.context.uow, ticket, language=language)
    hint = joined(*told, *_changes(call.context, preview), share, also, by=" ")
    field = Field(
        name=TEXT,
        label=words(language, "macros.reply_label"),
        kind="long_text",
        value=text or preview.filled.text,
        hint=quoted(hint),
    )
    return Form(
        title=f"{call.command.form_title(language)} · {ticket.reference}",
        verb=call.command.name,
        ticket=ticket.reference,
        fields=(field,),
        submit=words(language, "macros.button_send"),
        fixed={
            call.command.options[0].name: preview.macro.name,
            ACT: EDITED,
            SEEN: f"{preview.mark_of_changes}.{preview.mark}.{preview.mark_of_time}",
            LEFT: " ".join(each.name for each in preview.filled.missing),
        },
        notice=notice,
    )


def effects(context: Context, ticket: Ticket, preview: MacroPreview) -> tuple[RichText, ...]:
    """What is missing, what changes, and what does not, a line each."""
    language = context.language
    missing = (tell(language, each) for each in missing_in_words(context, ticket, preview.filled.missing))
    required = _required(context, ticket, preview)
    nobody = (
        ()
        if is_read_by_requester(context.uow, ticket)
        else tell(language, Sentence("answers.seen_by_nobody"))
    )
    also = says_who_else(context.uow, ticket, language=language)
    return (*missing, *required, *_changes(context, preview), _share(context, ticket, preview), nobody, also)


def shares(ticket: Ticket, preview: MacroPreview) -> bool:
    """Whether sending it shows a private ticket to another team."""
    team = preview.macro.team
    return ticket.is_private and team is not None and team != ticket.team


def _changes(context: Context, preview: MacroPreview) -> tuple[RichText, ...]:
    language = context.language
    lines: list[RichText] = []
    if preview.changes:
        lines.append(tell(language, Sentence("macros.also_changes", {"changes": preview.changes})))
    if preview.left_out:
        lines.append(tell(language, Sentence("macros.left_out", {"names": preview.left_out})))
    return tuple(lines)


def _required(context: Context, ticket: Ticket, preview: MacroPreview) -> tuple[RichText, ...]:
    if not preview.required:
        return ()
    values = " ".join(f"{each.name}=…" for each in preview.required)
    command = f"{verbs.typed(context.desk.command_names, verbs.SET)} {ticket.reference} {values}"
    labels = tuple(each.label_in(context.language) for each in preview.required)
    return (tell(context.language, sentence("macros.resolving_needs", fields=labels, command=command)),)


def _share(context: Context, ticket: Ticket, preview: MacroPreview) -> RichText:
    if not shares(ticket, preview):
        return ()
    facts = {"reference": ticket.reference, "team": context.desk.title_of(str(preview.macro.team))}
    return tell(context.language, Sentence("answers.transfer_private", facts))


def _button(call: Call, ticket: Ticket, preview: MacroPreview, act: str, *, label: str) -> Button:
    options = {call.command.options[0].name: preview.macro.name, ACT: act}
    seen = {SEEN: f"{preview.mark}.{preview.mark_of_time}"} if act == SEND else {}
    return Button(label=label, verb=call.command.name, ticket=ticket.reference, options=options | seen)


def _typed(call: Call) -> str:
    return verbs.typed(call.context.desk.command_names, call.command.name)
