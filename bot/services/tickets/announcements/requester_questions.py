"""What a requester is asked with buttons: how it went, and once more what was asked before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.domain.directory import ChannelRef, Team
from bot.domain.nudges.events import RequesterNudged
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.context.status_words import NUDGE, PENDING, nudge_number, pending_number
from bot.services.notices.ticket_notices import TicketNotices
from bot.services.tickets.copy_rules import is_as_private
from bot.services.tickets.privacy.confidential_teams import takes_in_confidence

WAITING = "requester.pending"
"""The sentence that says that somebody waits for the requester's reply."""
WITHDRAWN = "is_withdrawn"
"""The part of a notice's row that says that it is true no more, and goes."""
SURVEY = "survey"
"""The word of a row, and the option of a button, that says which survey it is."""

TEAM_OFFER = "requester.other_team"
"""The sentence that asks whether another team is to read what was made private; its word `teams` names them."""

PRIVACY_OFFER = "requester.moved_open"
"""The sentence that offers to make private what went to a team that takes such matters in confidence."""

Post = Callable[[Conversation, str, Mapping[str, Any]], None]
"""Puts a notice of this key and payload into a conversation, once."""


def survey_key(survey: int) -> str:
    """The outbox key of the question."""
    return f"survey:{survey}"


def team_offer_key(ticket: Ticket, conversation: Conversation) -> str:
    """The outbox key of the question in this thread."""
    return f"{ticket.id}:{TEAM_OFFER}:{conversation.id}"


class RequesterQuestions:
    """Of one ticket, in its requester's threads."""

    def __init__(
        self,
        context: Context,
        ticket: Ticket,
        requesters: Sequence[Conversation],
        *,
        notices: TicketNotices,
        post: Post,
    ) -> None:
        self._context = context
        self._ticket = ticket
        self._requesters = requesters
        self._notices = notices
        self._post = post

    def ask_for_rating(self, survey: int) -> None:
        """The requester, in the first of their threads that is where their account is, with buttons that answer.

        A closed ticket's thread is put out of the way where threads have heads: its buttons would be out of reach.
        """
        platform = self._ticket.requester.partition(":")[0]
        thread = next(each for each in self._requesters if each.channel.platform == platform)
        is_put_away = self._ticket.status is Status.CLOSED and self._context.has_thread_headers(platform)
        if is_put_away and not thread.channel.is_direct:
            thread = self._context.uow.conversations.of_channel(ChannelRef.direct(self._ticket.requester))
        self._post(thread, survey_key(survey), {SURVEY: str(survey)})

    def show_surveys(self, surveys: Sequence[int]) -> None:
        """What was asked, as it is true now: a ticket that is worked on again is not rated."""
        self._context.uow.outbox.show_again([survey_key(each) for each in surveys])

    def tell_waiting(self, words: Mapping[str, str]) -> None:
        """That somebody waits for their reply, until `withdraw_waiting`."""
        for conversation in self._requesters:
            self._post(
                conversation, self._waiting_key(conversation), {"sentence": WAITING, "words": dict(words)}
            )

    def withdraw_waiting(self) -> None:
        """What was asked was taken back, so that nobody waits: the last such notice goes."""
        outbox = self._context.uow.outbox
        keys = [self._waiting_key(each) for each in self._requesters]
        for key, payload in outbox.payloads_of(keys).items():
            outbox.revise(key, {**payload, WITHDRAWN: True})

    def _waiting_key(self, conversation: Conversation) -> str:
        number = pending_number(self._context.uow, self._ticket)
        return f"{self._ticket.id}:{PENDING}:{number}:{conversation.id}"

    def offer_teams(self, teams: Iterable[Team]) -> None:
        """Who else may answer it, until `show_team_offer` takes that away."""
        names = " ".join(each.name for each in teams)
        for conversation in self._requesters if names else ():
            words = {"team": self._ticket.team, "teams": names}
            key = team_offer_key(self._ticket, conversation)
            self._post(conversation, key, {"sentence": TEAM_OFFER, "words": words})

    def show_team_offer(self) -> None:
        """What was offered, as it is true now: it goes once another team has the ticket."""
        keys = [team_offer_key(self._ticket, each) for each in self._requesters]
        self._context.uow.outbox.show_again(keys)

    def offer_privacy(self, *, former: str) -> None:
        """Of what went from the `former` team to one that takes it in confidence, where others read it."""
        ticket, desk = self._ticket, self._context.desk
        self._context.uow.outbox.show_again([self._privacy_key(each, former) for each in self._requesters])
        if ticket.is_private or not takes_in_confidence(self._context, ticket, ticket.team):
            return
        command = f"{verbs.typed(desk.command_names, verbs.MAKE_PRIVATE_OWN)} {ticket.reference}"
        words = {"team": ticket.team, "command": command}
        for each in self._requesters:
            if not is_as_private(each):
                self._post(
                    each, self._privacy_key(each, ticket.team), {"sentence": PRIVACY_OFFER, "words": words}
                )

    def _privacy_key(self, conversation: Conversation, team: str) -> str:
        return f"{self._ticket.id}:{PRIVACY_OFFER}:{team}:{conversation.id}"

    def tell_nudge(self, event: RequesterNudged) -> None:
        """Ask the requester once more, with buttons until `show_nudge` takes them away, or the next nudge does."""
        number = nudge_number(self._context.uow, self._ticket)
        resolves_at = {} if event.resolves_at is None else {"until": event.resolves_at.isoformat()}
        self._show_nudge(number - 1)
        for conversation in self._requesters:
            key = self._nudge_key(conversation, number)
            words = {NUDGE: str(number), **resolves_at}
            self._post(conversation, key, {"sentence": "requester.nudged", "words": words})
        self._notices.note_nudge(self._ticket.requester)

    def show_nudge(self) -> None:
        """The last nudge as it is true now: nothing is left to answer by it."""
        self._show_nudge(nudge_number(self._context.uow, self._ticket))

    def _show_nudge(self, number: int) -> None:
        if number:
            self._context.uow.outbox.show_again([self._nudge_key(each, number) for each in self._requesters])

    def _nudge_key(self, conversation: Conversation, number: int) -> str:
        return f"{self._ticket.id}:{NUDGE}:{number}:{conversation.id}"
