"""The use cases that commands, buttons, forms and conversations share.

Each locks nothing by itself (its caller holds the ticket's lock), changes the ticket by its own verb and
records the events; what people get to see follows from the events alone.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as happened
from bot.domain.directory import Person, Team
from bot.domain.errors import AlreadySo, AlreadyTaken, NotAllowed, Refused
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, StoredFile, TicketMessage
from bot.domain.tickets.ticket import Priority, Ticket, subject_of
from bot.services.context.context import Work
from bot.services.escalations.escalations import acknowledge_alarms, snooze_alarms
from bot.services.tickets.change_recorder import record
from bot.services.tickets.communities import check_transfer


def claim_ticket(work: Work, ticket: Ticket) -> None:
    record(work, ticket, ticket.claim(actor=work.actor.key, at=work.now))


def release_ticket(work: Work, ticket: Ticket) -> None:
    record(work, ticket, ticket.release(actor=work.actor.key, at=work.now))


def assign_ticket(work: Work, ticket: Ticket, *, to: Person) -> None:
    """Give it to an agent or lead of its team; raises NotAllowed for anybody else."""
    team = work.team_of(ticket)
    if not team.has_agent(to):
        raise NotAllowed(
            f"{to.name} is not an agent of {team.title}, so {ticket.reference} cannot be theirs. "
            "Transfer it to their team first."
        )
    if ticket.assignee == to.key:
        raise AlreadySo(f"{to.name} has {ticket.reference} already.")
    record(work, ticket, ticket.assign(to=to.key, actor=work.actor.key, at=work.now))


def take_ticket(work: Work, ticket: Ticket, *, seen: str | None = None) -> None:
    """Give it to the actor, also from somebody who has it; that acknowledges its alarms.

    `seen` is who had it when the actor decided, or `nobody`; when that has changed, raises AlreadyTaken.
    """
    if ticket.assignee == work.actor.key:
        record(work, ticket, acknowledge_alarms(work, ticket))
        return
    holder = ticket.assignee or "nobody"
    if seen is not None and holder != seen:
        raise AlreadyTaken(_taken_since(work, ticket))
    record(work, ticket, ticket.assign(to=work.actor.key, actor=work.actor.key, at=work.now))


def acknowledge(work: Work, ticket: Ticket) -> None:
    """Nobody else is called for the ticket's alarms until the next stage. Raises Refused where it has none."""
    record(work, ticket, acknowledge_alarms(work, ticket))


def snooze(work: Work, ticket: Ticket, *, until: datetime, reason: str) -> None:
    """Nobody is called for the ticket's alarms before then, unless a later stage is reached."""
    record(work, ticket, snooze_alarms(work, ticket, until=until, reason=reason))


def _taken_since(work: Work, ticket: Ticket) -> str:
    if ticket.assignee is None:
        return f"{ticket.reference} is back in the queue meanwhile; claim it if you want it."
    holder = work.uow.people.find(ticket.assignee)
    return f"{holder.name if holder else ticket.assignee} has {ticket.reference} meanwhile."


def set_priority(work: Work, ticket: Ticket, priority: Priority) -> None:
    record(work, ticket, ticket.set_priority(priority, actor=work.actor.key, at=work.now))


