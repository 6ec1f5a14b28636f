"""Messages that wait: for their author to read what may answer them, or to choose what they are for.

What is said under such a message waits with it, and belongs to whatever it becomes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.knowledge.offer import Offer
from bot.domain.tickets.conversation import Conversation
from bot.messages.inbound import MessagePosted, message_key
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.tickets import questions
from bot.services.tickets.offers import asked_threads, held_requests, words_beneath
from bot.services.tickets.offers.held_requests import (
    hold_request,
    open_held,
    show_directly,
    shown_on_the_spot,
)
from bot.services.tickets.opening import NewRequest
from bot.services.tickets.questions import JUST_SAID, is_asked_there


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """`offer` is None where a ticket is to be opened; `reply` is what the author is shown on the spot."""

    offer: Offer | None = None
    reply: PrivateReply | None = None
    is_done: bool = False


def hold_message(context: Context, event: MessagePosted, request: NewRequest) -> HeldMessage:
    """What was written while the desk was away has waited long enough, and is not held back."""
    if context.now - event.at > JUST_SAID:
        return HeldMessage()
    looked_up = hold_request(context, request, source=event.key)
    offer = looked_up.offer
    if offer is None:
        return HeldMessage(is_done=looked_up.is_done)
    if is_asked_there(context, event):
        return HeldMessage(offer, shown_on_the_spot(context, offer))
    show_directly(context, offer)
    return HeldMessage(offer)


@dataclass(frozen=True, slots=True)
class Beneath:
    """What was written under a message that waits: kept with it, or to be said in the thread of what it became."""

    thread: Conversation | None = None


def said_beneath(context: Context, event: MessagePosted) -> Beneath | None:
    """None where it stands under nothing that waits, or waited until something was chosen."""
    channel, thread = event.location.channel, event.location.thread
    if thread is None or not (channel.is_direct or context.desk.inbox_at(channel)):
        return None
    if offer := held_requests.held_for(context, message_key(channel, thread)):
        words_beneath.keep_words(context, event, asked=offer.source)
        if offer.person == context.actor.key:  # whoever writes on wants the team
            open_held(context, offer)
        return Beneath()
    asked = asked_threads.asked_under(context, channel, thread=thread)
    if asked is None:
        return None
    if asked_threads.waits_for_words(context, asked):
        words_beneath.keep_words(context, event, asked=asked)
        return Beneath()
    ticket = asked_threads.ticket_of(context, asked)
    if ticket is None:
        return None
    return Beneath(words_beneath.thread_beneath(context, ticket, channel, thread=thread))


def follow_edit(context: Context, key: str, *, text: str, revision: str) -> bool:
    """A message that waits was edited. False where none of this key does."""
    return (
        questions.follow_edit(context, key, text=text, revision=revision)
        or held_requests.follow_edit(context, key, text=text, revision=revision)
        or words_beneath.follow_edit(context, key, text=text, revision=revision)
    )


def follow_deletion(context: Context, key: str) -> bool:
    """A message that waits was deleted. False where none of this key does."""
    return (
        questions.follow_deletion(context, key)
        or held_requests.follow_deletion(context, key)
        or words_beneath.follow_deletion(context, key)
    )


def follow_early(context: Context, key: str, change: Mapping[str, Any]) -> None:
    """An edit or deletion that overtook a message which waits."""
    if change.get("is_deleted"):
        follow_deletion(context, key)
    else:
        follow_edit(context, key, text=str(change["text"]), revision=str(change["revision"]))
