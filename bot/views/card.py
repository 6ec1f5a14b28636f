"""The card in the team's channel: a ticket's live state and the verbs that fit it as buttons."""

from collections.abc import Sequence

from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Card, Due, MessageLink, Notice, Tone
from bot.services.context.stage_tone import stage_tone
from bot.services.context.view import View
from bot.services.tickets.announcements import EXCERPT_LIMIT
from bot.services.tickets.form_answers import form_answers
from bot.text.sentences import duration, say
from bot.views.claim_button import claim_button


def card(view: View, ticket: Ticket) -> Card:
    opening = view.uow.messages.opening_of(ticket)
    timers = view.uow.sla_timers.of_ticket(ticket.id)
    text = "(deleted by its author)" if opening.is_deleted else opening.text
    excerpt = text if len(text) <= EXCERPT_LIMIT else text[:EXCERPT_LIMIT] + "…"
    return Card(
        reference=ticket.reference,
        subject=ticket.subject,
        excerpt=excerpt,
        requester=_requester(view, ticket),
        status=ticket.status.label,
        priority=ticket.priority,
        assignee=view.person(ticket.assignee).name if ticket.assignee else None,
        team=view.team(ticket).title,
        tags=ticket.tags,
        answers=form_answers(view.uow, view.desk, ticket, besides=excerpt),
        dues=_dues(timers),
        why_here=ticket.why_here,
        is_private=ticket.is_private,
        opened_at=ticket.opened_at,
        source=_source(view, ticket),
        buttons=_buttons(ticket),
        menu=_menu(view, ticket),
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
        return (_button("Reopen", verbs.REOPEN, ticket),)
    first = () if ticket.assignee else (claim_button(ticket.reference, holder=None, is_primary=True),)
    return (
        *first,
        _button("Reply", verbs.REPLY, ticket, opens_form=True),
        _button("Note", verbs.NOTE, ticket, opens_form=True),
        _button("Resolve", verbs.RESOLVE, ticket, opens_form=True),
    )


def _menu(view: "View", ticket: Ticket) -> tuple[Button, ...]:
    if ticket.status is Status.CLOSED:
        return (_button("Note…", verbs.NOTE, ticket, opens_form=True),)
    if ticket.status is Status.RESOLVED:
        return (
            _button("Note…", verbs.NOTE, ticket, opens_form=True),
            _button("Close…", verbs.CLOSE, ticket, opens_form=True),
        )
    is_any = any(view.desk.is_within(each.team, ticket.community) for each in view.desk.macros.values())
    macro = (_button("Macro…", verbs.MACRO, ticket, opens_form=True),) if is_any else ()
    return (
        *_changes_of_hands(view, ticket),
        *macro,
        _button("Assign…", verbs.ASSIGN, ticket, opens_form=True),
        _button("Priority…", verbs.PRIORITY, ticket, opens_form=True),
        _button("Tags…", verbs.TAG, ticket, opens_form=True),
        _button("Transfer…", verbs.TRANSFER, ticket, opens_form=True),
        _button("Wait for requester…", verbs.WAIT, ticket, opens_form=True),
        _button("Hold…", verbs.HOLD, ticket, opens_form=True),
        _button("Close…", verbs.CLOSE, ticket, opens_form=True),
        _button("History", verbs.HISTORY, ticket),
        _button("Explain the clocks", verbs.EXPLAIN_SLA, ticket),
    )


def _changes_of_hands(view: "View", ticket: Ticket) -> tuple[Button, ...]:
    """For who has it and for everybody else, since a card is the same for all."""
    if ticket.assignee is None:
        return ()
    name = view.person(ticket.assignee).name
    return (
        claim_button(ticket.reference, holder=ticket.assignee, name=name),
        _button("Release", verbs.RELEASE, ticket),
    )


def _button(label: str, verb: str, ticket: Ticket, *, opens_form: bool = False) -> Button:
    return Button(label=label, verb=verb, ticket=ticket.reference, opens_form=opens_form)
