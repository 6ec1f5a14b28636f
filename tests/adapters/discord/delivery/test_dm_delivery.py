"""Direct messages have no threads: what belongs to a ticket answers the message that the ticket began with."""

from bot.messages.delivery import Delivered, Postponed, RefusedByPlatform
from bot.messages.outbound import ThreadHeader
from bot.text.error_text import english
from tests.adapters.discord.delivery.sending_side import Sending
from tests.contracts.platforms.sample_messages import copy, notice

POST = "POST /channels/{channel_id}/messages"


async def test_a_word_about_a_ticket_answers_its_request(side: Sending) -> None:
    request = await side.ana.writes_dm("My printer burns")
    await side.show("k1", notice("IT-1 is with Network."), channel="@ana", thread=request.id)
    await side.show("k2", copy("Which one?"), channel="@ana", thread=request.id)
    told, asked = side.ana.reads_dm()[1:]
    assert (told.reply_to, told.text) == (request.id, "IT-1 is with Network.")
    assert (asked.reply_to, asked.text) == (request.id, "**Ana Lima:** Which one?")
    assert told.pings == ()


async def test_a_request_that_was_taken_back_does_not_silence_the_desk(side: Sending) -> None:
    request = await side.ana.writes_dm("My printer burns")
    await side.ana.deletes(request)
    await side.show("k1", notice("IT-1 is with Network."), channel="@ana", thread=request.id)
    assert [each.text for each in side.ana.reads_dm()] == ["IT-1 is with Network."]


async def test_the_desk_may_begin_the_conversation(side: Sending) -> None:
    (root,) = await side.show("k1", notice("IT-1 is with Network."), channel="@ana")
    await side.show("k2", copy("Which one?"), channel="@ana", thread=root)
    assert [each.reply_to for each in side.ana.reads_dm()] == [None, int(root)]


async def test_edits_and_removals_reach_direct_messages_after_a_restart(side: Sending) -> None:
    request = await side.ana.writes_dm("My printer burns")
    parts = await side.show("k1", copy("Which won?"), channel="@ana", thread=request.id)
    side.restarts()
    await side.show("k1", copy("Which one?"), channel="@ana", thread=request.id, shown=parts)
    assert side.ana.reads_dm()[-1].text == "**Ana Lima:** Which one?"
    await side.show("k1", None, channel="@ana", thread=request.id, shown=parts)
    assert len(side.ana.reads_dm()) == 1


async def test_a_direct_message_sent_without_an_answer_stands_there_once(side: Sending) -> None:
    request = await side.ana.writes_dm("My printer burns")
    side.server.plan_failures(POST, times=1, drop=True, after=True)
    first = await side.send("k1", copy("Which one?"), channel="@ana", thread=request.id)
    assert isinstance(first, Postponed)
    side.restarts()
    again = await side.send("k1", copy("Which one?"), channel="@ana", thread=request.id, is_retry=True)
    assert isinstance(again, Delivered)
    assert len(side.ana.reads_dm()) == 2


async def test_direct_messages_have_no_head(side: Sending) -> None:
    request = await side.ana.writes_dm("My printer burns")
    before = len(side.server.calls)
    await side.show("t1", ThreadHeader(title="IT-1", is_finished=True), channel="@ana", thread=request.id)
    assert len(side.server.calls) == before


async def test_nobody_of_discord_gets_no_direct_message(side: Sending) -> None:
    nobody = side.ref("@ana")
    answer = await side.send("k1", notice("Hello?"), channel="@ana")
    assert isinstance(answer, Delivered)
    side.restarts()
    side.server.plan_failures("POST /users/@me/channels", times=1, code=10013)
    answer = await side.send("k2", notice("Hello?"), channel="@ana")
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == "deliveries.discord_no_user"
    assert str(nobody) in english(answer.reason)
