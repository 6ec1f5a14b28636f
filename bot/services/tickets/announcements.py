"""Domain event → who is shown what, where, as outbox rows of the same transaction.

State rows (card, acknowledgement, copies) are only wished for here; what they show is rendered when they
are delivered. Notices happen once and carry their sentence's key and words.
"""

from collections.abc import Sequence
from typing import Any, assert_never

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.sla.timer import Measure
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.typed_words import unmarked
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.tickets.copy_rules import is_mirrored
from bot.services.tickets.transcript_requests import send_when_closed

EXCERPT_LIMIT = 600
"""Characters of the request that a card shows; what is longer is copied whole into the team's thread."""


_CHANGES_TOPIC = (
    happened.StatusChanged,
    happened.PriorityChanged,
    happened.TicketTransferred,
    happened.TicketMessageEdited,
    happened.TicketMessageDeleted,
)
"""What a thread's title or tags may follow from; an edited request gives its ticket a new subject."""


def announce_opening(
    context: Context,
    ticket: Ticket,
    opening: TicketMessage,
    conversations: Sequence[Conversation],
    *,
    more: Sequence[TicketMessage] = (),
) -> None:
    """A new ticket: an acknowledgement for the requester and a card for the team."""
    audience = Audience(context, ticket, conversations)
    before = context.uow.tickets.get(ticket.follows).reference if ticket.follows is not None else ""
    if before:
        audience.begin_thread()
        audience.tell_requester("requester.follows", before=before)
    audience.show_acknowledgement()
    audience.show_card()
    audience.show_thread_headers()
    if before:
        audience.tell_team("team.follows", before=before)
    _show_homes(context, ticket)
    if len(opening.text) > EXCERPT_LIMIT or opening.files:
        audience.show_copies(opening, sides=(Side.TEAM,))
    for message in more:
        audience.show_copies(message)
    if ticket.assignee is not None:
        audience.tell_team("team.assigned_by_rule", owner=ticket.assignee)


