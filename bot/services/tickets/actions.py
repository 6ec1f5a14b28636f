"""The use cases that commands, buttons, forms and conversations share.

Each locks nothing by itself (its caller holds the ticket's lock), changes the ticket by its own verb and
records the events; what people get to see follows from the events alone.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain import events as happened
from bot.domain.directory import Person, Team
from bot.domain.errors import AlreadySo, AlreadyTaken, ClaimedByOther, FieldsRefused, NotAllowed, Refused
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, StoredFile, TicketMessage
from bot.domain.tickets.ticket import Priority, Ticket
from bot.services.context.context import Context
from bot.services.escalations.alerts import conversation_of, told_in, was_told_by
from bot.services.escalations.escalations import (
    acknowledge_alerts,
    snooze_alerts,
    unacknowledge_alerts,
)
from bot.services.escalations.stages_ahead import Ahead, ahead_of, will_remind
from bot.services.tickets.assignment.choice import assign_queued
from bot.services.tickets.assignment.outsiders import outsider_refused
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.communities import check_transfer
from bot.services.tickets.copy_rules import owes_words
from bot.services.tickets.fields.requirements import ResolutionIncomplete, missing_to_resolve
from bot.services.tickets.merges.readers import is_read_by_anybody
from bot.services.tickets.worked_time.timers import stop_timer_on

MOST_AT_ONCE = 200
"""Escalations that are handled at once."""


def claim_ticket(context: Context, ticket: Ticket) -> None:
    record_changes(context, ticket, ticket.claim(actor=context.actor.key, at=context.now))


def release_ticket(context: Context, ticket: Ticket) -> None:
    record_changes(context, ticket, ticket.release(actor=context.actor.key, at=context.now))


def assign_ticket(context: Context, ticket: Ticket, *, to: Person) -> None:
    """Give it to an agent or lead of its team; raises NotAllowed for anybody else."""
    team = context.team_of(ticket)
    if not context.desk.teams_of(to):
        raise NotAllowed("refusals.no_agent", name=to.name)
    if not team.has_agent(to):
        raise outsider_refused(context, ticket, to)
    if ticket.assignee == to.key:
        raise AlreadySo("refusals.already_assigned_to", reference=ticket.reference, name=to.name)
    record_changes(context, ticket, ticket.assign(to=to.key, actor=context.actor.key, at=context.now))


def take_over_ticket(context: Context, ticket: Ticket, *, seen: str) -> None:
    """Give it to the actor from `seen`, the key of who had it when the actor decided; acknowledges its alerts.

    Raises ClaimedByOther where somebody else has it by now, AlreadyTaken where nobody has, and AlreadySo where the
    actor has it and there is no alert to acknowledge.
    """
    actor = context.actor.key
    if ticket.assignee == actor:
        record_changes(context, ticket, _acknowledged_by_holder(context, ticket))
        return
    if ticket.assignee is None:
        raise AlreadyTaken("refusals.unassigned_by_now", reference=ticket.reference)
    if ticket.assignee != seen:
        raise ClaimedByOther(ticket.reference, ticket.assignee)
    record_changes(context, ticket, ticket.assign(to=actor, actor=actor, at=context.now))


def _acknowledged_by_holder(context: Context, ticket: Ticket) -> list[happened.Event]:
    try:
        return acknowledge_alerts(context, ticket)
    except Refused:
        raise AlreadySo("refusals.already_yours", reference=ticket.reference) from None


def acknowledge(context: Context, ticket: Ticket) -> None:
    """Nobody else is called for the ticket's alerts until the next stage. Raises Refused where it has none."""
    record_changes(context, ticket, acknowledge_alerts(context, ticket))


def unacknowledge(context: Context, ticket: Ticket) -> None:
    """Take back what anybody acknowledged or snoozed of its alerts. Raises Refused where there is nothing."""
    record_changes(context, ticket, unacknowledge_alerts(context, ticket))


