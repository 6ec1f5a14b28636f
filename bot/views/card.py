"""The card in the team's channel: a ticket's live state and the verbs that fit it as buttons."""

from collections.abc import Sequence

from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import Bold, Button, Card, Due, MessageLink, Notice, Tone
from bot.services.context.stage_tone import stage_tone
from bot.services.context.view import View
from bot.services.tickets.announcements import EXCERPT_LIMIT
from bot.text.sentences import duration, say


def card(view: View, ticket: Ticket) -> Card:
    opening = view.uow.messages.opening_of(ticket)
    timers = view.uow.sla_timers.of_ticket(ticket.id)
    excerpt = "(deleted by its author)" if opening.is_deleted else opening.text
    return Card(
        reference=ticket.reference,
        subject=ticket.subject,
        excerpt=excerpt if len(excerpt) <= EXCERPT_LIMIT else excerpt[:EXCERPT_LIMIT] + "…",
        requester=_requester(view, ticket),
        status=ticket.status.label,
        priority=ticket.priority,
        assignee=view.person(ticket.assignee).name if ticket.assignee else None,
        team=view.team(ticket).title,
        tags=ticket.tags,
        dues=_dues(timers),
        why_here=ticket.why_here,
        is_private=ticket.is_private,
        opened_at=ticket.opened_at,
        source=_source(view, ticket),
        buttons=_buttons(ticket),
        menu=_menu(ticket, has_macros=bool(view.desk.macros)),
        tone=_tone(ticket, timers),
    )


def _requester(view: View, ticket: Ticket) -> str:
    person = view.person(ticket.requester)
    return f"{person.name} (guest)" if person.is_guest else person.name


def stub(view: View, ticket: Ticket) -> Notice:
    """What a transfer leaves behind: where the ticket went."""
    text = say(
        view.desk.language,
        "stub",
        reference=Bold(ticket.reference),
        subject=ticket.subject,
        team=view.team(ticket).title,
        link=view.card_link(ticket, "Open its card"),
    )
    return Notice(text=text, tone=Tone.MUTED)


def _dues(timers: Sequence[SlaTimer]) -> tuple[Due, ...]:
    """One line for each promise still open; a paused one says how much is left instead of when."""
    dues = []
    for timer in timers:
        if timer.stopped_at is not None:
            continue
        label = timer.measure.label.capitalize()
        if timer.due_at is not None:
            dues.append(Due(label=label, at=timer.due_at, stage=stage_tone(timer)))
        else:
            left = (timer.target - timer.spent).total_seconds()
            state = f"{duration(left)} left" if left > 0 else "overdue"
            dues.append(Due(label=label, at=None, note=f"paused, {state}", stage=stage_tone(timer)))
    return tuple(dues)


def _source(view: View, ticket: Ticket) -> MessageLink | None:
    for conversation in view.uow.conversations.of_ticket(ticket.id):
        if conversation.side is Side.REQUESTER and conversation.root and not conversation.channel.is_direct:
            return MessageLink("Requester’s thread", conversation.channel, conversation.root)
    return None


def _tone(ticket: Ticket, timers: Sequence[SlaTimer]) -> Tone:
    """The status, or while somebody must still act the worst of the open promises."""
    match ticket.status:
        case Status.RESOLVED:
            return Tone.GOOD
        case Status.CLOSED:
            return Tone.MUTED
        case _:
            order = (Tone.NEUTRAL, Tone.ATTENTION, Tone.WARNING, Tone.ALERT)
            tones = (stage_tone(timer) for timer in timers if timer.stopped_at is None)
            return max(tones, key=order.index, default=Tone.NEUTRAL)


def _buttons(ticket: Ticket) -> tuple[Button, ...]:
    if not ticket.status.is_live:
        return (_button("Reopen", "desk reopen", ticket),)
    first = () if ticket.assignee else (_button("Claim", "desk claim", ticket, is_primary=True),)
    return (
        *first,
        _button("Reply", "desk reply", ticket, opens_form=True),
        _button("Note", "desk note", ticket, opens_form=True),
        _button("Resolve", "desk resolve", ticket, opens_form=True),
    )


def _menu(ticket: Ticket, *, has_macros: bool) -> tuple[Button, ...]:
    if ticket.status is Status.CLOSED:
        return (_button("Note…", "desk note", ticket, opens_form=True),)
    if ticket.status is Status.RESOLVED:
        return (
            _button("Note…", "desk note", ticket, opens_form=True),
            _button("Close…", "desk close", ticket, opens_form=True),
        )
    macro = (_button("Macro…", "desk macro", ticket, opens_form=True),) if has_macros else ()
    release = (_button("Release", "desk release", ticket),) if ticket.assignee else ()
    return (
        *release,
        *macro,
        _button("Assign…", "desk assign", ticket, opens_form=True),
        _button("Priority…", "desk priority", ticket, opens_form=True),
        _button("Tags…", "desk tag", ticket, opens_form=True),
        _button("Transfer…", "desk transfer", ticket, opens_form=True),
        _button("Wait for requester…", "desk wait", ticket, opens_form=True),
        _button("Hold…", "desk hold", ticket, opens_form=True),
        _button("Close…", "desk close", ticket, opens_form=True),
        _button("History", "desk history", ticket),
        _button("Explain the clocks", "desk sla", ticket),
    )


def _button(
    label: str, verb: str, ticket: Ticket, *, opens_form: bool = False, is_primary: bool = False
) -> Button:
    return Button(
        label=label, verb=verb, ticket=ticket.reference, opens_form=opens_form, is_primary=is_primary
    )
