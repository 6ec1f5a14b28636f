"""Threads live as long as their ticket: made, named, opened again, put away; left alone where people lock them."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages.delivery import Postponed, RefusedByPlatform, RootGone
from bot.messages.outbound import ThreadHeader
from bot.text.error_text import english
from tests.adapters.discord.delivery.sending_side import Sending
from tests.contracts.platforms.sample_messages import card, copy, notice
from tests.fakes.discord.rules.permissions import Permission

OPEN = ThreadHeader(title="IT-1 · Printer burns", tags=("Network", "open", "urgent"))
CLOSED = replace(OPEN, is_finished=True, is_locked=True, tags=("Network", "closed", "urgent"))
ANSWERED = replace(CLOSED, is_locked=False)
"""The requester's thread of the same ticket, where they may write on."""
PATCH = "PATCH /channels/{channel_id}"


async def in_progress(side: Sending) -> int:
    """A request whose thread has a first word in it."""
    root = (await side.ana.says("help", "My printer burns")).id
    await side.show("k0", notice("IT-1 is with Network."), thread=root, thread_header=OPEN)
    return root


async def test_the_first_word_makes_the_thread_with_its_tickets_name(side: Sending) -> None:
    root = await in_progress(side)
    assert side.thread(root).name == "IT-1 · Printer burns"
    assert side.thread(root).auto_archive_min == 10_080


