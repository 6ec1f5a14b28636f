"""Forums and private threads: what the desk begins there itself, once, and how their posts are tagged."""

from dataclasses import replace

import pytest

from bot.messages.delivery import Delivered, Postponed
from bot.messages.outbound import Copy, Notice, ThreadHeader
from tests.adapters.discord.delivery.sending_side import Sending
from tests.contracts.platforms.sample_messages import SAID_AT, card, copy, long_text, notice

START = "POST /channels/{channel_id}/threads"
POST = "POST /channels/{channel_id}/messages"
MEMBER = "PUT /channels/{channel_id}/thread-members/{user_id}"
OPEN = ThreadHeader(title="IT-1 · Printer burns", tags=("Network", "urgent", "open"))


def private(side: Sending) -> ThreadHeader:
    return replace(
        OPEN, is_private=True, members=(f"discord:{side.ana.id}", f"discord:{side.bo.id}", "web:x")
    )


async def test_a_card_in_a_forum_is_a_post_with_its_tags_and_its_thread_is_the_teams(side: Sending) -> None:
    (root,) = await side.show("card", card("Printer burns"), channel="questions", thread_header=OPEN)
    thread = side.thread(root)
    assert thread.name == "IT-1 · Printer burns"
    assert side.ana.tag_names(thread) == ["Network", "urgent", "open"]
    await side.show("k1", copy("It smokes"), channel="questions", thread=root, thread_header=OPEN)
    first, second = side.said(thread)
    assert first.buttons == ("Claim",)
    assert (second.author, second.text) == ("Ana Lima", "It smokes")

    side.restarts()
    await side.show("card", card("Printer smokes"), channel="questions", thread_header=OPEN, shown=(root,))
    assert "Printer smokes" in side.said(thread)[0].words


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_post_that_was_begun_without_an_answer_is_one_post(side: Sending, restarts: bool) -> None:
    side.server.plan_failures(START, times=1, drop=True, after=True)
    first = await side.send("card", card("Printer burns"), channel="questions", thread_header=OPEN)
    assert isinstance(first, Postponed)
    assert first.is_counted
    if restarts:
        side.restarts()
    (root,) = await side.show(
        "card", card("Printer smokes"), channel="questions", thread_header=OPEN, is_retry=True
    )
    (thread,) = side.ana.threads("questions")
    assert str(thread.id) == root
    (said,) = side.said(thread)
    assert "Printer smokes" in said.words


async def test_a_long_notice_in_a_forum_is_whole_and_called_by_its_first_words(side: Sending) -> None:
    text = long_text(5_000)
    file = side.files.put("report.txt", b"all of it")
    content = Notice(text=(text,), files=(file,))
    parts = await side.show("k1", content, channel="questions")
    (thread,) = side.ana.threads("questions")
    assert thread.name.startswith("line 0 of a long story")
    said = side.said(thread)
    assert len(said) == len(parts) > 1
    assert "".join("".join(each.text for each in said).split()) == "".join(text.split())
    assert [name for each in said for name in each.files] == ["report.txt"]
    side.restarts()
    await side.show("k1", notice("never mind"), channel="questions", shown=parts)
    assert [each.text for each in side.said(thread)] == ["never mind"]


async def test_a_long_notice_in_a_forum_that_was_cut_short_goes_on_in_its_post(side: Sending) -> None:
    content = notice(long_text(5_000))
    side.server.plan_failures(POST, times=1, drop=True, after=True)
    assert isinstance(await side.send("k1", content, channel="questions"), Postponed)
    side.restarts()
    await side.show("k1", content, channel="questions", is_retry=True)
    (thread,) = side.ana.threads("questions")
    assert "".join("".join(each.text for each in side.said(thread)).split()) == "".join(
        long_text(5_000).split()
    )


async def test_tags_follow_the_ticket_and_those_that_people_chose_stay(side: Sending) -> None:
    post = await side.ana.posts("questions", "Printer burns", "Help!", tags=["mine", "on hold"])
    await side.show("t1", OPEN, channel="questions", thread=post.id)
    thread = side.thread(post.id)
    assert side.ana.tag_names(thread) == ["Network", "urgent", "open", "mine"]
    side.restarts()
    await side.show(
        "t1", replace(OPEN, tags=("Network", "normal", "on hold")), channel="questions", thread=post.id
    )
    assert side.ana.tag_names(thread) == ["Network", "on hold", "mine"]


async def test_the_tag_of_a_former_team_goes(side: Sending) -> None:
    post = await side.ana.posts("questions", "Printer burns", "Help!", tags=["mine"])
    await side.show("t1", OPEN, channel="questions", thread=post.id)
    await side.show("t1", replace(OPEN, tags=("Finance", "open")), channel="questions", thread=post.id)
    assert side.ana.tag_names(side.thread(post.id)) == ["open", "mine"]


async def test_a_closed_post_is_locked_and_put_away_with_its_last_tags(side: Sending) -> None:
    post = await side.ana.posts("questions", "Printer burns", "Help!", tags=["open"])
    closed = replace(OPEN, is_finished=True, is_locked=True, tags=("Network", "closed"))
    await side.show("t1", closed, channel="questions", thread=post.id)
    thread = side.thread(post.id)
    assert (thread.name, thread.is_archived, thread.is_locked) == ("Printer burns", True, True)
    assert side.ana.tag_names(thread) == ["Network"]


