"""A message that asks for something the desk may know already: shown what answers it before a ticket opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.knowledge.offer import Offer
from bot.messages.inbound import MessagePosted
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.tickets.offers.held_requests import (
    follow_deletion,
    follow_edit,
    hold_request,
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


def follow_early(context: Context, asked: str, change: Mapping[str, Any]) -> None:
    """An edit or deletion that overtook a message which is held back."""
    if change.get("is_deleted"):
        follow_deletion(context, asked)
    else:
        follow_edit(context, asked, text=str(change["text"]), revision=str(change["revision"]))
