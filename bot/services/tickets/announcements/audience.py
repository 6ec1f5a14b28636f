"""A ticket's conversations, and the outbox rows that change what they show."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain import events as happened
from bot.domain.notices.follower import Follower
from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.sentence import Sentence
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.context.status_words import RESOLUTION, resolution_number
from bot.services.notices.ticket_notices import TicketNotices
from bot.services.tickets.announcements.owner_notices import OwnerNotices
from bot.services.tickets.announcements.requester_questions import RequesterQuestions
from bot.services.tickets.copy_rules import is_as_private, is_beside, is_mirrored
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
    "team.snooze_ended",
    "team.snooze_ended_for",
)
"""What is told because somebody wrote something."""


class Audience:
    """A ticket's conversations, and the rows that change what they show."""

    def __init__(
        self,
        context: Context,
        ticket: Ticket,
        conversations: Sequence[Conversation],
        *,
        followers: Sequence[Follower] = (),
    ) -> None:
        self.ticket = ticket
        self._context = context
        self._outbox = context.uow.outbox
        self._followers = [each for each in followers if not each.is_removed]
        requesters = [each for each in conversations if each.side is Side.REQUESTER]
        teams = [each for each in conversations if each.side is Side.TEAM]
        self._requesters = [each for each in requesters if not each.is_retired]
        self._joined = {each.id: each for each in requesters if each.is_retired}
        self._teams = [each for each in teams if not each.is_retired]
        # A thread that never began, of an imported ticket, has nothing that could be out of date.
        self._retired = [each for each in teams if each.is_retired and each.root is not None]
        thread = next(iter(self._teams), None)
        self._notices = TicketNotices(context, ticket, thread=thread, post=self._post_in_thread)
        self.questions = RequesterQuestions(
            context, ticket, self._requesters, notices=self._notices, post=self._put_row
        )
        """What the requester is asked with buttons: how it went, and once more what was asked before."""
        self.owner = OwnerNotices(
            context, ticket, self._notices, self._teams, tell=self._tell, shows_words=self._shows_public_words
        )
        self._begun: set[int] = set()
        self._told = 0
        self.said: int | None = None
        """The message that this change came with. What is told of it goes, should it become another ticket's."""
        self.brings_words = False
        """Whether this change came with a message, whose copy mentions the assignee."""
        self.takes_words = False
        """Whether this change takes a message back."""
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
        """A thread that the desk began with what was asked elsewhere, or by command: that is kept true there."""
        is_elsewhere = message.said_in is None or message.said_in in self._joined
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
            shown_to = [each for each in shown_to if self._shows_public_words(each)]
        if message.kind is not MessageKind.NOTE and Side.REQUESTER in sides:
            shown_to += self._threads_for(message)
        for conversation in shown_to:
            if conversation.id != message.said_in:
                self._want(RowKind.COPY, conversation, message.id)

    def _shows_public_words(self, thread: Conversation) -> bool:
        return is_mirrored(self._context.desk, thread, self._requesters)

    def _has_copy(self, thread: Conversation) -> bool:
        """Whether what came with this change is copied into the team's thread."""
        return self.brings_words and self._shows_public_words(thread)

    def _threads_for(self, message: TicketMessage) -> Sequence[Conversation]:
        """The requester's threads that show it: what was said beside them too, where nobody else reads it."""
        joined = self._joined.get(message.said_in or 0)
        if joined is None:
            return self._requesters
        is_shown = message.id != self.ticket.opening and is_beside(self.ticket, joined)
        return [each for each in self._requesters if is_shown and is_as_private(each)]

    def show_to_requester(self, message: TicketMessage) -> None:
        """Their own words, where they were moved away from where they said them."""
        for conversation in self._requesters if message.kind.is_public else ():
            self._want(RowKind.COPY, conversation, message.id)

    def tell_requester(self, sentence: str, **words: str) -> None:
        """`name` is always the actor's, and for an anonymous team's agent the team's."""
        self._tell(self._requesters, sentence, self._told_words(words))

    def tell_of(self, side: Side, sentence: str, *, key: str, **words: str) -> None:
        """What happened to another ticket, once for each `key`."""
        for conversation in self._requesters if side is Side.REQUESTER else self._teams:
            self._put_notice(
                conversation, f"{key}:{sentence}:{conversation.id}", sentence, self._told_words(words)
            )

    def show_from_duplicate(self, message: TicketMessage, *, duplicate: str) -> None:
        """What a duplicate's requester wrote, with a ping for whoever has this ticket."""
        owner = self.ticket.assignee
        self.show_in_team(message)
        for conversation in self._teams:
            words = {"name": message.author_name, "duplicate": duplicate}
            key = f"{message.id}:duplicate_wrote:{conversation.id}"
            if owner is None:
                self._put_notice(conversation, key, "team.duplicate_wrote", words)
            else:
                self._put_notice(conversation, key, "team.duplicate_wrote_for", {**words, "owner": owner})

    def show_in_team(self, message: TicketMessage) -> None:
        """In the team's thread, whichever ticket it is on."""
        for conversation in self._teams:
            self._want(RowKind.COPY, conversation, message.id)

    def tell_opened_for(self) -> None:
        """Whose message somebody else made a ticket of, where others read too; else the acknowledgement says it."""
        threads = [each for each in self._requesters if not is_as_private(each)]
        self._tell(threads, "requester.opened_from_message", self._told_words({"name": ""}))

    def tell_waiting(self, *, name: str) -> None:
        """Until what was asked is taken back."""
        self.questions.tell_waiting(self._told_words({"name": name}))

    def tell_resolution(self, told: Mapping[str, str], *, name: str, cause: str = "") -> None:
        """With a button that reopens it, until `show_resolution` takes that away."""
        number = resolution_number(self._context.uow, self.ticket)
        words = self._told_words({"name": name, **told, RESOLUTION: str(number)})
        sentence = "requester.resolved_because" if told["reason"] else "requester.resolved"
        if cause == happened.NO_REPLY:
            sentence = "requester.resolved_no_reply"
        for conversation in self._requesters:
            self._put_notice(conversation, self._resolution_key(conversation), sentence, words)

    def show_resolution(self) -> None:
        """The notice of the last resolution as it is true now: nothing is left to reopen by it."""
        self._outbox.show_again([self._resolution_key(each) for each in self._requesters])

    def tell_team(self, sentence: str, **words: str | Sentence) -> None:
        self._tell(self._teams, sentence, words)

    def tell_owner(self, sentence: str, event: NoticeEvent, *, owner: str, **words: str) -> None:
        """The team, with a ping for the `owner` where they are to be told in its thread.

        Not so where the copy of what came with it pings them already.
        """
        is_mentioned = self._notices.tell(owner, event)
        for conversation in self._teams:
            has_copy = self._has_copy(conversation) and owner == self.ticket.assignee
            quietly = {} if is_mentioned and not has_copy else {"quietly": "yes"}
            self._tell([conversation], sentence, {**words, "owner": owner, **quietly})

    def tell_new(self, people: Sequence[str], *, besides: str = "") -> None:
        """Those whom the ticket's card in its team's channel is to mention, `besides` aside."""
        for key in people:
            if key not in (self.ticket.requester, besides):
                self._notices.tell(key, NoticeEvent.OPENED)

    def show_words_told(self, message: TicketMessage) -> None:
        """What people were told directly of a message that reads differently now, or is gone."""
        self._notices.show_again(message.id)

    def tell_words(self, message: TicketMessage, *, watching: Sequence[str]) -> None:
        """Whoever has or follows the ticket hears of what its requester's side wrote; colleagues there of replies.

        The copy in the team's thread mentions them; where there is none, a notice with a link but no words does.
        `watching` are those who hear in its assignee's place while nobody has it.
        """
        match message.kind:
            case MessageKind.REQUEST:
                self._tell_request(message, watching)
            case MessageKind.REPLY:
                name = message.alias or message.author_name
                self._tell_colleagues(NoticeEvent.REPLIED, name=name, message=message.id)
                self.owner.tell_answer(message)
            case MessageKind.NOTE:
                pass

    def _tell_request(self, message: TicketMessage, watching: Sequence[str]) -> None:
        event = NoticeEvent.REOPENED if self.is_reopened else NoticeEvent.WROTE
        mentioned = self._tell_team(event, message=message.id, watching=watching)
        for owner in () if self.is_reopened else mentioned:
            words = {"name": message.author_name, "owner": owner, "said": str(message.id)}
            for conversation in self._teams:
                if not self._shows_public_words(conversation):
                    self._tell([conversation], "team.requester_wrote", words)

    def _tell_team(self, event: NoticeEvent, *, message: int | None, watching: Sequence[str]) -> list[str]:
        """The assignee and who follows on the team's side; returns whom the thread is to mention."""
        owner = self.ticket.assignee
        people = [*watching] if owner is None else [owner]
        people += [key for key in self._following(Side.TEAM) if key not in people]
        return [
            key
            for key in people
            if self._notices.tell(key, event, message=message, is_passed_on=key == owner)
        ]

    def tell_followers_reopened(self) -> None:
        """Those of the team's side, who have not heard it from words that came with it."""
        for key in self._following(Side.TEAM):
            if key == self.ticket.assignee:
                continue
            if not self._notices.tell(key, NoticeEvent.REOPENED, is_passed_on=False):
                continue
            for conversation in self._teams:
                if not self._has_copy(conversation):
                    self._tell([conversation], "team.reopened_followed", {"owner": key})

    def tell_follower(self, event: happened.FollowerAdded | happened.PersonMentioned) -> None:
        """Whoever follows from now on or is named in a note.

        A note mentions them itself where it was written in the thread; else its copy does, or they are told directly.
        """
        if isinstance(event, happened.PersonMentioned):
            self._notices.tell(event.person, NoticeEvent.MENTIONED, message=event.message, is_passed_on=False)
        elif not event.is_mentioned:
            self._tell_added(event)

    def _tell_added(self, event: happened.FollowerAdded) -> None:
        if event.side == Side.REQUESTER:
            self._notices.tell_colleague(event.person, NoticeEvent.SHARED, name=self._name_for_requester)
            if self._context.actor.key == self.ticket.requester:
                colleague = self._context.uow.people.find(event.person)
                name = event.person if colleague is None else colleague.name
                self.tell_team("team.colleague_added", name=self._context.actor.name, person=name)
        elif self._notices.tell(event.person, NoticeEvent.ADDED):
            words = {"name": self._context.actor.name, "owner": event.person}
            self._tell(self._teams, "team.follower_added", words)

    def tell_colleagues_resolved(self) -> None:
        self._tell_colleagues(NoticeEvent.RESOLVED, name=self._name_for_requester)

    def _tell_colleagues(self, event: NoticeEvent, *, name: str, message: int | None = None) -> None:
        for key in self._following(Side.REQUESTER):
            self._notices.tell_colleague(key, event, name=name, message=message)

    def _following(self, side: Side) -> list[str]:
        return [each.person for each in self._followers if each.side is side]

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

    def hide_from_former(self) -> None:
        """A private ticket's words go from where a transfer left them, and from what was told who sees it no more."""
        self._outbox.show_whole(each.id for each in self._retired)
        self._notices.show_all_again()

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
        named = {"name": self._name_for_requester} if "name" in words else {}
        return {**words, **named, **({"quietly": "yes"} if self.is_told else {})}

    @property
    def _name_for_requester(self) -> str:
        """The actor's, or the team's that stands for it on the requester's side."""
        return self._context.desk.alias_of(self.ticket, self._context.actor) or self._context.actor.name

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

    def _tell(self, conversations: Sequence[Conversation], sentence: str, words: Mapping[str, Any]) -> None:
        for conversation in conversations:
            if self.said is not None and sentence in TOLD_OF_MESSAGE:
                key = self._key_of_message(self.said, sentence, conversation)
                self._put_notice(conversation, key, sentence, {**words, "message": str(self.said)})
                continue
            self._told += 1
            key = f"{self.ticket.id}:{self.ticket.version}:{sentence}:{self._told}"
            self._put_notice(conversation, key, sentence, words)

    def _post_in_thread(self, key: str, payload: Mapping[str, Any]) -> None:
        """A personal notice, in the team's thread."""
        for conversation in self._teams[:1]:
            self._put_row(conversation, key, payload)

    def _key_of_message(self, message: int, sentence: str, conversation: Conversation) -> str:
        return f"{self.ticket.id}:{sentence}:{message}:{conversation.id}"

    def _put_notice(
        self, conversation: Conversation, key: str, sentence: str, words: Mapping[str, Any]
    ) -> None:
        self._put_row(conversation, key, {"sentence": sentence, "words": words})

    def _put_row(self, conversation: Conversation, key: str, payload: Mapping[str, Any]) -> None:
        self._begin(conversation)
        self._outbox.put_once(
            RowKind.NOTICE,
            conversation=conversation.id,
            key=key,
            payload=payload,
            subject=self.ticket.id,
            now=self._context.now,
        )
