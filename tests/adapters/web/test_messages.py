"""People write, edit, delete and reply; the desk hears each of it once and in order."""

import asyncio
from pathlib import Path

import pytest

from bot.messages.inbound import MessageDeleted, MessageEdited, MessagePosted
from bot.messages.outbound import PrivateReply
from tests.adapters.web.doubles import RecordingIntake
from tests.adapters.web.workspace_in_use import Page, WorkspaceInUse, workspace
from tests.said import said


async def test_what_somebody_writes_reaches_the_desk_in_full(in_use: WorkspaceInUse, ana: Page) -> None:
    said = await ana.say("The VPN is down  \n  since nine")
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, MessagePosted)
    assert event.key == f"web:help-it:{said['id']}"
    assert event.text == "The VPN is down  \n  since nine"
    assert (event.actor.key, event.actor.email) == ("web:ana", "ana@example.org")
    assert str(event.location.channel) == "web:help-it"
    assert event.location.thread is None
    assert event.at == in_use.clock.now()


async def test_replies_edits_and_deletions_reach_the_desk_in_order(in_use: WorkspaceInUse, ana: Page) -> None:
    root = await ana.say("The VPN is down")
    reply = await ana.say("Since nine", thread=root["id"])
    await ana.edit(reply["id"], "Since ten")
    await ana.edit(reply["id"], "Since eleven")
    await ana.delete(reply["id"])
    events = [event for event in await in_use.intake.saw(5) if event.location.thread == root["id"]]
    edits = [event for event in events if isinstance(event, MessageEdited)]
    assert [event.text for event in edits] == ["Since ten", "Since eleven"]
    assert edits[0].revision < edits[1].revision
    assert isinstance(events[-1], MessageDeleted)
    assert len({event.key for event in events}) == 4


async def test_an_edit_to_the_same_text_is_nothing(in_use: WorkspaceInUse, ana: Page) -> None:
    said = await ana.say("The VPN is down")
    again = await ana.edit(said["id"], "The VPN is down")
    await ana.edit(said["id"], "The VPN is slow")
    assert again["edited"] is False
    assert [type(event) for event in await in_use.intake.saw(2)] == [MessagePosted, MessageEdited]


async def test_a_repeated_send_posts_once(in_use: WorkspaceInUse, ana: Page) -> None:
    first, again = await asyncio.gather(
        ana.say("Hello", client_key="k-1"), ana.say("Hello", client_key="k-1")
    )
    await ana.say("Bye", client_key="k-2")
    assert first["id"] == again["id"]
    assert [event.text for event in await in_use.intake.saw(2) if isinstance(event, MessagePosted)] == [
        "Hello",
        "Bye",
    ]


async def test_the_same_key_of_two_people_is_two_messages(ana: Page, noor: Page) -> None:
    first = await ana.say("Hello", client_key="k-1")
    second = await noor.say("Hello", client_key="k-1")
    assert first["id"] != second["id"]


async def test_a_deleted_message_says_nothing_any_more(ana: Page) -> None:
    gone = await ana.say("my password is swordfish")
    answered = await ana.say("my printer burns")
    await ana.say("really", thread=answered["id"])
    await ana.delete(gone["id"])
    await ana.delete(answered["id"])
    (left,) = await ana.messages()
    assert left["id"] == answered["id"]
    assert (left["deleted"], left["text"], left["reply_count"]) == (True, "", 1)


async def test_a_deleted_message_cannot_be_edited_or_answered(ana: Page) -> None:
    gone = await ana.say("oops")
    await ana.delete(gone["id"])
    assert (await ana.call("PATCH", f"/api/messages/{gone['id']}", {"text": "x"})).status == 409
    late = await ana.call("POST", "/api/channels/help-it/messages", {"text": "x", "thread": gone["id"]})
    assert late.status == 409
    assert late.body["error"] == said("refusals.thread_deleted")


async def test_a_reply_to_a_reply_stays_in_the_thread(in_use: WorkspaceInUse, ana: Page) -> None:
    root = await ana.say("one")
    reply = await ana.say("two", thread=root["id"])
    third = await ana.say("three", thread=reply["id"])
    assert third["thread"] == root["id"]


@pytest.mark.parametrize(
    ("text", "heard", "mentions"),
    [
        ("@deskbell my mouse died", "my mouse died", True),
        ("  @DeskBell, claim", "claim", True),
        ("@deskbell", "", True),
        ("@deskbells are ringing", "@deskbells are ringing", False),
        ("ask @deskbell", "ask @deskbell", False),
    ],
)
async def test_addressing_the_desk(
    in_use: WorkspaceInUse, ana: Page, text: str, heard: str, mentions: bool
) -> None:
    await ana.say(text)
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, MessagePosted)
    assert (event.text, event.mentions_desk) == (heard, mentions)