async def test_a_private_thread_is_for_the_requester_and_the_team(side: Sending) -> None:
    cleo = side.server.person("cleo")
    parts = await side.show("ack", notice("IT-1 is with Network."), thread_header=private(side))
    thread = side.thread(parts[0])
    assert len(parts) == 2
    assert [each.text for each in side.said(thread)] == ["IT-1 is with Network."]
    assert side.bo.reads(thread)
    assert side.ana.reads(thread)
    assert not cleo.threads("help")
    assert side.said("help") == []


async def test_what_begins_a_private_thread_can_be_changed_and_removed(side: Sending) -> None:
    parts = await side.show("ack", notice("new"), thread_header=private(side))
    side.restarts()
    assert await side.show("ack", notice("open"), thread_header=private(side), shown=parts) == parts
    assert [each.text for each in side.said(side.thread(parts[0]))] == ["open"]
    await side.show("k1", copy("More"), thread=parts[0], thread_header=private(side))
    assert [each.text for each in side.said(side.thread(parts[0]))] == ["open", "More"]


@pytest.mark.parametrize(
    ("route", "fault"), [(START, {"drop": True}), (POST, {"drop": True}), (MEMBER, {"status": 503})]
)
@pytest.mark.parametrize("restarts", [False, True])
async def test_a_private_thread_begun_without_an_answer_is_one_with_everybody_in_it(
    side: Sending, route: str, fault: dict[str, object], restarts: bool
) -> None:
    side.server.plan_failures(route, times=1, after=True, **fault)
    first = await side.send("ack", notice("IT-1"), thread_header=private(side))
    assert isinstance(first, Postponed)
    assert first.is_counted
    if restarts:
        side.restarts()
    parts = await side.show("ack", notice("IT-1"), thread_header=private(side), is_retry=True)
    (thread,) = side.bo.threads("help")
    assert str(thread.id) == parts[0]
    assert side.ana.id in thread.members
    assert [each.text for each in side.said(thread)] == ["IT-1"]


async def test_a_rate_limit_after_the_thread_was_opened_counts_so_that_it_is_looked_for(
    side: Sending,
) -> None:
    side.client.http.max_ratelimit_timeout = 0.1
    side.server.plan_failures(POST, times=1, status=429, retry_after_s=30)
    answer = await side.send("ack", notice("IT-1"), thread_header=private(side))
    assert isinstance(answer, Postponed)
    assert answer.is_counted
    await side.show("ack", notice("IT-1"), thread_header=private(side), is_retry=True)
    assert len(side.bo.threads("help")) == 1


async def test_whoever_joins_the_team_is_let_in_and_whoever_left_the_thread_is_not_fetched_back(
    side: Sending,
) -> None:
    parts = await side.show("ack", notice("IT-1"), thread_header=private(side))
    thread = side.thread(parts[0])
    await side.bo.leaves_thread(thread)
    cleo = side.server.person("cleo")
    gone = side.server.person("gone", guilds=[])
    more = replace(
        private(side), members=(*private(side).members, f"discord:{gone.id}", f"discord:{cleo.id}")
    )
    await side.show("t1", more, thread=parts[0])
    assert cleo.id in thread.members
    assert side.bo.id not in thread.members


async def test_a_private_thread_of_a_reopened_ticket_takes_new_members(side: Sending) -> None:
    header = replace(private(side), members=(f"discord:{side.ana.id}",))
    parts = await side.show("ack", notice("IT-1"), thread_header=header)
    await side.show("t1", replace(header, is_finished=True), thread=parts[0])
    assert side.thread(parts[0]).is_archived
    await side.show("t1", private(side), thread=parts[0])
    assert side.bo.id in side.thread(parts[0]).members


@pytest.mark.parametrize("is_finished", [False, True])
async def test_who_was_removed_is_put_out_of_a_private_thread_and_may_come_back(
    side: Sending, is_finished: bool
) -> None:
    cleo = f"discord:{side.server.person('cleo').id}"
    among = replace(private(side), members=(*private(side).members, cleo))
    parts = await side.show("ack", notice("IT-1"), thread_header=among)
    thread = side.thread(parts[0])
    await side.show("t1", replace(among, is_finished=is_finished), thread=parts[0])
    gone = replace(private(side), is_finished=is_finished, former=(cleo,))
    await side.show("t1", gone, thread=parts[0])
    assert int(cleo.partition(":")[2]) not in thread.members
    assert side.ana.id in thread.members
    assert thread.is_archived is is_finished
    await side.show("t1", among, thread=parts[0])
    assert int(cleo.partition(":")[2]) in thread.members


async def test_a_copy_with_files_in_a_private_thread_stands_there_whole(side: Sending) -> None:
    parts = await side.show("ack", notice("IT-1"), thread_header=private(side))
    file = side.files.put("screen.png", b"a picture", media_type="image/png")
    words = Copy(author="Bo", text="Look", said_at=SAID_AT, files=(file,))
    assert isinstance(await side.send("k1", words, thread=parts[0], thread_header=private(side)), Delivered)
    assert side.said(side.thread(parts[0]))[-1].files == ("screen.png",)
