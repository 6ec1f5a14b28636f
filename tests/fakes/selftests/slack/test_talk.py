"""What is said, and what remains of it: threads, tombstones, whispers, edits, metadata, pages of history."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import NotOffered, Person, SlackServer

KEY = {"event_type": "desk_message", "event_payload": {"key": "m-17"}}


async def test_a_reply_is_in_the_thread_and_not_in_the_channel(web: AsyncWebClient, ana: Person) -> None:
    said = await ana.says("help-it", "no network")
    await web.chat_postMessage(channel=said.channel, text="on it", thread_ts=said.ts)
    assert [seen.text for seen in ana.reads("help-it")] == ["no network"]
    assert [seen.text for seen in ana.reads_thread(said)] == ["no network", "on it"]
    assert ana.reads("help-it")[0].replies == 1


async def test_a_reply_to_a_deleted_parent_appears_in_the_channel(web: AsyncWebClient, ana: Person) -> None:
    said = await ana.says("help-it", "never mind")
    await ana.deletes(said)
    answer = await web.chat_postMessage(channel=said.channel, text="on it", thread_ts=said.ts)
    assert "thread_ts" not in answer["message"]
    assert [seen.text for seen in ana.reads("help-it")] == ["on it"]


async def test_a_deleted_parent_with_replies_leaves_a_tombstone(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    said = await ana.says("help-it", "no network")
    await web.chat_postMessage(channel=said.channel, text="on it", thread_ts=said.ts)
    heard = listen(slack)
    await ana.deletes(said)
    assert heard[0]["subtype"] == "message_changed"
    assert heard[0]["message"]["subtype"] == "tombstone"
    assert heard[0]["previous_message"]["text"] == "no network"
    history = await web.conversations_history(channel=said.channel)
    assert [message.get("subtype") for message in history["messages"]] == ["tombstone"]
    assert [seen.is_tombstone for seen in ana.reads_thread(said)] == [True, False]


async def test_a_deleted_message_without_replies_is_gone(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    said = await ana.says("help-it", "never mind")
    heard = listen(slack)
    await ana.deletes(said)
    assert (heard[0]["subtype"], heard[0]["deleted_ts"]) == ("message_deleted", said.ts)
    assert (await web.conversations_history(channel=said.channel))["messages"] == []


async def test_an_edit_tells_what_was_and_what_is(slack: SlackServer, ana: Person) -> None:
    said = await ana.says("help-it", "no netwrok")
    heard = listen(slack)
    await ana.edits(said, "no network")
    assert heard[0]["previous_message"]["text"] == "no netwrok"
    assert heard[0]["message"]["text"] == "no network"
    assert heard[0]["message"]["edited"]["user"] == ana.id
    assert heard[0]["message"]["ts"] == said.ts


async def test_an_unfurled_link_is_a_change_without_a_change_of_text(slack: SlackServer, ana: Person) -> None:
    said = await ana.says("help-it", "see https://example.org/")
    heard = listen(slack)
    slack.unfurl(said)
    assert heard[0]["subtype"] == "message_changed"
    assert heard[0]["message"]["text"] == heard[0]["previous_message"]["text"] == "see <https://example.org/>"
    assert "edited" not in heard[0]["message"]


async def test_a_whisper_is_seen_by_one_person_and_by_no_history(
    web: AsyncWebClient, ana: Person, noor: Person
) -> None:
    said = await ana.says("help-it", "no network")
    await web.chat_postEphemeral(channel=said.channel, user=noor.id, text="yours?")
    assert [seen.text for seen in noor.reads("help-it")] == ["no network", "yours?"]
    assert [seen.text for seen in ana.reads("help-it")] == ["no network"]
    assert len((await web.conversations_history(channel=said.channel))["messages"]) == 1


async def test_the_apps_own_posts_come_back_to_it_with_its_bot_id(
    slack: SlackServer, web: AsyncWebClient
) -> None:
    heard = listen(slack)
    await web.chat_postMessage(channel="#help-it", text="mine")
    await web.chat_postMessage(channel="#help-it", text="hers", username="Ana Lima")
    assert [event["bot_id"] for event in heard] == [slack.app.bot] * 2
    assert (heard[0]["user"], heard[0].get("subtype")) == (slack.app.user, None)
    assert (heard[1].get("user"), heard[1]["subtype"]) == (None, "bot_message")


async def test_metadata_comes_back_whole_to_who_asks_for_it(web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(channel="#help-it", text="t", metadata=KEY)
    channel = posted["channel"]
    plain = await web.conversations_history(channel=channel)
    whole = await web.conversations_history(channel=channel, include_all_metadata=True)
    assert plain["messages"][0]["metadata"] == {"event_type": "desk_message"}
    assert whole["messages"][0]["metadata"] == KEY
    await web.chat_update(channel=channel, ts=posted["ts"], text="u")
    kept = await web.conversations_history(channel=channel, include_all_metadata=True)
    assert kept["messages"][0]["metadata"] == KEY


async def test_an_edit_by_the_app_keeps_the_blocks_it_does_not_name(web: AsyncWebClient, ana: Person) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "the card"}}]
    posted = await web.chat_postMessage(channel="#help-it", text="t", blocks=blocks)
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="u")
    assert ana.reads("help-it")[0].words == "the card"
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="u", blocks=[])
    assert ana.reads("help-it")[0].words == "u"


async def test_history_is_read_page_by_page_newest_first(web: AsyncWebClient, ana: Person) -> None:
    for number in range(7):
        said = await ana.says("help-it", str(number))
    pages: list[list[str]] = []
    cursor: str | None = None
    while cursor != "":
        page = await web.conversations_history(channel=said.channel, limit=3, cursor=cursor)
        pages.append([message["text"] for message in page["messages"]])
        cursor = page["response_metadata"]["next_cursor"] if page["has_more"] else ""
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"]]


async def test_a_thread_is_read_oldest_first_with_its_parent_on_every_page(
    web: AsyncWebClient, ana: Person
) -> None:
    said = await ana.says("help-it", "parent")
    for number in range(3):
        await ana.says("help-it", str(number), thread=said)
    first = await web.conversations_replies(channel=said.channel, ts=said.ts, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await web.conversations_replies(channel=said.channel, ts=said.ts, limit=2, cursor=cursor)
    assert [message["text"] for message in first["messages"]] == ["parent", "0", "1"]
    assert [message["text"] for message in second["messages"]] == ["parent", "2"]
    assert first["messages"][0]["reply_count"] == 3


async def test_history_begins_after_oldest_unless_told_otherwise(web: AsyncWebClient, ana: Person) -> None:
    first = await ana.says("help-it", "first")
    await ana.says("help-it", "second")
    after = await web.conversations_history(channel=first.channel, oldest=first.ts)
    assert [message["text"] for message in after["messages"]] == ["second"]
    both = await web.conversations_history(channel=first.channel, oldest=first.ts, inclusive=True)
    assert [message["text"] for message in both["messages"]] == ["second", "first"]


async def test_a_broadcast_reply_is_in_both_places(web: AsyncWebClient, ana: Person) -> None:
    said = await ana.says("help-it", "parent")
    await ana.says("help-it", "for all", thread=said, broadcast=True)
    assert [seen.text for seen in ana.reads("help-it")] == ["parent", "for all"]
    history = await web.conversations_history(channel=said.channel)
    assert history["messages"][0]["subtype"] == "thread_broadcast"


async def test_message_time_moves_when_told(slack: SlackServer, ana: Person) -> None:
    before = await ana.says("help-it", "now")
    slack.pace.move(timedelta(minutes=10))
    after = await ana.says("help-it", "later")
    assert float(after.ts) - float(before.ts) >= 600


async def test_people_read_names_where_the_wire_has_ids(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    slack.user_group("netops", [slack.person("noor")])
    said = await ana.says("help-it", "@noor and @netops, look at #help-it & https://example.org/")
    assert said.text == "@noor and @netops, look at #help-it & https://example.org/"
    text = "due <!date^1772442000^{time}|9:00> for <@UNOBODY00> <https://example.org/|here>"
    await web.chat_postMessage(channel=said.channel, text=text)
    assert ana.reads("help-it")[-1].text == "due 9:00 for @unknown here"


async def test_nobody_uses_slash_commands_in_threads_or_writes_where_they_are_not(
    ana: Person, noor: Person
) -> None:
    said = await ana.says("help-it", "no network")
    with pytest.raises(NotOffered, match="not supported in threads"):
        await noor.types("/desk claim", "help-it", thread=said)
    with pytest.raises(NotOffered, match="not in #network"):
        await ana.says("network", "hello")
    with pytest.raises(NotOffered, match="not in #network"):
        ana.reads("network")
    with pytest.raises(NotOffered, match="not noor's"):
        await noor.edits(said, "hers")


async def test_another_apps_alert_comes_as_a_bots_message(slack: SlackServer) -> None:
    heard = listen(slack)
    await slack.other_app_says("Nagios", "help-it", "CRITICAL: disk full")
    assert heard[0]["subtype"] == "bot_message"
    assert heard[0]["bot_id"] != slack.app.bot


async def test_joining_is_noticed(slack: SlackServer, ana: Person) -> None:
    heard = listen(slack)
    await slack.person("zoe").joins("help-it")
    assert [event["type"] for event in heard] == ["member_joined_channel", "message"]
    assert heard[1]["subtype"] == "channel_join"


def listen(slack: SlackServer) -> list[dict[str, Any]]:
    """The events from now on, as the app would hear them."""
    heard: list[dict[str, Any]] = []
    slack.deliveries.overhear(lambda event: heard.append(event["event"]))
    return heard