async def test_a_private_answer_to_a_message_is_shown_to_its_author_alone(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    in_use.intake.answers = [PrivateReply(text=("Only you see this.",))]
    await ana.open_live()
    await noor.open_live()
    await ana.say("@deskbell what is this?")
    assert (await ana.hears("private"))["reply"]["text"] == ["Only you see this."]
    await noor.say("last")
    assert (await noor.hears("message"))["message"]["author"]["id"] == "ana"
    assert (await noor.hears("message"))["message"]["text"] == "last"


async def test_an_outage_of_the_desk_loses_nothing_and_keeps_the_order(
    in_use: WorkspaceInUse, ana: Page
) -> None:
    in_use.intake.database_is_gone(times=3)
    root = await ana.say("one")
    await in_use.intake.was_asked(1)
    for text in ["two", "three"]:
        await ana.say(text, thread=root["id"])
    events = await in_use.intake.saw(3)
    assert [event.text for event in events if isinstance(event, MessagePosted)] == ["one", "two", "three"]


async def test_an_event_whose_outcome_is_unknown_is_offered_again_under_the_same_key(
    in_use: WorkspaceInUse, ana: Page
) -> None:
    in_use.intake.failures_after = [TimeoutError("committed, but nobody heard")]
    await ana.say("The VPN is down")
    first, again = await in_use.intake.saw(2)
    assert first.key == again.key


async def test_a_fault_in_the_desk_holds_up_only_its_own_conversation(
    in_use: WorkspaceInUse, ana: Page
) -> None:
    in_use.intake.failures = [RuntimeError("a bug")]
    await ana.say("one")
    await in_use.intake.was_asked(1)
    await ana.say("other")
    events = await in_use.intake.saw(2)
    assert {event.text for event in events if isinstance(event, MessagePosted)} == {"one", "other"}


async def test_what_was_said_during_an_outage_is_taken_after_a_restart(tmp_path: Path) -> None:
    failing = RecordingIntake()
    failing.database_is_gone(times=1_000_000)
    async with workspace(tmp_path, intake=failing) as before:
        ana = await before.page("ana")
        root = await ana.say("The VPN is down")
        await ana.say("Since nine", thread=root["id"])
        await ana.edit(root["id"], "The VPN is slow")
        await failing.was_asked(1)
    assert failing.events == []
    async with workspace(tmp_path) as after:
        events = await after.intake.saw(3)
        assert [type(event) for event in events] == [MessagePosted, MessagePosted, MessageEdited]
        assert [message["text"] for message in await (await after.page("ana")).messages()] == [
            "The VPN is slow"
        ]


async def test_what_was_taken_is_not_offered_again_after_a_restart(tmp_path: Path) -> None:
    async with workspace(tmp_path) as before:
        await (await before.page("ana")).say("The VPN is down")
        await before.intake.saw(1)
    async with workspace(tmp_path) as after:
        await (await after.page("ana")).say("Still down")
        (event,) = await after.intake.saw(1)
        assert isinstance(event, MessagePosted)
        assert event.text == "Still down"


async def test_a_send_repeated_after_a_restart_posts_once(tmp_path: Path) -> None:
    async with workspace(tmp_path) as before:
        first = await (await before.page("ana")).say("Hello", client_key="k-1")
    async with workspace(tmp_path) as after:
        again = await (await after.page("ana")).say("Hello", client_key="k-1")
    assert again["id"] == first["id"]


async def test_one_conversations_events_enter_one_at_a_time(in_use: WorkspaceInUse, ana: Page) -> None:
    root = await ana.say("root")
    await asyncio.gather(*(ana.say(f"{number}", thread=root["id"]) for number in range(20)))
    await in_use.intake.saw(21)
    assert in_use.intake.most_at_once == 1


async def test_conversations_do_not_wait_for_one_another(in_use: WorkspaceInUse, ana: Page) -> None:
    in_use.intake.auth.clear()
    await ana.say("one")
    await ana.say("two")
    await in_use.intake.was_asked(2)
    in_use.intake.auth.set()
    await in_use.intake.saw(2)


async def test_older_messages_come_page_by_page(ana: Page) -> None:
    for number in range(5):
        await ana.say(f"{number}")
    newest = await ana.get("/api/channels/help-it/messages?limit=2")
    older = await ana.get(f"/api/channels/help-it/messages?limit=3&before={newest['messages'][0]['id']}")
    assert [each["text"] for each in newest["messages"]] == ["3", "4"]
    assert [each["text"] for each in older["messages"]] == ["0", "1", "2"]
    assert (newest["has_more"], older["has_more"]) == (True, False)
