"""A ticket's conversations, and the outbox rows that change what they show."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.context.status_words import RESOLUTION, resolution_number
from bot.services.tickets.copy_rules import is_as_private, is_mirrored
from bot.services.tickets.transcript_requests import send_when_closed

TOLD_OF_MESSAGE = (
    "requester.joined",
    "requester.reopened",
    "team.replied",
    "team.replied_unassigned",
    "team.replied_unassigned_for",
    "team.reopened",
    "team.reopened_unassigned",
    "team.reopened_unassigned_for",
    "team.requester_wrote",
)
"""What is told because somebody wrote something."""


class Audience:
    """A ticket's conversations, and the rows that change what they show."""

    def __init__(self, context: Context, ticket: Ticket, conversations: Sequence[Conversation]) -> None:
        self.ticket = ticket
        self._context = context
        self._outbox = context.uow.outbox
        requesters = [each for each in conversations if each.side is Side.REQUESTER]
        teams = [each for each in conversations if each.side is Side.TEAM]
        self._requesters = [each for each in requesters if not each.is_retired]
        self._joined = {each.id: each for each in requesters if each.is_retired}
        self._teams = [each for each in teams if not each.is_retired]
        # A thread that never began, of an imported ticket, has nothing that could be out of date.
        self._retired = [each for each in teams if each.is_retired and each.root is not None]
        self._begun: set[int] = set()
        self._told = 0
        self.said: int | None = None
        """The message that this change came with. What is told of it goes, should it become another ticket's."""
        self.brings_words = False
        """Whether this change came with a message, whose copy mentions the assignee."""
        self.is_told = False
        """Whether the requester did it, or is pinged by words that came with it, so that no notice pings them."""
        self.is_reopened = False
        """Whether this change reopened the ticket, of which the assignee is told anyway."""

    def show_card(self) -> None:
        for conversation in self._teams:
            self._want(RowKind.CARD, conversation, self.ticket.id, is_root=conversation.root is None)

    def show_thread_headers(self, *, on: str | None = None) -> None:
        """The heads of the threads, on platforms that have them; `on` one of these alone."""
        for conversation in [*self._requesters, *self._teams]:
            platform = conversation.channel.platform
            if on not in (None, platform) or conversation.channel.is_direct:
                continue
            if on is not None and conversation.root is None:
                continue  # what has not begun is begun by the first who works on it
            if self._context.has_thread_headers(platform):
                self._want(RowKind.THREAD_HEADER, conversation, self.ticket.id)

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
        if message.kind is not MessageKind.NOTE and Side.REQUESTER in sides:
            shown_to += self._threads_for(message)
        for conversation in shown_to:
            if conversation.id != message.said_in:
                self._want(RowKind.COPY, conversation, message.id)

    def _threads_for(self, message: TicketMessage) -> Sequence[Conversation]:
        """The requester's threads that show it: what was said beside them too, where nobody else reads it."""
        joined = self._joined.get(message.said_in or 0)
        if joined is None:
            return self._requesters
        is_elsewhere = joined.channel.is_direct and message.id != self.ticket.opening
        return [each for each in self._requesters if is_elsewhere and is_as_private(each)]

    def show_to_requester(self, message: TicketMessage) -> None:
        """Their own words, where they were moved away from where they said them."""
        for conversation in self._requesters if message.kind.is_public else ():
            self._want(RowKind.COPY, conversation, message.id)

    def tell_requester(self, sentence: str, **words: str) -> None:
        """`name` is always the actor's, and for an anonymous team's agent the team's."""
        self._tell(self._requesters, sentence, self._told_words(words))

    def tell_resolution(self, *, name: str, reason: str) -> None:
        """With a button that reopens it, until `show_resolution` takes that away."""
        number = resolution_number(self._context.uow, self.ticket)
        words = self._told_words({"name": name, "reason": reason, RESOLUTION: str(number)})
        for conversation in self._requesters:
            sentence = "requester.resolved_because" if reason else "requester.resolved"
            self._put_notice(conversation, self._resolution_key(conversation), sentence, words)

    def show_resolution(self) -> None:
        """The notice of the last resolution as it is true now: nothing is left to reopen by it."""
        self._outbox.show_again([self._resolution_key(each) for each in self._requesters])

    def tell_team(self, sentence: str, **words: str) -> None:
        self._tell(self._teams, sentence, words)

    def tell_owner(self, sentence: str, **words: str) -> None:
        """The team, with a ping for the `owner` unless the copy of the same message pings them already."""
        for conversation in self._teams:
            is_copied = is_mirrored(self._context.desk, conversation, self._requesters)
            quietly = {"quietly": "yes"} if self.brings_words and is_copied else {}
            self._tell([conversation], sentence, words | quietly)

    def point_owner_to(self, message: TicketMessage) -> None:
        """Mention the assignee, with a link but no words, where the team gets no copy of what the requester wrote."""
        owner = self.ticket.assignee
        if message.kind is not MessageKind.REQUEST or owner in (None, message.author) or self.is_reopened:
            return
        words = {"name": message.author_name, "owner": owner, "said": str(message.id)}
        for conversation in self._teams:
            if not is_mirrored(self._context.desk, conversation, self._requesters):
                self._tell([conversation], "team.requester_wrote", words)

    def tell_joined(self, conversation: Conversation, message: TicketMessage) -> None:
        """Where it went, with a button that takes it apart."""
        self.said = message.id
        self._tell([conversation], "requester.joined", {})

    def take_back(self, message: TicketMessage) -> None:
        """What was told of a message that is another ticket's now, and what that did to this one."""
        conversations = [*self._requesters, *self._joined.values(), *self._teams, *self._retired]
        keys = (
            self._key_of_message(message.id, sentence, each)
            for each in conversations
            for sentence in TOLD_OF_MESSAGE
        )
        self._outbox.show_again(list(keys))

    def tell_retired(self, sentence: str, **words: str) -> None:
        """The threads a transfer left behind; their cards become stubs."""
        self.show_stubs()
        self._tell(self._retired[-1:], sentence, words)

    def hide_from_former(self, message: TicketMessage) -> None:
        """A private ticket's words go from the threads that a transfer left behind."""
        for conversation in self._retired:
            if conversation.id != message.said_in:
                self._want(RowKind.COPY, conversation, message.id)

    def send_transcripts(self) -> None:
        send_when_closed(self._context, self.ticket, requesters=self._requesters, teams=self._teams)

    def show_stubs(self) -> None:
        for conversation in self._retired:
            self._want(RowKind.CARD, conversation, self.ticket.id)

    def _want(
        self, kind: RowKind, conversation: Conversation, subject: int, *, is_root: bool = False
    ) -> None:
        if is_root:
            self._begun.add(conversation.id)
        self._begin(conversation)
        self._outbox.put_state(
            kind, conversation=conversation.id, subject=subject, now=self._context.now, is_root=is_root
        )

    def _told_words(self, words: Mapping[str, str]) -> dict[str, str]:
        """As the requester is told: under the team's name where its agents have none, and with no ping too many."""
        alias = self._context.desk.alias_of(self.ticket, self._context.actor)
        named = {"name": alias} if alias and "name" in words else {}
        return {**words, **named, **({"quietly": "yes"} if self.is_told else {})}

    def _resolution_key(self, conversation: Conversation) -> str:
        number = resolution_number(self._context.uow, self.ticket)
        return f"{self.ticket.id}:{RESOLUTION}:{number}:{conversation.id}"

    def _begin(self, conversation: Conversation) -> None:
        """What begins a thread goes before all else in it: the rest would wait for it in vain."""
        if conversation.root is not None or conversation.id in self._begun:
            return
        self._begun.add(conversation.id)
        if conversation in self._requesters:
            self._want(RowKind.ACKNOWLEDGEMENT, conversation, self.ticket.id, is_root=True)
        elif conversation in self._teams:
            self._want(RowKind.CARD, conversation, self.ticket.id, is_root=True)

    def _tell(self, conversations: Sequence[Conversation], sentence: str, words: dict[str, Any]) -> None:
        for conversation in conversations:
            if self.said is not None and sentence in TOLD_OF_MESSAGE:
                key = self._key_of_message(self.said, sentence, conversation)
                self._put_notice(conversation, key, sentence, {**words, "message": str(self.said)})
                continue
            self._told += 1
            key = f"{self.ticket.id}:{self.ticket.version}:{sentence}:{self._told}"
            self._put_notice(conversation, key, sentence, words)

    def _key_of_message(self, message: int, sentence: str, conversation: Conversation) -> str:
        return f"{self.ticket.id}:{sentence}:{message}:{conversation.id}"

    def _put_notice(
        self, conversation: Conversation, key: str, sentence: str, words: Mapping[str, Any]
    ) -> None:
        self._begin(conversation)
        self._outbox.put_once(
            RowKind.NOTICE,
            conversation=conversation.id,
            key=key,
            payload={"sentence": sentence, "words": words},
            subject=self.ticket.id,
            now=self._context.now,
        )