def snooze(context: Context, ticket: Ticket, *, until: datetime, reason: str) -> None:
    """Nobody is called for the ticket's alerts before then, unless a later stage is reached."""
    record_changes(context, ticket, snooze_alerts(context, ticket, until=until, reason=reason))


@dataclass(slots=True)
class HandledAlerts:
    """References of the tickets whose alerts were handled, and of those that are another team's to handle.

    `ahead` is what still alerts people of those that were handled, `reminds` whether a reminder is still to come;
    both are in the order of `done`.
    """

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)
    reminds: list[bool] = field(default_factory=list)


def acknowledge_all(context: Context, *, last: str) -> HandledAlerts:
    """All that nobody had acknowledged or snoozed when the alert of this outbox key was the newest."""
    return _handle_all(context, last, lambda ticket: acknowledge(context, ticket))


def snooze_all(context: Context, *, last: str, until: datetime, reason: str) -> HandledAlerts:
    """The same alerts as `acknowledge_all`."""

    def snooze_unhandled(ticket: Ticket) -> None:
        events = snooze_alerts(context, ticket, until=until, reason=reason, unhandled_only=True)
        record_changes(context, ticket, events)

    return _handle_all(context, last, snooze_unhandled)


def end_all_snoozes(context: Context, *, last: str) -> HandledAlerts:
    """All that are snoozed of those that were told when the alert of this outbox key was the newest."""

    def end_snoozes(ticket: Ticket) -> None:
        record_changes(context, ticket, unacknowledge_alerts(context, ticket, snoozes_only=True))

    return _handle_all(context, last, end_snoozes, are_snoozed=True)


def _handle_all(
    context: Context, last: str, handle: Callable[[Ticket], None], *, are_snoozed: bool = False
) -> HandledAlerts:
    """Of those that nobody has acknowledged, the snoozed or the other ones; not those that rest with their ticket.

    Tickets are locked in one order, so that two people who press at once never wait for one another.
    """
    conversation = conversation_of(last)
    found = context.uow.escalations.told_in(told_in(conversation), limit=MOST_AT_ONCE)
    waiting = {
        each.ticket_id
        for each in found
        if each.is_unacknowledged
        and not each.rests
        and each.is_snoozed is are_snoozed
        and was_told_by(each, conversation=conversation, last=last)
    }
    handled = HandledAlerts()
    for ticket_id in sorted(waiting):
        ticket = context.uow.tickets.lock(ticket_id)
        if not context.is_agent_of(ticket):
            if not ticket.is_private:
                handled.left.append(ticket.reference)
            continue
        with suppress(AlreadySo):
            handle(ticket)
            handled.done.append(ticket.reference)
            handled.ahead.append(ahead_of(context, ticket))
            handled.reminds.append(will_remind(context, ticket))
    return handled


def set_priority(context: Context, ticket: Ticket, priority: Priority) -> None:
    record_changes(context, ticket, ticket.set_priority(priority, actor=context.actor.key, at=context.now))


