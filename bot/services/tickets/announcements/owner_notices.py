"""What the owner of a ticket hears when a colleague answers, resolves or closes it, or whoever was recalled."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.domain.directory import DESK
from bot.domain.events import Event, TicketMessageRecalled
from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.replies.status_words import StatusWordsRecalled
from bot.domain.tickets.conversation import Conversation, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.notices.ticket_notices import TicketNotices

_FINISHED: Final = {Status.RESOLVED: NoticeEvent.RESOLVED_FOR, Status.CLOSED: NoticeEvent.CLOSED_FOR}


class OwnerNotices:
    """`teams` are the team's threads, `tell` posts a sentence there, `shows_words` says which copy public words."""

    def __init__(
        self,
        context: Context,
        ticket: Ticket,
        notices: TicketNotices,
        teams: Sequence[Conversation],
        *,
        tell: Callable[[Sequence[Conversation], str, Mapping[str, Any]], None],
        shows_words: Callable[[Conversation], bool],
    ) -> None:
        self._context = context
        self._ticket = ticket
        self._notices = notices
        self._teams = teams
        self._tell = tell
        self._shows_words = shows_words

    def tell_answer(self, message: TicketMessage) -> None:
        """What a command sent. What is said in a thread is heard by whoever follows that.

        The copy in the team's thread mentions the owner; where there is none, a sentence does.
        """
        owner = self._owner_of_another
        if owner is None or message.said_in is not None:
            return
        if self._notices.tell(owner, NoticeEvent.ANSWERED_FOR, message=message.id):
            without_copy = [each for each in self._teams if not self._shows_words(each)]
            self._tell(without_copy, "team.answered_for", {"name": self._context.actor.name, "owner": owner})

    def tell_finished(self, after: Status) -> None:
        owner = self._owner_of_another
        if owner is not None and self._notices.tell(owner, _FINISHED[after]):
            words = {"name": self._context.actor.name, "owner": owner}
            self._tell(self._teams, f"team.{_FINISHED[after]}", words)

    def tell_recalled(self, event: Event) -> None:
        """Whose words somebody else recalled; the team's thread says it, too."""
        if not isinstance(event, TicketMessageRecalled | StatusWordsRecalled):
            return
        if event.author == event.actor:
            return
        is_mentioned = self._notices.tell(event.author, NoticeEvent.RECALLED)
        words = {"name": self._context.actor.name, "owner": event.author}
        self._tell(self._teams, "team.recalled_of", words if is_mentioned else {**words, "quietly": "yes"})

    @property
    def _owner_of_another(self) -> str | None:
        """The assignee, where an agent who is somebody else acts."""
        actor, owner = self._context.actor, self._ticket.assignee
        is_colleague = (
            actor.key != DESK and not actor.is_bot and not self._context.is_requester_of(self._ticket)
        )
        return owner if is_colleague and owner != actor.key else None
