"""Discord and the way to it fail in every way they can: a sentence each, and nothing is lost or shown twice."""

import asyncio

import pytest

from adapters.discord.api.calls import DiscordRefused
from adapters.discord.api.errors import TOKEN_LOST
from bot.domain.directory import ChannelRef
from bot.domain.sentence import Sentence, sentence
from bot.messages.delivery import Delivered, Postponed, RefusedByPlatform, RootGone
from bot.messages.outbound import Address, Mention, Notice, OutboundMessage, ThreadHeader
from bot.text.error_text import english
from tests.adapters.discord.delivery.sending_side import Sending
from tests.contracts.platforms.sample_messages import card, copy, notice
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.rules.rates import Window
from tests.said import said

POST = "POST /channels/{channel_id}/messages"


async def refused(side: Sending, content: object = None, **more: object) -> Sentence:
    """Why, as the operator is told."""
    answer = await side.send("k1", content or notice("Hello?"), **more)  # type: ignore[arg-type]
    assert isinstance(answer, RefusedByPlatform), answer
    return answer.reason


@pytest.mark.parametrize(
    ("code", "key", "words"),
    [
        (10003, "deliveries.discord_no_channel", ""),
        (10004, "deliveries.discord_no_server", ""),
        (50001, "deliveries.discord_no_access", "View Channel"),
        (50013, "deliveries.discord_no_permission", "Send Messages"),
        (40005, "deliveries.discord_files_too_large", ""),
        (50035, "deliveries.discord_refused", "(50035)"),
        (99999, "deliveries.discord_refused", "99999"),
    ],
)
async def test_a_refusal_is_a_sentence_for_the_operator(
    side: Sending, code: int, key: str, words: str
) -> None:
    await side.channel_cache.get(side.ref("help").channel)
    side.server.plan_failures(POST, code=code, **({"status": 400} if code in (50035, 99999) else {}))
    reason = await refused(side)
    assert reason.key == key
    assert words in english(reason)
    assert "#help" in english(reason)


async def test_a_deleted_channel_is_named_with_how_to_mend_it(side: Sending) -> None:
    channel = side.server.channel_named("help")
    ref = side.ref("help")
    side.server.communities.delete_channel(channel)
    message = OutboundMessage(key="k1", address=Address(channel=ref), content=notice("Hello?"))
    answer = await side.deliver(message)
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == "deliveries.discord_no_channel"
    assert str(channel.id) in english(answer.reason)


async def test_a_channel_deleted_under_a_running_desk_takes_its_threads_with_it(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    await side.show("k0", copy("Hello"), thread=root)
    ref = side.ref("help")
    side.server.communities.delete_channel(side.server.channel_named("help"))
    top = await side.deliver(
        OutboundMessage(key="k1", address=Address(channel=ref), content=notice("Hello?"))
    )
    assert isinstance(top, RefusedByPlatform)
    inside = OutboundMessage(
        key="k2", address=Address(channel=ref, thread=str(root)), content=notice("Hello?")
    )
    assert isinstance(await side.deliver(inside), RootGone)


async def test_a_word_where_a_channels_id_belongs_is_said(side: Sending) -> None:
    nowhere = ChannelRef("discord", "help")
    answer = await side.deliver(
        OutboundMessage(key="k", address=Address(channel=nowhere), content=notice("?"))
    )
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason == sentence("deliveries.discord_not_a_channel", channel="discord:help")


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission.VIEW_CHANNEL, "View Channel"),
        (Permission.SEND_MESSAGES, "Send Messages"),
        (Permission.EMBED_LINKS, "Embed Links"),
    ],
)
async def test_a_right_that_was_taken_away_is_named_and_given_back_everything_goes_on(
    side: Sending, permission: Permission, words: str
) -> None:
    await side.show("k0", card("First"))
    channel = side.server.channel_named("help")
    side.server.deny(channel, side.server.bot(), permission)
    reason = english(await refused(side, card("Second")))
    assert words in reason
    assert "#help" in reason
    side.server.allow(channel, side.server.bot(), permission)
    side.calls.permissions_changed()
    await side.show("k1", card("Second"))
    assert len(side.said("help")) == 2


