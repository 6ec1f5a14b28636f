"""Sent once, whatever becomes of the first attempt; changed at any age; and who is pinged."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord.api.rate_limiter import RateLimiter
from adapters.discord.delivery.message_ref import MessageRef
from adapters.kit.rate_limits import Urgency
from bot.messages.delivery import Delivered, Postponed
from bot.messages.outbound import Button, Copy, Mention, Notice, ThreadHeader, Tone
from tests.adapters.discord.delivery.sending_side import Sending
from tests.contracts.platforms.sample_messages import card, copy, long_text, notice

POST = "POST /channels/{channel_id}/messages"
EXECUTE = "POST /webhooks/{webhook_id}/{webhook_token}"
PATCH = "PATCH /channels/{channel_id}/messages/{message_id}"
HEADER = ThreadHeader(title="IT-1 · Printer burns")


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 503}, {"status": 520}])
@pytest.mark.parametrize(
    ("content", "route"),
    [(notice("Help is on its way."), POST), (copy("It smokes"), EXECUTE), (card("Printer burns"), POST)],
    ids=["notice", "copy", "card"],
)
async def test_what_was_posted_without_an_answer_stands_there_once(
    side: Sending, content: Notice | Copy, route: str, fault: dict[str, object], restarts: bool
) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    await side.show("k0", notice("Hello."), thread=root)
    failure = side.server.plan_failures(route, times=1, after=True, **fault)
    first = await side.send("k1", content, thread=root)
    assert isinstance(first, Postponed)
    assert first.is_counted
    assert failure.happened == 1
    if restarts:
        side.restarts()
    parts = await side.show("k1", content, thread=root, is_retry=True)
    (_, shown) = side.said(side.thread(root))
    assert [MessageRef.read(mark).message for mark in parts] == [shown.id]


async def test_the_library_does_not_repeat_what_discord_would_not_recognise(side: Sending) -> None:
    side.server.plan_failures(EXECUTE, times=1, status=502, after=True)
    answer = await side.send("k1", copy("It smokes"))
    assert isinstance(answer, Postponed)
    assert answer.is_counted
    assert [each.text for each in side.said("help")] == ["It smokes"]


async def test_what_never_arrived_is_posted_on_the_next_attempt(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    side.server.plan_failures(EXECUTE, times=1, drop=True)
    assert isinstance(await side.send("k1", copy("It smokes"), thread=root), Postponed)
    side.restarts()
    await side.show("k1", copy("It smokes"), thread=root, is_retry=True)
    assert [each.text for each in side.said(side.thread(root))] == ["It smokes"]


async def test_a_retry_long_after_the_nonce_is_forgotten_finds_the_message(side: Sending) -> None:
    wanted_at = side.server.pace.now()
    side.server.plan_failures(POST, times=1, drop=True, after=True)
    assert isinstance(await side.send("k1", notice("Once.")), Postponed)
    side.server.move(timedelta(hours=1))
    side.restarts()
    await side.show("k1", notice("Once."), is_retry=True, wanted_at=wanted_at)
    assert [each.text for each in side.said("help")] == ["Once."]


async def test_the_same_words_said_twice_are_found_twice(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    first = await side.show("k1", copy("Yes"), thread=root)
    side.server.plan_failures(EXECUTE, times=1, drop=True)
    assert isinstance(await side.send("k2", copy("Yes"), thread=root), Postponed)
    second = await side.show("k2", copy("Yes"), thread=root, is_retry=True)
    assert first != second
    assert [each.text for each in side.said(side.thread(root))] == ["Yes", "Yes"]


async def test_words_of_somebody_else_are_not_taken_for_the_desks(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    await side.show("k0", notice("Hello."), thread=root)
    await side.ana.says(side.thread(root), "Yes")
    await side.show("k1", copy("Yes"), thread=root, is_retry=True)
    assert [each.text for each in side.said(side.thread(root))] == ["Hello.", "Yes"]


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_long_text_cut_short_halfway_goes_on_where_it_stopped(side: Sending, restarts: bool) -> None:
    text = long_text(9_000)
    side.server.plan_failures(EXECUTE, every=3, times=1, drop=True, after=True)
    assert isinstance(await side.send("k1", copy(text)), Postponed)
    if restarts:
        side.restarts()
    await side.show("k1", copy(text), is_retry=True)
    words = "".join(each.text.partition("\n-#")[0] for each in side.said("help"))
    assert "".join(words.split()) == "".join(text.split())


async def test_an_edit_at_any_age_reaches_the_message(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    parts = await side.show("k1", copy("teh blue one"), thread=root)
    side.server.move(timedelta(days=40))
    side.restarts()
    await side.show("k1", copy("the blue one"), thread=root, shown=parts)
    await side.show("k1", None, thread=root, shown=parts)
    assert side.said(side.thread(root)) == []


async def test_showing_what_stands_there_already_costs_no_request(side: Sending) -> None:
    parts = await side.show("k1", card("Printer burns"))
    before = len(side.server.calls)
    assert await side.show("k1", card("Printer burns"), shown=parts) == parts
    assert len(side.server.calls) == before
    await side.show("k1", card("Printer smokes"), shown=parts)
    assert len(side.server.calls_to(PATCH)) == 1


async def test_an_edit_pings_nobody_whom_it_does_not_mean(side: Sending) -> None:
    bo = Mention(f"discord:{side.bo.id}", "Bo")
    parts = await side.show("k1", Notice(text=("Hello ", bo)))
    await side.show("k1", Notice(text=("Hello again ", bo, f" <@{side.bo.id}>")), shown=parts)
    (said,) = side.said("help")
    assert said.pings == ()
    assert "@Bo" in said.text


async def test_buttons_and_menus_stand_below_the_card(side: Sending) -> None:
    menu = (Button(label="Close", verb="desk close", ticket="IT-1", confirm="Sure?"),)
    await side.show("k1", replace(card("Printer burns"), menu=menu))
    (said,) = side.said("help")
    assert said.buttons == ("Claim",)
    assert said.options == ("Close",)


async def test_a_rate_limit_is_waited_for_and_counts_as_no_failure(side: Sending) -> None:
    side.client.http.max_ratelimit_timeout = 0.1
    side.server.plan_failures(POST, times=1, status=429, retry_after_s=30)
    answer = await side.send("k1", notice("Later."))
    assert isinstance(answer, Postponed)
    assert not answer.is_counted
    assert answer.after_s == pytest.approx(0.3)  # thirty seconds of Discord's
    assert side.said("help") == []


async def test_a_server_that_is_not_discords_own_is_left_alone_for_as_long_as_it_says(side: Sending) -> None:
    side.server.plan_failures(POST, times=1, status=429, retry_after_s=300, is_proxied=False)
    answer = await side.send("k1", notice("Later."))
    assert isinstance(answer, Postponed)
    assert not answer.is_counted
    assert answer.after_s == pytest.approx(3)  # three hundred seconds of Discord's


async def test_a_rate_limit_halfway_counts_so_that_the_rest_is_looked_for(side: Sending) -> None:
    side.client.http.max_ratelimit_timeout = 0.1
    side.server.plan_failures(EXECUTE, every=2, times=1, status=429, retry_after_s=30)
    answer = await side.send("k1", copy(long_text(4_000)))
    assert isinstance(answer, Postponed)
    assert answer.is_counted
    side.restarts()
    assert isinstance(await side.send("k1", copy(long_text(4_000)), is_retry=True), Delivered)
    words = "".join(each.text.partition("\n-#")[0] for each in side.said("help"))
    assert "".join(words.split()) == "".join(long_text(4_000).split())


async def test_forty_words_in_one_thread_all_arrive_in_order_at_discords_pace(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    for number in range(40):
        await side.show(f"k{number}", copy(f"word {number}"), thread=root, thread_header=HEADER)
    assert [each.text for each in side.said(side.thread(root))] == [f"word {n}" for n in range(40)]
    assert not [call for call in side.server.calls if call.status == 429]


class WatchedGate(RateLimiter):
    """Remembers how urgent each request was."""

    def __init__(self) -> None:
        super().__init__(scale=0.01)
        self.urgencies: list[Urgency] = []

    @asynccontextmanager
    async def enter(self, lane: str, urgency: Urgency) -> AsyncIterator[None]:
        self.urgencies.append(urgency)
        async with super().enter(lane, urgency):
            yield


async def test_alerts_are_more_urgent_than_acknowledgements_and_cards_are_renewed_last(side: Sending) -> None:
    limiter = WatchedGate()
    side.restarts(limiter=limiter)
    alert = Notice(text=("IT-1 is late.",), tone=Tone.ALERT)
    parts = await side.show("k0", card("Printer burns"))
    seen = {}
    for key, content, more in (
        ("alarm", alert, {"is_urgent": True}),
        ("acknowledgement", notice("IT-1"), {"is_urgent": True}),
        ("news", notice("Bo took it."), {}),
        ("card", card("Printer smokes"), {"shown": parts}),
    ):
        limiter.urgencies.clear()
        await side.show(key, content, **more)
        seen[key] = set(limiter.urgencies)
    assert list(seen.values()) == [{Urgency.NOW}, {Urgency.SOON}, {Urgency.NEW}, {Urgency.REFRESH}]
