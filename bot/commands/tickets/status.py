"""`/desk wait`, `hold`, `resolve`, `close` and `reopen`: a ticket’s way from open to closed, and back."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, ReadBy, Role, excerpt
from bot.commands.framework.fields.forms import ASKED, form_with_fields, read_form
from bot.commands.framework.replies.held_commands import hold_back
from bot.commands.framework.replies.owed_words import UNANSWERED, ask_owed, ask_unanswered
from bot.commands.framework.replies.said_words import unsent_words
from bot.commands.framework.ticket_filters import assigned, of_teams, of_teams_and_finished
from bot.commands.framework.ticket_lists import next_button
from bot.domain.credentials import hide_credentials
from bot.domain.errors import FieldsRefused, Refused
from bot.domain.tickets.custom_field import RESOLUTION, TIME
from bot.domain.tickets.ticket import Ticket
from bot.domain.worked_time.typed_time import TypedTime, read_worked_length
from bot.messages import verbs
from bot.messages.outbound import Field, Form, PrivateReply
from bot.ports.intake import ShortcutOn
from bot.services.context.status_words import status_words
from bot.services.tickets import actions
from bot.services.tickets.copy_rules import is_read_by_requester, owes_words
from bot.services.tickets.fields.changes import set_fields
from bot.services.tickets.fields.requirements import ResolutionIncomplete, missing_to_resolve
from bot.services.tickets.revisions.buttons import revision_buttons
from bot.services.tickets.revisions.sent_message import own_sent, sent_name
from bot.services.tickets.worked_time.entries import log_time, today
from bot.text.error_text import explain, tell
from bot.text.sentences import joined, words


def _done(call: Call, key: str, ticket: Ticket) -> PrivateReply:
    """With the way to the next ticket, now that this one needs its agent no more."""
    reply = call.answer(key, reference=ticket.reference)
    return replace(reply, buttons=(next_button(call.context.language),))


def _ended(call: Call, key: str, ticket: Ticket, *, said: str) -> PrivateReply:
    """Where nothing was said with it, with what the requester read last, which should tell how it was solved."""
    done = _done(call, key, ticket)
    if said or any(each.digest is not None for each in call.files):
        return _with_revisions(call, ticket, done)
    if call.files or not is_read_by_requester(call.context.uow, ticket):
        return done
    public = call.context.uow.messages.said_in_public(ticket.id)
    told = [
        (each.said_at, each.text) for each in public if each.is_reply and not each.is_deleted and each.text
    ]
    told += [(each.at, each.text) for each in status_words(call.context.uow, ticket)]
    if not told:
        return done
    _, text = max(told)
    command = f"{verbs.typed(call.context.desk.command_names, verbs.REPLY)} {ticket.reference}"
    last = call.say("answers.ends_with", text=excerpt(hide_credentials(text)), command=command)
    return replace(done, text=joined(done.text, last))


def _with_revisions(call: Call, ticket: Ticket, done: PrivateReply) -> PrivateReply:
    """With ways to change and take back what was said with it."""
    sent = sent_name(own_sent(call.context, ticket))
    takes_back = revision_buttons(call.context, ticket, sent, group=call.command.group)
    return replace(done, buttons=(*takes_back, *done.buttons), is_news=True)


def wait(call: Call, ticket: Ticket) -> PrivateReply | Form:
    if form := ask_owed(call, ticket, becomes=Ticket.wait):
        return form
    if held := hold_back(call, ticket, becomes=Ticket.wait):
        return held
    actions.wait_for_requester(call.context, ticket, question=call.option("question"), files=call.files)
    done = _done(call, "answers.pending", ticket)
    is_said = bool(call.option("question") or call.files)
    return _with_revisions(call, ticket, done) if is_said else done


def hold(call: Call, ticket: Ticket) -> PrivateReply | Form:
    if form := ask_owed(call, ticket, becomes=Ticket.hold):
        return form
    if held := hold_back(call, ticket, becomes=Ticket.hold):
        return held
    actions.hold_ticket(call.context, ticket, reason=call.option("reason"))
    done = _done(call, "answers.on_hold", ticket)
    return _with_revisions(call, ticket, done) if call.option("reason") else done


def resolve(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """Where something is missing, a form that asks for it, with the words that were typed."""
    is_asked = bool(call.option(ASKED))
    if is_asked and not call.is_released and (values := read_form(call, ticket)):
        set_fields(call.context, ticket, values)
    if call.option(TIME) and not call.is_released:
        _log_asked_time(call, ticket)
    try:
        if held := _held_resolution(call, ticket):
            return held
        actions.resolve_ticket(call.context, ticket, resolution=call.option(RESOLUTION), files=call.files)
    except ResolutionIncomplete as incomplete:
        if is_asked:
            raise
        return _asking_for(incomplete, call, ticket)
    return _ended(call, "answers.resolved", ticket, said=call.option(RESOLUTION))


def _log_asked_time(call: Call, ticket: Ticket) -> None:
    """What the form says that resolving needs. Raises FieldsRefused where that is no length."""
    day = today(call.context)
    try:
        length, text = read_worked_length(call.option(TIME), is_minutes=True)
        log_time(call.context, ticket, TypedTime(day=day, length=length, text=text))
    except Refused as refusal:
        raise FieldsRefused({TIME: refusal.sentences[0]}) from None


def _held_resolution(call: Call, ticket: Ticket) -> PrivateReply | Form | None:
    """Raises ResolutionIncomplete at once, not when it leaves."""
    if missing := missing_to_resolve(call.context, ticket, has_words=bool(call.option(RESOLUTION))):
        raise ResolutionIncomplete(call.context, ticket, missing)
    if form := ask_owed(call, ticket, becomes=Ticket.resolve):
        return form
    return hold_back(call, ticket, becomes=Ticket.resolve)


def _asking_for(incomplete: ResolutionIncomplete, call: Call, ticket: Ticket) -> Form:
    language, command = call.context.language, call.command
    (option, *_) = command.options
    hint = command.hint(option, language)
    if call.files:
        hint = f"{hint} {words(language, 'commands.files_again')}".strip()
    words_of_it = Field(
        name=RESOLUTION,
        label=command.label(option, language),
        kind="long_text",
        is_required=incomplete.missing.is_wordless or owes_words(call.context.uow, ticket),
        value=call.option(RESOLUTION),
        hint=hint,
    )
    instead = explain(language, incomplete)
    for unsent in unsent_words(call):
        instead = joined(instead, tell(language, unsent))
    asked_time = Field(
        name=TIME, label=words(language, "time.ask_minutes"), hint=words(language, "time.ask_minutes_hint")
    )
    return form_with_fields(
        call,
        ticket,
        incomplete.missing.fields,
        are_required=True,
        before=(words_of_it, *((asked_time,) if incomplete.missing.is_untimed else ())),
        instead=instead,
    )


def close(call: Call, ticket: Ticket) -> PrivateReply:
    if question := ask_unanswered(call, ticket):
        return question
    if held := hold_back(call, ticket, becomes=Ticket.close):
        return held
    actions.close_ticket(call.context, ticket, reason=call.option("reason"))
    done = _ended(call, "answers.closed", ticket, said=call.option("reason"))
    return replace(done, is_turned=bool(call.option(UNANSWERED)))


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
        takes_files=True,
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
        options=(Option(name=RESOLUTION, is_required=False, read_by=ReadBy.REQUESTER),),
        has_form=True,
        takes_files=True,
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
