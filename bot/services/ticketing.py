"""The use cases that commands, buttons, forms and conversations share.

Each locks nothing by itself (its caller holds the ticket's lock), changes the ticket by its own verb and
records the events; what people get to see follows from the events alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import events as happened
from bot.domain.conversation import Conversation, MessageKind, Side, StoredFile, TicketMessage
from bot.domain.directory import DESK, ChannelRef, Person, Team
from bot.domain.errors import AlreadySo, NotAllowed, Refused
from bot.domain.routing import Request, Verdict
from bot.domain.ticket import Priority, Ticket, subject_of
from bot.messages.inbound import MessagePosted
from bot.services.assignment import choose_assignee
from bot.services.communities import check_transfer, community_of_request
from bot.services.limits import admit
from bot.services.recording import record, record_opening
from bot.services.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What somebody asks for. `requester` may be another person than the actor.

    `root` is the platform's id of the message that asks, when there is one in the channel; otherwise the
    desk's acknowledgement becomes the first message of the requester's thread.
    """

    requester: Person
    text: str
    channel: ChannelRef
    root: str | None = None
    said_at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    is_private: bool = False
    platform_revision: str = ""
    quote: str = ""
    follows: Ticket | None = None
    thread: Conversation | None = None
    """The requester's thread of a closed ticket that goes on as the new ticket's."""
    opening: TicketMessage | None = None
    """The message that asks, when it was said on another ticket until now; `more` was said after it."""
    more: tuple[TicketMessage, ...] = ()
    community: str | None = None
    """The server it was made in, `platform:id`, where that is known."""


def open_ticket(work: Work, request: NewRequest) -> Ticket:
    """Route the request and open a ticket for it, with its number taken as the last statement.

    Raises Refused for a server that the desk does not serve.
    """
    place = work.desk.place_at(request.channel)
    community = community_of_request(work.desk, request.channel, request.community)
    verdict = work.desk.router.route(
        Request(
            text=request.text,
            platform=request.channel.platform,
            place=place.name if place else None,
            person=request.requester,
            at=work.now,
            fields=request.fields,
            community=community.name if community is not None else None,
            language=lambda: work.language_of(request.text),
        )
    )
    if request.follows is not None:
        verdict = _continued(work, verdict, request.follows)
    is_private = request.is_private or verdict.is_private or bool(place and place.is_private)
    ticket = Ticket(
        id=work.uow.new_id(),
        prefix=work.desk.prefix,
        subject=subject_of(request.text or ", ".join(file.name for file in request.files)),
        team=verdict.team,
        requester=request.requester.key,
        priority=verdict.priority or Priority.NORMAL,
        tags=verdict.tags,
        place=place.name if place else None,
        origin=request.channel,
        fields=request.fields,
        is_private=is_private or request.channel.is_direct,
        language=request.requester.language,
        why_here=verdict.why,
        sla_policy=verdict.sla_policy,
        follows=request.follows.id if request.follows else None,
        opened_at=work.now,
        updated_at=work.now,
    )
    work.uow.people.remember(request.requester)
    conversations = _conversations(work, ticket, request)
    opening = _opening_message(work, ticket, request, conversations[0])
    events = [
        happened.TicketOpened(actor=work.actor.key, at=work.now, why_here=ticket.why_here, team=ticket.team)
    ]
    record_opening(
        work,
        ticket,
        opening,
        conversations,
        [*events, *_assign_by_rule(work, ticket, verdict)],
        is_moved=request.opening is not None,
        more=_moved(request, ticket, conversations[0]),
    )
    work.uow.tickets.take_number(ticket)
    return ticket


def _continued(work: Work, verdict: Verdict, before: Ticket) -> Verdict:
    """What continues a closed ticket stays with its team, unless a rule knows better from the new words."""
    why = f"continues {before.reference}"
    if verdict.rule is not None or before.team not in work.desk.teams:
        return replace(verdict, why=f"{why}; {verdict.why}")
    return replace(verdict, team=before.team, why=why)


def adopt_message(work: Work, about: MessagePosted, *, community: str | None = None) -> Ticket:
    """Make somebody's message a ticket of theirs. Raises AlreadySo for one that is part of a ticket.

    `community` is the server it is for, where the message itself does not say.
    """
    if about.spot.thread is not None:
        raise Refused(
            "That message is a reply in a thread. Make the thread’s first message a ticket instead."
        )
    known = work.uow.conversations.find(about.spot.channel, about.message_id)
    said = work.uow.messages.find(about.spot.channel, about.message_id)
    if said is not None:
        raise AlreadySo(f"That message belongs to {work.uow.tickets.get(said.ticket_id).reference} already.")
    if known is not None and known.ticket_id is not None:
        raise AlreadySo(f"That message belongs to {work.uow.tickets.get(known.ticket_id).reference} already.")
    admit(work, about.actor, about.spot.channel)
    return open_ticket(
        work,
        NewRequest(
            requester=about.actor,
            text=about.text or "(no text)",
            channel=about.spot.channel,
            root=about.message_id,
            said_at=about.at,
            files=about.stored,
            platform_revision=about.revision,
            quote=about.quote,
            community=community or about.spot.community,
        ),
    )


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


def _conversations(work: Work, ticket: Ticket, request: NewRequest) -> tuple[Conversation, Conversation]:
    """The requester's thread and the team's; the first has an address already when a message asked."""
    # What is asked privately in a public channel is answered in direct messages.
    is_reachable = request.requester.platform == request.channel.platform
    place = work.desk.place_at(request.channel)
    is_closed_thread = is_reachable and place is not None and place.has_private_threads
    goes_direct = ticket.is_private and request.root is None and is_reachable and not is_closed_thread
    # A private thread begins with no message: the one that asks stays in the channel.
    root = None if is_closed_thread and request.opening is None else request.root
    requesters = Conversation(
        id=work.uow.new_id(),
        ticket_id=ticket.id,
        side=Side.REQUESTER,
        channel=ChannelRef.direct(ticket.requester) if goes_direct else request.channel,
        root=request.thread.root if request.thread else root,
    )
    teams = Conversation(
        id=work.uow.new_id(), ticket_id=ticket.id, side=Side.TEAM, channel=work.team_of(ticket).channel
    )
    return requesters, teams


def _opening_message(
    work: Work, ticket: Ticket, request: NewRequest, conversation: Conversation
) -> TicketMessage:
    if request.opening is not None:
        return replace(request.opening, ticket_id=ticket.id, said_in=conversation.id)
    return TicketMessage(
        id=work.uow.new_id(),
        ticket_id=ticket.id,
        kind=MessageKind.REQUEST,
        author=request.requester.key,
        author_name=request.requester.name,
        text=request.text,
        said_at=request.said_at,
        said_in=conversation.id if request.root else None,
        platform_id=request.root,
        platform_revision=request.platform_revision,
        files=request.files,
        quote=request.quote,
    )


def _moved(request: NewRequest, ticket: Ticket, conversation: Conversation) -> list[TicketMessage]:
    return [replace(each, ticket_id=ticket.id, said_in=conversation.id) for each in request.more]


def _assign_by_rule(work: Work, ticket: Ticket, verdict: Verdict) -> list[happened.Event]:
    person = choose_assignee(work, work.team_of(ticket), verdict)
    return [] if person is None else ticket.assign(to=person, actor=DESK, at=work.now)


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