async def test_without_the_right_to_write_in_threads_it_is_named(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    channel = side.server.channel_named("help")
    side.server.deny(channel, side.server.bot(), Permission.SEND_MESSAGES_IN_THREADS)
    assert "Send Messages in Threads" in english(await refused(side, thread=root))


async def test_without_the_right_to_open_threads_it_is_named(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    channel = side.server.channel_named("help")
    side.server.deny(channel, side.server.bot(), Permission.CREATE_PUBLIC_THREADS)
    assert "Create Public Threads" in english(await refused(side, thread=root))


async def test_where_cards_are_not_allowed_plain_words_still_go(side: Sending) -> None:
    side.server.deny(side.server.channel_named("help"), side.server.bot(), Permission.EMBED_LINKS)
    assert "Embed Links" in english(await refused(side, card("VPN")))
    await side.show("k2", notice("Hello."))
    assert [each.text for each in side.said("help")] == ["Hello."]


async def test_a_kicked_desk_says_that_it_needs_to_be_let_in_again(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    await side.show("k0", notice("Hello."), thread=root)
    side.server.communities.kick_bot(side.server.guild)
    for thread in (None, root):
        assert (await refused(side, thread=thread)).key == "deliveries.discord_no_access"
    side.server.communities.invite_bot(side.server.guild)
    side.calls.permissions_changed()
    await side.show("k1", notice("Back."), thread=root)
    assert [each.text for each in side.said(side.thread(root))] == ["Hello.", "Back."]


async def test_a_guild_full_of_threads_says_so_and_is_waited_for(side: Sending) -> None:
    most, side.server.threads.most_active = side.server.threads.most_active, 0
    root = (await side.ana.says("help", "My printer burns")).id
    answer = await side.send("k1", notice("Hello."), thread=root)
    assert isinstance(answer, Postponed)
    assert answer.reason.key == "deliveries.discord_threads_full"
    side.server.threads.most_active = most
    await side.show("k1", notice("Hello."), thread=root, is_retry=True)
    assert [each.text for each in side.said(side.thread(root))] == ["Hello."]


async def test_a_forum_that_needs_a_tag_says_so(side: Sending) -> None:
    forum = side.server.channel_named("questions")
    forum.needs_tag = True
    side.server.deny(forum, side.server.bot(), Permission.MANAGE_THREADS)
    assert (await refused(side, channel="questions")).key == "deliveries.discord_tag_needed"
    header = ThreadHeader(title="IT-1", tags=("urgent",))
    await side.show("k1", card("VPN"), channel="questions", thread_header=header)


async def test_somebody_with_closed_direct_messages_is_a_sentence_for_the_team(side: Sending) -> None:
    side.ana.closes_dms()
    reason = await refused(side, channel="@ana")
    assert reason.key == "deliveries.discord_direct_messages_closed"
    side.ana.opens_dms()
    await side.show("k2", notice("Hello."), channel="@bo")
    assert [each.text for each in side.bo.reads_dm()] == ["Hello."]


async def test_with_a_revoked_token_everything_waits_for_a_new_one(side: Sending) -> None:
    side.server.world.application.token = "another"
    before = len(side.server.calls)
    for number in range(20):
        answer = await side.send(f"k{number}", notice("Hello?"), channel=["help", "team"][number % 2])
        assert isinstance(answer, Postponed)
        assert not answer.is_counted
        assert answer.reason == TOKEN_LOST
    assert len(side.server.calls) == before + 1


async def test_what_was_refused_is_not_asked_over_and_over(side: Sending) -> None:
    side.server.deny(side.server.channel_named("help"), side.server.bot(), Permission.SEND_MESSAGES)
    for number in range(50):
        await side.send(f"k{number}", notice("Hello?"))
    assert len([call for call in side.server.calls if call.status == 403]) == 1


async def test_a_refusal_about_one_person_concerns_nobody_else(side: Sending) -> None:
    parts = await side.show("ack", notice("IT-1"), thread_header=ThreadHeader(title="IT-1", is_private=True))
    path = "/channels/{channel_id}/thread-members/{user_id}"
    side.server.plan_failures(f"PUT {path}", times=1, code=50001)
    members = (f"discord:{side.ana.id}", f"discord:{side.bo.id}")
    await side.show("t1", ThreadHeader(title="IT-1", is_private=True, members=members), thread=parts[0])
    assert side.bo.id in side.thread(parts[0]).members


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 503}])
async def test_no_clear_answer_is_tried_again_carefully(side: Sending, fault: dict[str, object]) -> None:
    side.server.plan_failures(POST, times=1, **fault)
    answer = await side.send("k1", notice("Hello?"))
    assert isinstance(answer, Postponed)
    assert answer.is_counted