def tag_ticket(work: Work, ticket: Ticket, *, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    record(work, ticket, ticket.tag(add=add, remove=remove, actor=work.actor.key, at=work.now))


def transfer_ticket(work: Work, ticket: Ticket, *, team: Team, reason: str = "") -> None:
    """Into another team's queue: a new card and thread there with the history, a stub here.

    Raises Refused for a team of another community.
    """
    check_transfer(work, ticket, team)
    events = ticket.transfer(team=team.name, actor=work.actor.key, at=work.now, reason=reason)
    by = work.actor.name
    ticket.why_here = f"transferred by {by}" + (f": {reason}" if reason else "")
    for conversation in work.uow.conversations.of_ticket(ticket.id):
        if conversation.side is Side.TEAM and not conversation.is_retired:
            conversation.is_retired = True
            work.uow.conversations.save(conversation)
    work.uow.conversations.add(
        Conversation(id=work.uow.new_id(), ticket_id=ticket.id, side=Side.TEAM, channel=team.channel)
    )
    record(work, ticket, events)


def wait_for_requester(work: Work, ticket: Ticket, *, question: str = "") -> None:
    """Set pending, asking the requester something if there is anything to ask."""
    events = ticket.wait(actor=work.actor.key, at=work.now)
    if question:
        reply_as_agent(work, ticket, text=question)
    record(work, ticket, events)


def hold_ticket(work: Work, ticket: Ticket, *, reason: str = "") -> None:
    record(work, ticket, ticket.hold(actor=work.actor.key, at=work.now, reason=reason))


def resolve_ticket(work: Work, ticket: Ticket, *, resolution: str = "") -> None:
    record(work, ticket, ticket.resolve(actor=work.actor.key, at=work.now, resolution=resolution))


def close_ticket(work: Work, ticket: Ticket, *, reason: str = "") -> None:
    record(work, ticket, ticket.close(actor=work.actor.key, at=work.now, reason=reason))


def reopen_ticket(work: Work, ticket: Ticket) -> None:
    record(work, ticket, ticket.reopen(actor=work.actor.key, at=work.now))


def reply_as_agent(
    work: Work,
    ticket: Ticket,
    *,
    text: str,
    said: "Said | None" = None,
    files: tuple[StoredFile, ...] = (),
    counts_as_reply: bool = True,
) -> TicketMessage:
    """A public reply: shown on both sides; the first one keeps the first-response promise.

    `counts_as_reply` false: an automatic acknowledgement, which keeps no promise. Nor does what a bot says.
    """
    is_reply = counts_as_reply and not work.actor.is_bot
    events = ticket.agent_replied(actor=work.actor.key, at=work.now) if is_reply else []
    return _say(work, ticket, MessageKind.REPLY, text=text, said=said, files=files, events=events)


def add_note(
    work: Work, ticket: Ticket, *, text: str, said: "Said | None" = None, files: tuple[StoredFile, ...] = ()
) -> TicketMessage:
    """An internal note: shown on the team's side only."""
    return _say(work, ticket, MessageKind.NOTE, text=text, said=said, files=files, events=[])


def write_as_requester(
    work: Work,
    ticket: Ticket,
    *,
    text: str,
    said: "Said | None" = None,
    files: tuple[StoredFile, ...] = (),
    is_courtesy: bool = False,
) -> TicketMessage:
    """A message on the requester's side, by the requester or somebody with them.

    Only the requester's own words open a pending or resolved ticket again, and courtesy alone does not.
    """
    events: list[happened.Event] = []
    if work.actor.key == ticket.requester:
        events = ticket.requester_wrote(actor=work.actor.key, at=work.now, is_courtesy=is_courtesy)
    return _say(work, ticket, MessageKind.REQUEST, text=text, said=said, files=files, events=events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Where a message of a conversation stands on its platform."""

    conversation: Conversation
    platform_id: str
    at: datetime
    platform_revision: str = ""
    quote: str = ""


def _say(
    work: Work,
    ticket: Ticket,
    kind: MessageKind,
    *,
    text: str,
    said: Said | None,
    files: tuple[StoredFile, ...],
    events: list[happened.Event],
) -> TicketMessage:
    if not text.strip() and not files:
        raise Refused("There is nothing to say: the text is empty.")
    message = TicketMessage(
        id=work.uow.new_id(),
        ticket_id=ticket.id,
        kind=kind,
        author=work.actor.key,
        author_name=work.actor.name,
        alias=work.desk.alias_of(ticket, work.actor) if kind is MessageKind.REPLY else "",
        text=text,
        said_at=said.at if said else work.now,
        said_in=said.conversation.id if said else None,
        platform_id=said.platform_id if said else None,
        platform_revision=said.platform_revision if said else "",
        files=files,
        quote=said.quote if said else "",
    )
    work.uow.messages.add(message)
    added = happened.MessageAdded(actor=work.actor.key, at=work.now, message=message.id, kind=kind)
    record(work, ticket, [added, *events])
    return message


def withdraw_ticket(work: Work, ticket: Ticket) -> None:
    """The requester takes an unanswered request back, which closes it."""
    close_ticket(work, ticket)


def is_unanswered(ticket: Ticket) -> bool:
    """Whether nobody has answered yet, so that deleting the request takes it back."""
    return ticket.status.is_live and ticket.first_replied_at is None


def forget_opening(ticket: Ticket, *, text: str) -> None:
    """A deleted request does not live on as its ticket's subject; what it said stays in the history."""
    if ticket.subject == subject_of(text):
        ticket.subject = "(deleted by its author)"


def revise_opening(ticket: Ticket, *, before: str, after: str) -> None:
    """An edited request gives the ticket its new subject, unless somebody changed that by hand."""
    if ticket.subject == subject_of(before):
        ticket.subject = subject_of(after)
