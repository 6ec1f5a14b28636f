"""Alarms sent to other programs: signed, once, and tried again when the other side is away."""

from collections.abc import AsyncIterator

import pytest

from adapters.webhook.platform import WebhookPlatform
from adapters.webhook.signature import signature
from bot.domain.directory import ChannelRef
from bot.domain.sentence import sentence
from bot.messages.delivery import Delivered, Delivery, Postponed, RefusedByPlatform
from bot.messages.outbound import Address, Bold, Button, Notice, OutboundMessage, Tone
from tests.adapters.webhook.receiver import Receiver, receiving

SECRET = "only these two know it"
ALERT = Notice(
    text=(Bold("IT-7"), " is late, “Ünïcode”"),
    tone=Tone.ALERT,
    buttons=(
        Button(label="Claim", verb="desk claim", ticket="IT-7"),
        Button(label="Open", verb="ticket show", ticket="IT-7"),
    ),
)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as running:
        yield running


@pytest.fixture
async def platform(receiver: Receiver) -> AsyncIterator[WebhookPlatform]:
    made = WebhookPlatform(urls=lambda: {"pager": receiver.url}, secret=SECRET)
    yield made
    await made.close()


async def send(platform: WebhookPlatform, *, to: str = "pager", key: str = "k1") -> Delivery:
    address = Address(channel=ChannelRef("webhook", to))
    return await platform.deliver(OutboundMessage(key=key, address=address, content=ALERT))


async def test_the_receiver_is_told_in_words_and_which_tickets_it_is_about(
    platform: WebhookPlatform, receiver: Receiver
) -> None:
    assert await send(platform) == Delivered(("k1",))
    assert receiver.told == [
        {"key": "k1", "text": "IT-7 is late, “Ünïcode”", "tone": "alarm", "tickets": ["IT-7"]}
    ]


async def test_the_signature_is_over_the_time_and_exactly_what_was_sent(
    platform: WebhookPlatform, receiver: Receiver
) -> None:
    await send(platform)
    (headers,), (body,) = receiver.headers, receiver.bodies
    sent_at = int(headers["Deskbell-Timestamp"])
    assert headers["Deskbell-Signature"] == signature(body, secret=SECRET, timestamp=sent_at)
    assert headers["Deskbell-Signature"] != signature(body + b" ", secret=SECRET, timestamp=sent_at)
    assert SECRET not in str(headers)


async def test_a_second_attempt_carries_the_same_key(platform: WebhookPlatform, receiver: Receiver) -> None:
    receiver.answers = [(503, {})]
    await send(platform)
    await send(platform)
    assert [each["Idempotency-Key"] for each in receiver.headers] == ["k1", "k1"]


@pytest.mark.parametrize(
    ("status", "asked", "waits"), [(503, "7", 7), (429, "90000", 3_600), (500, "", 0), (502, "soon", 0)]
)
async def test_a_receiver_that_is_away_is_tried_again_when_it_wants_to_be(
    platform: WebhookPlatform, receiver: Receiver, status: int, asked: str, waits: float
) -> None:
    receiver.answers = [(status, {"Retry-After": asked} if asked else {})]
    answer = await send(platform)
    assert isinstance(answer, Postponed)
    assert answer.after_s == waits


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410])
async def test_a_refusal_is_told_with_what_to_correct(
    platform: WebhookPlatform, receiver: Receiver, status: int
) -> None:
    receiver.answers = [(status, {"Location": "/elsewhere"})]
    answer = await send(platform)
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == "deliveries.webhook_refused"
    assert answer.reason.facts["name"] == "pager"
    assert str(answer.reason.facts["error"]).startswith(f"{status}")
    assert len(receiver.bodies) == 1


async def test_a_webhook_that_nobody_named_is_refused_with_where_to_name_it(
    platform: WebhookPlatform,
) -> None:
    answer = await send(platform, to="siren")
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason == sentence("deliveries.webhook_unknown", name="siren")


async def test_nobody_listening_is_no_loss(receiver: Receiver) -> None:
    platform = WebhookPlatform(urls=lambda: {"pager": "http://127.0.0.1:1/alarms"}, secret=SECRET)
    try:
        assert isinstance(await send(platform), Postponed)
    finally:
        await platform.close()