async def test_what_is_under_way_when_the_desk_hangs_up_is_left_for_its_next_start(side: Sending) -> None:
    await side.client.close()
    answer = await side.send("k1", notice("Hello?"))
    assert isinstance(answer, Postponed)
    assert answer.is_counted


async def test_a_hanging_request_holds_up_neither_others_nor_the_next_attempt(side: Sending) -> None:
    failure = side.server.plan_failures(
        POST, times=1, hang_s=60, channel=side.server.channel_named("help").id
    )
    hanging = asyncio.create_task(side.send("k1", notice("Slow.")))
    await side.server.until(lambda: failure.happened == 1, "the request hangs")
    await side.show("k2", notice("Quick."), channel="team")
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    await side.show("k1", notice("Slow."), is_retry=True)
    assert [each.text for each in side.said("help")] == ["Slow."]


async def test_a_wait_for_the_global_limit_that_is_cut_short_stops_nothing_else(side: Sending) -> None:
    side.server.limiter.everything = Window(limit=0, per_s=10_000)
    waiting = asyncio.create_task(side.send("k1", notice("One.")))
    limited = side.client.http._global_over
    await side.server.until(lambda: not limited.is_set(), "discord.py waits for the global limit")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    side.server.limiter.is_on = False
    await side.show("k2", notice("Two."))
    assert [each.text for each in side.said("help")] == ["Two."]


async def test_everybody_in_a_subject_pings_nobody(side: Sending) -> None:
    root = (await side.ana.says("help", "It burns")).id
    subject = "@everyone @here <@&1> <@2>"
    await side.show("card", card(subject), channel="team")
    await side.show(
        "k1",
        Notice(text=(said("requester.received", reference=subject, team="Network"),)),
        thread=root,
        thread_header=ThreadHeader(title=f"IT-1 · {subject}"),
    )
    (shown,) = side.said("team")
    (told,) = side.said(side.thread(root))
    assert shown.pings == told.pings == ()
    assert "@everyone @here" in told.text
    assert side.thread(root).name == f"IT-1 · {subject}"


async def test_a_hundred_and_more_mentions_are_taken(side: Sending) -> None:
    people = [Mention(f"discord:{side.bo.id + number}", f"p{number}") for number in range(130)]
    bo = Mention(f"discord:{side.bo.id}", "Bo")
    await side.show("k1", Notice(text=("Late!",), mentions=(bo, *people[1:])))
    (said,) = side.said("help")
    assert "Bo" in said.pings
    assert said.text.endswith("… and 100 more")


async def test_an_edit_of_a_reply_that_somebody_deleted_is_done_with(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    parts = await side.show("k1", notice("new"), thread=root)
    side.server.talk.delete(side.server.world.message(root, int(parts[0])))
    answer = await side.send("k1", notice("open"), thread=root, shown=parts)
    assert isinstance(answer, Delivered)


async def test_a_card_that_somebody_deleted_is_gone(side: Sending) -> None:
    parts = await side.show("k1", notice("new"))
    channel = side.server.channel_named("help")
    side.server.talk.delete(side.server.world.message(channel.id, int(parts[0])))
    assert isinstance(await side.send("k1", notice("open"), shown=parts), RootGone)


async def test_old_messages_that_may_not_be_edited_just_now_are_edited_later(side: Sending) -> None:
    side.client.http.max_ratelimit_timeout = 0.1
    parts = await side.show("k1", notice("new"))
    side.server.plan_failures(
        "PATCH /channels/{channel_id}/messages/{message_id}", times=1, code=30046, retry_after_s=600
    )
    answer = await side.send("k1", notice("open"), shown=parts)
    assert isinstance(answer, Postponed)
    assert not answer.is_counted


async def test_a_refusal_names_what_discord_said(side: Sending) -> None:
    with pytest.raises(DiscordRefused, match="Unknown Channel"):
        await side.calls.call("GET", "/channels/{channel_id}", channel_id=1)
