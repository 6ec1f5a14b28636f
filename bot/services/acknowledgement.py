"""What the requester is told about a ticket, in one message that is kept true: number, team and promise."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.conversation import Conversation
from bot.domain.sla import Measure
from bot.domain.ticket import Status, Ticket
from bot.messages.outbound import Bold, Button, Code, Moment, Notice, Quote, RichText, Tone
from bot.services.sentences import say

if TYPE_CHECKING:
    from bot.services.rendering import View

QUOTE_LIMIT = 1_500


def acknowledgement(view: "View", ticket: Ticket, conversation: Conversation, *, is_root: bool) -> Notice:
    """The acknowledgement as of now.

    Where it is the thread's first message it says what was asked, except that a private request is told
    nowhere but in direct messages.
    """
    is_among_them = conversation.channel.is_direct or conversation.is_private
    is_discreet = ticket.is_private and not is_among_them
    text: RichText = ()
    if is_root and not is_discreet:
        text += _question(view, ticket)
    # A requester from elsewhere (an import) is nobody who could press a button here.
    is_here = ticket.requester.startswith(f"{conversation.channel.platform}:")
    buttons = _buttons(ticket) if is_here else ()
    return Notice(text=text + _state(view, ticket), buttons=buttons, tone=_tone(ticket))


def _question(view: "View", ticket: Ticket) -> RichText:
    opening = view.uow.messages.of_ticket(ticket.id)[0]
    if opening.is_deleted:
        return ()
    asked = opening.text if len(opening.text) <= QUOTE_LIMIT else opening.text[:QUOTE_LIMIT] + "…"
    command = f"/{view.desk.command_names['ticket']} show {ticket.reference}"
    rest = say(ticket.language, "quoted_in_part", command=Code(command)) if asked != opening.text else ()
    opener = view.uow.audit_log.of_ticket(ticket.id)[0].actor
    key = "quoted" if opener == ticket.requester else "opened_for_you"
    return (
        say(ticket.language, key, name=Bold(view.name_for_requester(ticket, opener)), text=Quote(asked))
        + rest
    )


def _state(view: "View", ticket: Ticket) -> RichText:
    reference = Bold(ticket.reference)
    match ticket.status:
        case Status.RESOLVED:
            return say(ticket.language, "resolved_state", reference=reference)
        case Status.CLOSED:
            key = "withdrawn_state" if was_withdrawn(view, ticket) else "closed_state"
            return say(ticket.language, key, reference=reference)
        case _:
            return _live_state(view, ticket)


def was_withdrawn(view: "View", ticket: Ticket) -> bool:
    """Whether the requester took it back before anybody had answered or resolved it."""
    if ticket.status is not Status.CLOSED or ticket.first_replied_at is not None:
        return False
    changes = [each for each in view.uow.audit_log.of_ticket(ticket.id) if each.event == "StatusChanged"]
    return changes[-1].actor == ticket.requester and changes[-1].details["before"] != Status.RESOLVED


def _live_state(view: "View", ticket: Ticket) -> RichText:
    language = ticket.language
    text = say(language, "received", reference=Bold(ticket.reference), team=view.team(ticket).title)
    if ticket.assignee is not None:
        text += say(language, "assigned", name=view.name_for_requester(ticket, ticket.assignee))
    if ticket.status is Status.PENDING:
        return text + say(language, "waiting")
    if ticket.status is Status.ON_HOLD:
        return text + say(language, "on_hold")
    if ticket.first_replied_at is not None:
        return text + say(language, "answered")
    return text + _promise(view, ticket)


def _promise(view: "View", ticket: Ticket) -> RichText:
    """When to expect an answer; when nobody is on duty, who is back when."""
    zone = view.person(ticket.requester).time_zone
    due = promised_at(view, ticket)
    calendar = view.team(ticket).calendar
    back = None if calendar.is_open(view.now) else calendar.next_open(view.now)
    language = ticket.language
    if due is None:
        return (
            say(language, "no_promise")
            if back is None
            else say(language, "off_duty", back=Moment(back, zone))
        )
    if due <= view.now:
        return say(language, "promise_broken", at=Moment(due, zone))
    if back is None:
        return say(language, "promise", at=Moment(due, zone))
    return say(language, "promise_off_duty", at=Moment(due, zone), back=Moment(back, zone))


def promised_at(view: "View", ticket: Ticket) -> datetime | None:
    """When the first answer is due; None without a running promise."""
    for timer in view.uow.sla_timers.of_ticket(ticket.id):
        if timer.measure is Measure.FIRST_RESPONSE and timer.stopped_at is None:
            return timer.due_at
    return None


def _buttons(ticket: Ticket) -> tuple[Button, ...]:
    if not ticket.status.is_live:
        return (Button(label="Reopen", verb="ticket reopen", ticket=ticket.reference),)
    if ticket.first_replied_at is None:
        return (
            Button(
                label="Withdraw",
                verb="ticket close",
                ticket=ticket.reference,
                confirm="Withdraw this request? It will be closed.",
            ),
        )
    return (Button(label="Solved it myself", verb="ticket close", ticket=ticket.reference),)


def _tone(ticket: Ticket) -> Tone:
    match ticket.status:
        case Status.RESOLVED:
            return Tone.GOOD
        case Status.CLOSED:
            return Tone.MUTED
        case Status.PENDING:
            return Tone.ATTENTION
        case _:
            return Tone.NEUTRAL