def announce(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Every event of one change to a ticket, in order."""
    audience = Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id))
    audience.brings_words = any(isinstance(event, happened.MessageAdded) for event in events)
    for event in events:
        _announce_one(context, ticket, event, audience)
    audience.show_card()
    if any(isinstance(event, _CHANGES_TOPIC) for event in events):
        audience.show_thread_headers()
    _show_homes(context, ticket, events)


def _show_homes(context: Context, ticket: Ticket, events: Sequence[happened.Event] = ()) -> None:
    """Home pages that somebody may be looking at and that show this ticket, or showed it until now."""
    people = {ticket.requester, ticket.assignee}
    teams = {context.team_of(ticket).name}
    for event in events:
        match event:
            case happened.TicketAssigned(before=before) | happened.TicketReleased(before=before):
                people.add(before)
            case happened.TicketTransferred(before=team) if team in context.desk.teams:
                teams.add(team)
            case _:
                pass
    for name in sorted(teams):
        for home in context.homes.concerned(people, team=context.desk.teams[name], now=context.now):
            context.uow.outbox.put_state(
                RowKind.HOME, conversation=home.conversation, subject=0, now=context.now
            )


def _announce_one(context: Context, ticket: Ticket, event: happened.Event, audience: "Audience") -> None:
    match event:
        case happened.StatusChanged():
            audience.show_acknowledgement()
            _status_changed(context, ticket, event, audience)
        case happened.TicketTransferred():
            audience.show_acknowledgement()
            _transferred(context, event, audience)
        case happened.TicketAssigned():
            audience.show_acknowledgement()
            _assigned(context, event, audience)
        case (
            happened.TicketReleased()
            | happened.PriorityChanged()
            | happened.FirstResponseGiven()
            | happened.ReplyAwaited()
            | happened.NextResponseGiven()
            | happened.PolicyApplied()
        ):
            audience.show_acknowledgement()
        case happened.SlaStageReached(
            measure=Measure.FIRST_RESPONSE | Measure.NEXT_RESPONSE, share=share
        ) if share is not None and share >= 1.0:
            audience.show_acknowledgement()
        case happened.MessageAdded():
            audience.show_copies(context.uow.messages.get(event.message))
        case happened.TicketMessageEdited() | happened.TicketMessageDeleted():
            message = context.uow.messages.get(event.message)
            audience.show_copies(message, is_change=True)
            audience.show_question(message)
        case happened.MessageSeparated():
            audience.show_copies(context.uow.messages.get(event.message), is_change=True)
        case happened.RequesterLeft():
            audience.tell_team("team.requester_left", name=context.actor.name)
        case happened.DeliveryFailed():
            audience.tell_team(
                "team.undelivered",
                reason=unmarked(event.error),
                command=verbs.typed(context.desk.command_names, verbs.OUTBOX),
            )
        case _:
            # The card shows the rest: tags, SLA stages.
            pass


def _status_changed(
    context: Context, ticket: Ticket, event: happened.StatusChanged, audience: "Audience"
) -> None:
    name = context.actor.name
    match Status(event.after):
        case Status.PENDING:
            audience.tell_requester("requester.pending", name=name)
        case Status.ON_HOLD:
            audience.tell_requester(_because("requester.held", event), reason=event.reason)
        case Status.RESOLVED:
            audience.tell_requester(_because("requester.resolved", event), name=name, reason=event.reason)
            if event.reason:
                audience.tell_team("team.resolved", name=name, reason=event.reason)
        case Status.CLOSED:
            _closed(ticket, event, audience, name=name)
            audience.send_transcripts()
        case Status.NEW | Status.OPEN:
            _reopened(ticket, event, audience, name=name)
        case never:
            assert_never(never)


def _because(key: str, event: happened.StatusChanged) -> str:
    """The sentence that says why, where there is a reason."""
    return f"{key}_because" if event.reason else key


def _closed(ticket: Ticket, event: happened.StatusChanged, audience: "Audience", *, name: str) -> None:
    """The acknowledgement says it in any case; what the desk does by itself after some days is no news."""
    if event.actor == ticket.requester:
        is_withdrawn = ticket.first_replied_at is None
        audience.tell_team(
            _because("team.withdrawn" if is_withdrawn else "team.closed", event),
            name=name,
            reason=event.reason,
        )
    elif event.actor != DESK:
        audience.tell_requester(_because("requester.closed", event), reason=event.reason)


def _reopened(ticket: Ticket, event: happened.StatusChanged, audience: "Audience", *, name: str) -> None:
    """Whoever has the ticket is told, unless they did it themselves; so is the team when nobody has it."""
    if event.before not in (Status.PENDING, Status.RESOLVED, Status.CLOSED):
        return
    if event.before != Status.PENDING:
        audience.tell_requester("requester.reopened")
    if event.actor == ticket.assignee:
        return
    is_answer = event.before == Status.PENDING and event.actor == ticket.requester
    sentence = "team.replied" if is_answer else "team.reopened"
    if ticket.assignee is None:
        audience.tell_team(f"{sentence}_unassigned", name=name)
    else:
        audience.tell_owner(sentence, name=name, owner=ticket.assignee)


def _assigned(context: Context, event: happened.TicketAssigned, audience: "Audience") -> None:
    """Who gets a ticket from somebody else hears of it, and so does whoever loses it to a take-over."""
    if event.actor != event.after:
        audience.tell_team("team.assigned", name=context.actor.name, owner=event.after)
    elif event.before is not None and event.before != event.actor:
        audience.tell_team("team.taken_over", name=context.actor.name, owner=event.before)


def _transferred(context: Context, event: happened.TicketTransferred, audience: "Audience") -> None:
    """The history follows into the new team's thread; the old one says where it went.

    The new card comes first: it begins the thread, and what stands before it would wait for it in vain.
    """
    audience.show_card()
    for message in context.uow.messages.of_ticket(audience.ticket.id):
        audience.show_copies(message, sides=(Side.TEAM,))
    audience.tell_retired("team.transferred", name=context.actor.name, team=event.after)


class Audience:
    """A ticket's conversations, and the rows that change what they show."""

    def __init__(self, context: Context, ticket: Ticket, conversations: Sequence[Conversation]) -> None:
        self.ticket = ticket
        self._context = context
        self._outbox = context.uow.outbox
        requesters = [each for each in conversations if each.side is Side.REQUESTER]
        teams = [each for each in conversations if each.side is Side.TEAM]
        self._requesters = [each for each in requesters if not each.is_retired]
        self._joined = {each.id for each in requesters if each.is_retired}
        self._teams = [each for each in teams if not each.is_retired]
        self._retired = [each for each in teams if each.is_retired]
        self._told = 0
        self.brings_words = False
        """Whether this change came with a message, whose copy mentions the assignee."""

    def show_card(self) -> None:
        for conversation in self._teams:
            self._want(RowKind.CARD, conversation, self.ticket.id, is_root=conversation.root is None)

    def show_thread_headers(self, *, on: str | None = None) -> None:
        """The heads of the threads, on platforms that have them; `on` one of these alone."""
        for conversation in [*self._requesters, *self._teams]:
            platform = conversation.channel.platform
            if on not in (None, platform) or conversation.channel.is_direct:
                continue
            if self._context.has_thread_headers(platform):
                self._want(RowKind.THREAD_HEADER, conversation, self.ticket.id)

    def begin_thread(self) -> None:
        """The acknowledgement goes before all else where it begins the thread: the rest would wait for it in vain."""
        if any(each.root is None for each in self._requesters):
            self.show_acknowledgement()

    def show_acknowledgement(self) -> None:
        for conversation in self._requesters:
            self._want(
                RowKind.ACKNOWLEDGEMENT, conversation, self.ticket.id, is_root=conversation.root is None
            )

    def show_question(self, message: TicketMessage) -> None:
        """A private thread begins with what was asked in the channel: that is kept true there."""
        is_elsewhere = message.said_in in self._joined
        if is_elsewhere and message.id == self.ticket.opening:
            self.show_acknowledgement()

    def show_copies(
        self,
        message: TicketMessage,
        *,
        sides: tuple[Side, ...] = (Side.REQUESTER, Side.TEAM),
        is_change: bool = False,
    ) -> None:
        """The message in every conversation that may see it, but not where it was said.

        A note never leaves the team's side. A change reaches threads that a transfer left behind too.
        """
        shown_to = [*self._teams, *(self._retired if is_change else ())] if Side.TEAM in sides else []
        if message.kind.is_public and not is_change:
            desk = self._context.desk
            shown_to = [each for each in shown_to if is_mirrored(desk, each, self._requesters)]
        is_public = message.kind is not MessageKind.NOTE and message.said_in not in self._joined
        if is_public and Side.REQUESTER in sides:
            shown_to += self._requesters
        for conversation in shown_to:
            if conversation.id != message.said_in:
                self._want(RowKind.COPY, conversation, message.id)

    def show_to_requester(self, message: TicketMessage) -> None:
        """Their own words, where they were moved away from where they said them."""
        for conversation in self._requesters if message.kind.is_public else ():
            self._want(RowKind.COPY, conversation, message.id)

    def tell_requester(self, sentence: str, **words: str) -> None:
        """`name` is always the actor's, and for an anonymous team's agent the team's."""
        if "name" in words:
            alias = self._context.desk.alias_of(self.ticket, self._context.actor)
            words["name"] = alias or words["name"]
        self._tell(self._requesters, sentence, words)

    def tell_team(self, sentence: str, **words: str) -> None:
        self._tell(self._teams, sentence, words)

    def tell_owner(self, sentence: str, **words: str) -> None:
        """The team, with a ping for the `owner` unless the copy of the same message pings them already."""
        for conversation in self._teams:
            is_copied = is_mirrored(self._context.desk, conversation, self._requesters)
            quietly = {"quietly": "yes"} if self.brings_words and is_copied else {}
            self._tell([conversation], sentence, words | quietly)

    def tell_in(self, conversation: Conversation, sentence: str, **words: str) -> None:
        self._tell([conversation], sentence, words)

    def tell_retired(self, sentence: str, **words: str) -> None:
        """The threads a transfer left behind; their cards become stubs."""
        self.show_stubs()
        self._tell(self._retired[-1:], sentence, words)

    def send_transcripts(self) -> None:
        send_when_closed(self._context, self.ticket, requesters=self._requesters, teams=self._teams)

    def show_stubs(self) -> None:
        for conversation in self._retired:
            self._want(RowKind.CARD, conversation, self.ticket.id)

    def _want(
        self, kind: RowKind, conversation: Conversation, subject: int, *, is_root: bool = False
    ) -> None:
        self._outbox.put_state(
            kind, conversation=conversation.id, subject=subject, now=self._context.now, is_root=is_root
        )

    def _tell(self, conversations: Sequence[Conversation], sentence: str, words: dict[str, Any]) -> None:
        for conversation in conversations:
            self._told += 1
            self._outbox.put_once(
                RowKind.NOTICE,
                conversation=conversation.id,
                key=f"{self.ticket.id}:{self.ticket.version}:{sentence}:{self._told}",
                payload={"sentence": sentence, "words": words},
                subject=self.ticket.id,
                now=self._context.now,
            )
