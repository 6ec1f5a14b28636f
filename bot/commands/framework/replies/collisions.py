"""Two agents who answer one ticket at once: each hears of the other, and nobody's words are lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.commands.framework.command import Call
from bot.commands.framework.forms import form_of
from bot.domain.notices.notice_record import NoticeHold
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply, Quote, RichText
from bot.services.tickets.replies.colleague_words import ColleagueWords, said_meanwhile
from bot.services.tickets.replies.writers import (
    end_writing,
    others_sending,
    others_writing,
    says_who_sends,
    says_who_writes,
)
from bot.text import terms
from bot.text.sentences import joined, words

ANYWAY: Final = "anyway"
"""The option of the form that asks whether to send it all the same."""
ONE_CHANGE: Final = timedelta(microseconds=1)
"""What was told so recently was told of this command."""
_MOST_QUOTED: Final = 3
_BECOMES: Final = {verbs.WAIT: Status.PENDING, verbs.HOLD: Status.ON_HOLD, verbs.RESOLVE: Status.RESOLVED}


def ask_anyway(call: Call, ticket: Ticket) -> Form | None:
    """The form once more, with what was typed, where somebody told the requester anything since it was opened."""
    if not _may_collide(call, ticket) or call.command.is_note or call.option(ANYWAY):
        return None
    said = said_meanwhile(call.context, ticket, with_held=not _is_overheard(call))
    if not said or _is_refused(call, ticket):
        return None
    form = form_of(
        call.command,
        call.context.desk,
        ticket=ticket.reference,
        given={**call.options, ANYWAY: "yes"},
        language=call.context.language,
    )
    if form is None:
        return None
    notice = joined(meanwhile_in_words(call, said), form.notice, by="\n")
    if call.files:
        notice = joined(notice, call.say("answers.attach_again"), by="\n")
    submit = words(call.context.language, "answers.send_anyway")
    return replace(form, submit=submit, notice=notice, instead=notice)


def meanwhile_in_words(call: Call, said: Sequence[ColleagueWords]) -> RichText:
    """Who told the requester something last, and the words of all of it."""
    last, language = said[-1], call.context.language
    if last.status is None:
        told = call.say("answers.answered_meanwhile", name=last.name)
    else:
        status = terms.status(last.status, language)
        told = call.say("answers.status_meanwhile", name=last.name, status=status)
    return joined(told, *((Quote(each.text),) for each in said[-_MOST_QUOTED:] if each.text), by="\n")


def _is_refused(call: Call, ticket: Ticket) -> bool:
    """Whether the ticket can't take it any more; the refusal says who ended it, and gives the words back."""
    becomes = _BECOMES.get(call.command.name)
    return becomes is not None and (not ticket.status.is_live or ticket.status is becomes)


def with_writers(reply: PrivateReply | Form | None, call: Call, ticket: Ticket) -> PrivateReply | Form | None:
    """The answer to what was sent, and who else is writing; from now on its author is not."""
    if not _may_collide(call, ticket) or not isinstance(reply, PrivateReply) or reply.is_error:
        return reply
    end_writing(call.context, ticket)
    told = () if _is_overheard(call) else joined(_whose(call, ticket, reply), _who_else(call, ticket))
    return replace(reply, text=joined(reply.text, told), is_news=True) if told else reply


def _whose(call: Call, ticket: Ticket, reply: PrivateReply) -> RichText:
    """Whose ticket it is, where that is a colleague's, and whether they are told; not for a note or a question."""
    context, owner = call.context, ticket.assignee
    if reply.is_question or call.command.is_note or owner in (None, context.actor.key):
        return ()
    person = context.uow.people.find(owner or "")
    name = context.name_of(ticket, person) if person is not None else owner or ""
    after = context.now - ONE_CHANGE
    is_told = any(
        each.recipient == owner
        and each.event.is_by_colleague
        and (each.reach is not None or each.hold is NoticeHold.BURST)
        for each in context.uow.notices.of_ticket(ticket.id, after=after)
    )
    key = "answers.owner_told" if is_told else "answers.owner_is"
    return call.say(key, reference=ticket.reference, name=name)


def _who_else(call: Call, ticket: Ticket) -> RichText:
    """Whose reply is about to go out, else who writes."""
    context = call.context
    if sending := others_sending(context, ticket):
        return says_who_sends(context.language, sending[0])
    others = others_writing(context, ticket)
    if not others:
        return ()
    name, writer = others[0]
    for_s = (context.now - writer.since).total_seconds()
    return says_who_writes(context.language, name, is_note=writer.is_note, for_s=for_s)


def _is_overheard(call: Call) -> bool:
    """Whether it was asked for in the requester's thread: an answer there may be read beside its author."""
    at = call.location
    here = call.context.uow.conversations.find(at.channel, at.thread) if at.thread is not None else None
    return here is not None and here.side is Side.REQUESTER


def _may_collide(call: Call, ticket: Ticket) -> bool:
    return call.command.is_answer and not call.is_released and call.context.is_agent_of(ticket)
