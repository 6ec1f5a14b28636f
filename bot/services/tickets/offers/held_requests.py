"""A request that is held back while its author reads what may answer it: it opens as a ticket or was solved, once.

Nothing is lost: its words and files are in its row until it is decided, and when its time comes it opens by itself.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.directory import ChannelRef
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import PrivateReply
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.tickets.offers.look_up import answers_for, calls_somebody, is_pressing
from bot.services.tickets.offers.offer_message import (
    judging_buttons,
    offer_key,
    offer_text,
    reading_buttons,
)
from bot.services.tickets.offers.words_beneath import drop_words, place_words
from bot.services.tickets.opening import NewRequest, as_routed, community_of, open_ticket, verdict_of


@dataclass(frozen=True, slots=True)
class LookedUp:
    """`offer` is None where the request is to be opened now; `is_done`: then nothing sure was found."""

    offer: Offer | None = None
    is_done: bool = False


def hold_request(context: Context, request: NewRequest, *, source: str = "") -> LookedUp:
    """Hold it back where something may answer it; not what is urgent, for another person, or goes on with a ticket.

    `source` is the key of the message that asks. A request that its author made here before is opened first: whoever
    goes on asking wants the team.
    """
    if not _may_be_held(context, request):
        return LookedUp()
    for earlier in context.uow.offers.held_by(request.requester.key, request.channel):
        if earlier.request["text"] == request.text and not source:
            return LookedUp(earlier, is_done=True)
        open_held(context, earlier)
    community = community_of(context, request)
    verdict = verdict_of(context, request, community=community)
    if is_pressing(verdict.priority, request.text) or calls_somebody(context, verdict):
        return LookedUp()
    shown = answers_for(context, as_routed(context, request, community=community), team=verdict.team)
    if not shown:
        return LookedUp(is_done=True)
    context.uow.people.remember(request.requester)
    offer = Offer(
        id=context.uow.new_id(),
        person=request.requester.key,
        mode=AnswerTime.BEFORE,
        state=OfferState.HELD,
        at=context.now,
        due_at=context.now + context.desk.knowledge.open_after,
        team=verdict.team,
        source=source,
        shown=shown,
        request=kept_request(request),
    )
    context.uow.offers.add(offer, channel=request.channel)
    return LookedUp(offer, is_done=True)


def _may_be_held(context: Context, request: NewRequest) -> bool:
    is_own = context.actor.key == request.requester.key and context.reaches(request.requester)
    goes_on = request.follows is not None or request.thread is not None or request.opening is not None
    is_wanted = context.desk.answers_at(request.channel) is AnswerTime.BEFORE
    is_ready = not context.articles.is_awaited(context.desk.knowledge.folder)  # else it is looked up beside
    return is_wanted and is_own and not goes_on and request.is_announced and is_ready


def open_earlier(context: Context, channel: ChannelRef) -> None:
    """The actor goes on writing there: what they asked before is for the team."""
    if context.desk.answers_at(channel) is AnswerTime.BEFORE:
        for earlier in context.uow.offers.held_by(context.actor.key, channel):
            open_held(context, earlier)


def shown_on_the_spot(context: Context, offer: Offer) -> PrivateReply:
    """The offer, in answer to what the author did."""
    return PrivateReply(
        text=offer_text(context.language, offer),
        buttons=(*judging_buttons(context.language, offer), *reading_buttons(context.language, offer)),
        is_question=True,
        files=offer.pictures,
    )


def show_directly(context: Context, offer: Offer) -> None:
    """The offer, in the author's direct messages."""
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(ChannelRef.direct(offer.person)).id,
        key=offer_key(offer.id),
        payload={"offer": offer.id},
        now=context.now,
        is_urgent=True,
    )


def open_held(context: Context, offer: Offer, *, into: OfferState = OfferState.ASKED) -> Ticket | None:
    """Open what is held back, as its author; None where that was decided meanwhile."""
    held = context.uow.offers.lock(offer.id)
    if held is None or held.state is not OfferState.HELD:
        return None
    ticket = open_ticket(context, request_kept(context, held.request))
    context.uow.offers.save(
        replace(held, state=into, due_at=None, ticket=ticket.id, team=ticket.team, request={})
    )
    context.uow.audit_log.append(ticket.id, [held.event(actor=held.person, at=context.now)])
    context.uow.outbox.show_again([offer_key(held.id)])
    if held.source:
        place_words(context, held.source, ticket)
    return ticket


def follow_edit(context: Context, source: str, *, text: str, revision: str) -> bool:
    """The message was edited before it was decided. False where nothing is held back for it."""
    found = held_for(context, source)
    if found is None:
        return False
    if str(found.request["platform_revision"]) < revision:
        changed = {**found.request, "text": text, "platform_revision": revision}
        context.uow.offers.save(replace(found, request=changed))
    return True


def follow_deletion(context: Context, source: str) -> bool:
    """The message was deleted before it was decided, and with it what was asked. False where there is none of it."""
    found = held_for(context, source)
    if found is None:
        return False
    context.uow.offers.save(replace(found, state=OfferState.DROPPED, due_at=None, request={}))
    drop_words(context, source)
    context.uow.outbox.show_again([offer_key(found.id)])
    return True


def held_for(context: Context, source: str) -> Offer | None:
    """What is held back for the message of this key, locked; None where nothing is."""
    if not context.desk.looks_up_requests:
        return None
    found = context.uow.offers.held_for(source)
    held = context.uow.offers.lock(found.id) if found is not None else None
    return held if held is not None and held.state is OfferState.HELD else None


def kept_request(request: NewRequest) -> Mapping[str, Any]:
    """As JSON, to be opened later."""
    return {
        "requester": request.requester.key,
        "text": request.text,
        "subject": request.subject,
        "channel": [request.channel.platform, request.channel.channel],
        "root": request.root,
        "said_at": request.said_at.isoformat(),
        "fields": dict(request.fields),
        "files": [asdict(file) for file in request.files],
        "is_private": request.is_private,
        "platform_revision": request.platform_revision,
        "quote": request.quote,
        "community": request.community,
    }


def request_kept(context: Context, kept: Mapping[str, Any]) -> NewRequest:
    """The same again, as the actor's own."""
    return NewRequest(
        requester=context.actor,
        text=str(kept["text"]),
        subject=str(kept["subject"]),
        channel=ChannelRef(*kept["channel"]),
        root=kept["root"],
        said_at=datetime.fromisoformat(kept["said_at"]),
        fields=kept["fields"],
        files=tuple(StoredFile(**file) for file in kept["files"]),
        is_private=kept["is_private"],
        platform_revision=str(kept["platform_revision"]),
        quote=str(kept["quote"]),
        community=kept["community"],
        was_looked_up=True,
        is_offered=True,
    )
