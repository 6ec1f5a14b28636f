"""A request that asks for confidence where others would read it: who may read it is asked before anything is posted.

Its words and files are in the question's row meanwhile. What nobody decides in time opens in private.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.domain.directory import ChannelRef
from bot.domain.errors import AlreadySo, Refused
from bot.domain.tickets.privacy_words import wants_confidence
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.questions.open_questions import OpenQuestion
from bot.services.context.context import Context
from bot.services.tickets.offers.held_requests import kept_request, request_kept
from bot.services.tickets.opening import NewRequest, as_routed, community_of, verdict_of
from bot.services.tickets.questions import OPENS_AFTER, WHO_READS, question_key
from bot.services.tickets.requester_side import Place, place_of
from bot.text.sentences import say, words

ONLY_TEAM: Final = "only_team"
EVERYONE: Final = "everyone"
"""What may be chosen."""


@dataclass(frozen=True, slots=True)
class UndecidedRequest:
    """What is asked about. `offers_teams`: its author chose no category, and may say which team it is for."""

    request: NewRequest
    offers_teams: bool


def should_ask(context: Context, request: NewRequest) -> bool:
    """Whether the desk would post where others read what is said in confidence, or what a rule takes so alone."""
    place = place_of(context, requester=request.requester, channel=request.channel, is_private=False)
    if request.is_private or request.channel.is_direct or place is not Place.HERE:
        return False
    community = community_of(context, request)
    asked = as_routed(context, request, community=community)
    verdict = verdict_of(context, request, community=community)
    if asked.is_private or verdict.is_private:
        return False
    if wants_confidence(request.text):
        return True
    by_words = replace(asked, inbox=None, looked_up={})
    return context.desk.router.team_in_confidence(by_words) not in (None, verdict.team)


def ask_who_reads(context: Context, request: NewRequest, *, offers_teams: bool) -> PrivateReply:
    """The question, with buttons. Nobody reads the request before it is answered."""
    asked = f"{WHO_READS}:{context.uow.new_id()}"
    channel = request.channel
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(ChannelRef.direct(request.requester.key)).id,
        key=question_key(asked),
        payload={
            "sentence": WHO_READS,
            "words": {},
            "asked": asked,
            "is_asked_there": True,
            "person": request.requester.key,
            "channel": [channel.platform, channel.channel],
            "message": "",
            "request": kept_request(request),
            "offers_teams": offers_teams,
        },
        now=context.now,
    )
    context.uow.people.remember(request.requester)
    due = context.now + OPENS_AFTER
    context.uow.open_questions.add(OpenQuestion(asked=asked, person=request.requester.key, due_at=due))
    return PrivateReply(
        text=say(context.language, WHO_READS),
        buttons=(_button(context, asked, ONLY_TEAM, is_primary=True), _button(context, asked, EVERYONE)),
        is_question=True,
    )


def asked_request(context: Context, asked: str) -> UndecidedRequest | None:
    """What the actor was asked about; None for a question about a message.

    Raises Refused where it is not theirs, and AlreadySo where it is a ticket by now.
    """
    payload = context.uow.outbox.payload_of(question_key(asked))
    if payload is None or payload["sentence"] != WHO_READS:
        return None
    if payload["person"] != context.actor.key:
        raise Refused("refusals.question_over")
    if "ticket" in payload:
        raise AlreadySo("refusals.already_part_of", reference=str(payload["ticket"]))
    kept: Mapping[str, Any] = payload["request"]
    request = replace(request_kept(context, kept), was_looked_up=False, is_offered=False)
    return UndecidedRequest(request, offers_teams=bool(payload["offers_teams"]))


def became(context: Context, asked: str, ticket: Ticket) -> None:
    """The request is a ticket, which has its words from now on."""
    payload = context.uow.outbox.payload_of(question_key(asked)) or {}
    kept = {name: value for name, value in payload.items() if name != "request"}
    context.uow.outbox.revise(question_key(asked), {**kept, "ticket": ticket.reference})


def _button(context: Context, asked: str, choice: str, *, is_primary: bool = False) -> Button:
    return Button(
        label=words(context.language, f"requester.button_{choice}"),
        verb=verbs.SORT,
        options={"asked": asked, "choice": choice},
        is_primary=is_primary,
    )