def tag_ticket(context: Context, ticket: Ticket, *, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    events = ticket.tag(add=add, remove=remove, actor=context.actor.key, at=context.now)
    record_changes(context, ticket, events)


def transfer_ticket(
    context: Context,
    ticket: Ticket,
    *,
    team: Team,
    reason: str | Sentence = "",
    cause: str = "",
    by: str = "",
) -> None:
    """Into another team's queue: a new card and thread there with the history, a stub here.

    That team assigns it as it does a new ticket. `by` is who is named, where that is not the actor. Raises Refused
    for a team of another community.
    """
    check_transfer(context, ticket, team)
    actor = context.actor
    events = ticket.transfer(
        team=team.name, by=by or actor.name, actor=actor.key, at=context.now, reason=reason, cause=cause
    )
    for conversation in context.uow.conversations.of_ticket(ticket.id):
        if conversation.side is Side.TEAM and not conversation.is_retired:
            conversation.retire()
            context.uow.conversations.save(conversation)
    context.uow.conversations.add(
        Conversation(id=context.uow.new_id(), ticket_id=ticket.id, side=Side.TEAM, channel=team.channel)
    )
    events += assign_queued(context, ticket)
    record_changes(context, ticket, events)


def wait_for_requester(
    context: Context,
    ticket: Ticket,
    *,
    question: str = "",
    files: tuple[StoredFile, ...] = (),
    is_told: bool = False,
) -> None:
    """Set pending, asking the requester something if there is anything to ask.

    Raises FieldsRefused where the requester is owed an answer and gets no word: clocks rest only once they know why.
    `is_told`: they have just been told in another way.
    """
    if owes_words(context.uow, ticket) and not (question or is_told):
        raise FieldsRefused({"question": sentence("refusals.question_needed", reference=ticket.reference)})
    events = ticket.wait(actor=context.actor.key, at=context.now)
    if question or files:
        reply_as_agent(context, ticket, text=question, files=files)
    record_changes(context, ticket, events, is_told=is_told or bool(question))


def hold_ticket(context: Context, ticket: Ticket, *, reason: str = "", is_told: bool = False) -> None:
    """Wait for a third party. Raises FieldsRefused as `wait_for_requester` does."""
    if owes_words(context.uow, ticket) and not (reason or is_told):
        raise FieldsRefused({"reason": sentence("refusals.reason_needed", reference=ticket.reference)})
    events = ticket.hold(actor=context.actor.key, at=context.now, reason=reason)
    record_changes(context, ticket, events, is_told=is_told)


def resolve_ticket(
    context: Context,
    ticket: Ticket,
    *,
    resolution: str = "",
    files: tuple[StoredFile, ...] = (),
    is_told: bool = False,
) -> None:
    """The files go to the requester as a reply, and an agent's words are an answer.

    Raises FieldsRefused as `wait_for_requester` does, and ResolutionIncomplete; closing needs neither. A timer of the
    actor's on the ticket ends and counts.
    """
    has_words = bool(resolution) or is_told
    if missing := missing_to_resolve(context, ticket, has_words=has_words):
        raise ResolutionIncomplete(context, ticket, missing)
    if owes_words(context.uow, ticket) and not has_words:
        raise FieldsRefused(
            {"resolution": sentence("refusals.resolution_needed", reference=ticket.reference)}
        )
    if any(file.digest is not None for file in files):
        reply_as_agent(context, ticket, text="", files=files)
    is_by_agent = not context.actor.is_bot and not context.is_requester_of(ticket)
    is_answer = bool(resolution) and is_by_agent and is_read_by_anybody(context.uow, ticket)
    events = ticket.resolve(
        actor=context.actor.key, at=context.now, resolution=resolution, is_answer=is_answer
    )
    record_changes(context, ticket, events, is_told=is_told)
    if context.bundle is None:  # a change of many tickets can be undone, and time that was worked cannot
        stop_timer_on(context, ticket)


def close_ticket(context: Context, ticket: Ticket, *, reason: str = "", cause: str = "") -> None:
    events = ticket.close(actor=context.actor.key, at=context.now, reason=reason, cause=cause)
    record_changes(context, ticket, events)


def reopen_ticket(context: Context, ticket: Ticket) -> None:
    """Raises Refused where another ticket goes on in its thread: what is said there would be that one's."""
    other = _continued_by(context, ticket)
    if other is not None and _may_know(context, other):
        raise Refused("refusals.continued", reference=ticket.reference, other=other.reference)
    is_by_requester = context.is_requester_of(ticket)
    events = ticket.reopen(actor=context.actor.key, at=context.now, is_by_requester=is_by_requester)
    record_changes(context, ticket, events)


def _continued_by(context: Context, ticket: Ticket) -> Ticket | None:
    """The newest ticket that goes on in the requester's thread of this one."""
    for conversation in context.uow.conversations.of_ticket(ticket.id):
        if conversation.side is Side.TEAM or conversation.is_retired or conversation.root is None:
            continue
        newest = context.uow.conversations.find(conversation.channel, conversation.root)
        if newest is not None and newest.ticket_id not in (None, ticket.id):
            return context.uow.tickets.get(newest.ticket_id or 0)
    return None


def _may_know(context: Context, ticket: Ticket) -> bool:
    return not ticket.is_private or context.is_requester_of(ticket) or context.is_agent_of(ticket)


def reply_as_agent(
    context: Context,
    ticket: Ticket,
    *,
    text: str,
    said: "SaidIn | None" = None,
    files: tuple[StoredFile, ...] = (),
    counts_as_reply: bool = True,
) -> TicketMessage:
    """A public reply, shown on both sides. The first one keeps the first-response promise, but not where
    `counts_as_reply` is false, as for an acknowledgement, where a bot says it, or where nobody reads it.
    """
    is_read = is_read_by_anybody(context.uow, ticket, said_in=said.conversation if said else None)
    is_reply = counts_as_reply and not context.actor.is_bot and is_read
    events = ticket.agent_replied(actor=context.actor.key, at=context.now) if is_reply else []
    return _say(context, ticket, MessageKind.REPLY, text=text, said=said, files=files, events=events)


def add_note(
    context: Context,
    ticket: Ticket,
    *,
    text: str,
    said: "SaidIn | None" = None,
    files: tuple[StoredFile, ...] = (),
) -> TicketMessage:
    """An internal note: shown on the team's side only."""
    return _say(context, ticket, MessageKind.NOTE, text=text, said=said, files=files, events=[])


def write_as_requester(
    context: Context,
    ticket: Ticket,
    *,
    text: str,
    said: "SaidIn | None" = None,
    files: tuple[StoredFile, ...] = (),
    is_courtesy: bool = False,
) -> TicketMessage:
    """A message on the requester's side, by the requester or somebody with them.

    Only the requester's own words open a pending or resolved ticket again, and courtesy alone does not.
    """
    events: list[happened.Event] = []
    if context.is_requester_of(ticket):
        if context.desk.sorting.flags(text):
            ticket.sounds_unhappy()
        events = ticket.requester_wrote(actor=context.actor.key, at=context.now, is_courtesy=is_courtesy)
    return _say(context, ticket, MessageKind.REQUEST, text=text, said=said, files=files, events=events)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidIn:
    """Where a message of a conversation stands on its platform; `platform_id` is None where a command said it."""

    conversation: Conversation
    platform_id: str | None
    at: datetime
    platform_revision: str = ""
    quote: str = ""


def _say(
    context: Context,
    ticket: Ticket,
    kind: MessageKind,
    *,
    text: str,
    said: SaidIn | None,
    files: tuple[StoredFile, ...],
    events: list[happened.Event],
) -> TicketMessage:
    if not text.strip() and not files:
        raise Refused("refusals.empty_message")
    message = TicketMessage(
        id=context.uow.new_id(),
        ticket_id=ticket.id,
        kind=kind,
        author=context.actor.key,
        author_name=context.actor.name,
        alias=context.desk.alias_of(ticket, context.actor) if kind is MessageKind.REPLY else "",
        text=text,
        said_at=said.at if said else context.now,
        said_in=said.conversation.id if said else None,
        platform_id=said.platform_id if said else None,
        platform_revision=said.platform_revision if said else "",
        files=files,
        quote=said.quote if said else "",
    )
    context.uow.messages.add(message)
    added = happened.MessageAdded(actor=context.actor.key, at=context.now, message=message.id, kind=kind)
    record_changes(context, ticket, [added, *events])
    return message


def withdraw_ticket(context: Context, ticket: Ticket) -> None:
    """The requester takes an unanswered request back, which closes it."""
    close_ticket(context, ticket)


def is_unanswered(ticket: Ticket) -> bool:
    """Whether nobody has answered yet, so that deleting the request takes it back."""
    return ticket.status.is_live and ticket.first_replied_at is None