async def test_a_long_subject_makes_a_name_that_discord_takes(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    await side.show(
        "k0",
        notice("Hello."),
        thread=root,
        thread_header=ThreadHeader(title="IT-1 ·\n@everyone " + "x" * 200),
    )
    assert side.thread(root).name == "IT-1 · @everyone " + "x" * 82 + "…"
    assert side.said(side.thread(root))[0].pings == ()


async def test_two_first_words_at_once_make_one_thread(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    await asyncio.gather(
        *(side.show(f"k{n}", notice(f"word {n}"), thread=root, thread_header=OPEN) for n in range(3))
    )
    assert len(side.said(side.thread(root))) == 3


async def test_a_thread_that_somebody_made_is_used(side: Sending) -> None:
    request = await side.ana.says("help", "My printer burns")
    thread = await side.bo.starts_thread(request, "burning")
    await side.show("k1", notice("Hello."), thread=request.id, thread_header=OPEN)
    assert [each.text for each in side.said(thread)] == ["Hello."]


async def test_a_thread_that_nobody_wrote_in_for_a_week_is_opened_by_the_next_word(side: Sending) -> None:
    root = await in_progress(side)
    side.server.move(timedelta(days=8))
    assert side.thread(root).is_archived
    side.restarts()
    await side.show("k1", copy("Still burning"), thread=root, thread_header=OPEN)
    assert not side.thread(root).is_archived
    assert side.said(side.thread(root))[-1].text == "Still burning"


async def test_an_edit_in_a_thread_that_went_to_sleep_wakes_it_for_that(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    parts = await side.show("k0", copy("teh printer"), thread=root, thread_header=OPEN)
    side.server.move(timedelta(days=8))
    await side.show("k0", copy("the printer"), thread=root, thread_header=OPEN, shown=parts)
    assert [each.text for each in side.said(side.thread(root))] == ["the printer"]


async def test_a_sleeping_thread_of_an_open_ticket_is_kept_alive(side: Sending) -> None:
    root = await in_progress(side)
    side.server.move(timedelta(days=8))
    await side.show("t1", OPEN, thread=root)
    assert not side.thread(root).is_archived


async def test_a_closed_tickets_thread_is_locked_and_put_away_and_comes_back(side: Sending) -> None:
    root = await in_progress(side)
    await side.show("t1", CLOSED, thread=root)
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (True, True)
    await side.show("t1", OPEN, thread=root)
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (False, False)


async def test_a_requesters_thread_is_put_away_and_wakes_when_they_write(side: Sending) -> None:
    root = await in_progress(side)
    await side.show("t1", ANSWERED, thread=root)
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (True, False)
    await side.ana.says(side.thread(root), "It burns again")
    assert not side.thread(root).is_archived
    assert side.ana.reads(side.thread(root))[-1].text == "It burns again"


@pytest.mark.parametrize("closed", [CLOSED, ANSWERED])
@pytest.mark.parametrize("restarts", [False, True])
async def test_a_last_word_in_a_closed_tickets_thread_leaves_it_put_away(
    side: Sending, restarts: bool, closed: ThreadHeader
) -> None:
    root = await in_progress(side)
    await side.show("t1", closed, thread=root)
    if restarts:
        side.restarts()
    parts = await side.show("k1", copy("The transcript"), thread=root, thread_header=closed)
    await side.show("k1", copy("The whole transcript"), thread=root, thread_header=closed, shown=parts)
    assert [each.text for each in side.said(side.thread(root))][-1] == "The whole transcript"
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (True, closed.is_locked)


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_last_word_whose_thread_could_not_be_put_away_again_stands_there_once(
    side: Sending, restarts: bool
) -> None:
    root = await in_progress(side)
    await side.show("t1", CLOSED, thread=root)
    side.server.plan_failures(PATCH, every=2, times=1, status=503)
    answer = await side.send("k1", copy("The transcript"), thread=root, thread_header=CLOSED)
    assert isinstance(answer, Postponed)
    assert answer.is_counted
    if restarts:
        side.restarts()
    await side.show("k1", copy("The transcript"), thread=root, thread_header=CLOSED, is_retry=True)
    assert [each.text for each in side.said(side.thread(root))][1:] == ["The transcript"]
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (True, True)


async def test_the_last_words_and_the_end_of_their_thread_may_come_at_once(side: Sending) -> None:
    root = await in_progress(side)
    first = await side.show("k1", notice("IT-1 is with Network."), thread=root, thread_header=OPEN)
    await asyncio.gather(
        side.show("k1", notice("IT-1 is closed."), thread=root, thread_header=CLOSED, shown=first),
        side.show("t1", CLOSED, thread=root),
        side.show("k2", copy("It was the cable"), thread=root, thread_header=CLOSED),
    )
    assert {each.text for each in side.said(side.thread(root))} >= {"IT-1 is closed.", "It was the cable"}
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (True, True)


async def test_a_reopened_tickets_thread_takes_words_before_its_head_is_renewed(side: Sending) -> None:
    root = await in_progress(side)
    await side.show("t1", CLOSED, thread=root)
    side.restarts()
    await side.show("k1", copy("It burns again"), thread=root, thread_header=OPEN)
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (False, False)


async def test_a_thread_that_a_moderator_locked_is_left_alone_and_the_operator_told(side: Sending) -> None:
    root = await in_progress(side)
    await side.server.bot().locks(side.thread(root))
    side.restarts()
    answer = await side.send("k1", notice("Hello?"), thread=root, thread_header=OPEN)
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == "deliveries.discord_thread_locked"
    await side.show("t1", OPEN, thread=root)
    assert side.thread(root).is_locked


async def test_a_deleted_thread_takes_nothing_more(side: Sending) -> None:
    root = await in_progress(side)
    side.server.threads.delete(side.thread(root))
    for header in (OPEN, None):
        assert isinstance(
            await side.send("k1", notice("Hello?"), thread=root, thread_header=header), RootGone
        )
    side.restarts()
    assert isinstance(await side.send("t1", OPEN, thread=root), RootGone)


async def test_a_name_follows_its_ticket_no_more_than_twice_in_ten_minutes(side: Sending) -> None:
    root = await in_progress(side)
    for number in (1, 2):
        await side.show("t1", replace(OPEN, title=f"name {number}"), thread=root)
    answer = await side.send("t1", replace(CLOSED, title="name 3"), thread=root)
    assert isinstance(answer, Postponed)
    assert not answer.is_counted
    assert 0 < answer.after_s <= 6.1  # ten minutes of Discord's
    assert side.thread(root).name == "name 2"
    assert side.thread(root).is_locked  # only the name waits
    assert not [call for call in side.server.calls if call.status == 429]


async def test_a_closed_tickets_new_name_is_shown_too(side: Sending) -> None:
    root = await in_progress(side)
    await side.show("t1", CLOSED, thread=root)
    await side.show("t1", replace(CLOSED, title="IT-1 · Printer burnt"), thread=root)
    assert side.thread(root).name == "IT-1 · Printer burnt"
    assert (side.thread(root).is_archived, side.thread(root).is_locked) == (True, True)


async def test_a_head_that_shows_so_already_changes_nothing(side: Sending) -> None:
    root = await in_progress(side)
    await side.show("t1", OPEN, thread=root)
    assert not side.server.calls_to(PATCH)


async def test_without_the_right_to_lock_threads_it_is_named(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    thread = await side.ana.starts_thread(side.ana.reads("help")[0], "burning")
    side.server.deny(side.server.channel_named("help"), side.server.bot(), Permission.MANAGE_THREADS)
    answer = await side.send("t1", CLOSED, thread=root)
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == "deliveries.discord_no_permission"
    assert answer.reason.facts["permission"] == "Manage Threads"
    assert "#help" in english(answer.reason)
    assert not thread.is_locked


async def test_a_card_begins_the_teams_thread(side: Sending) -> None:
    (root,) = await side.show("card", card("Printer burns"), channel="team")
    await side.show("k1", copy("It smokes, too"), channel="team", thread=root, thread_header=OPEN)
    assert side.thread(root).name == "IT-1 · Printer burns"
    assert [each.text for each in side.said(side.thread(root))] == ["It smokes, too"]
