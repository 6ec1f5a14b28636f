"""Slack and the way to it fail in every way they can; nothing is lost and nothing stands there twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.slack.api.errors import app_token_lost, token_lost
from adapters.slack.events import socket
from bot.domain.sentence import sentence
from bot.messages.delivery import Delivered, Postponed, RefusedByPlatform, RootGone
from bot.ports.storage.outbox import RowState
from bot.text.error_text import english
from tests.adapters.slack.office import Office, open_office
from tests.adapters.slack.slack_in_use import SlackInUse, SlackStage
from tests.contracts.platforms.sample_messages import copy, notice
from tests.contracts.platforms.sender import deliver
from tests.said import said


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        yield office


@pytest.fixture
def stage(in_use: SlackInUse) -> SlackStage:
    return SlackStage(in_use)


async def test_a_wrong_app_token_is_one_line_that_says_how_to_mend_it(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(socket, "PING_S", 0.1)
    async with open_office(tmp_path, sqlite_template, by_socket=True) as office:
        with capture_logs() as lines:
            refused = office.slack.plan_failures("apps.connections.open", error="invalid_auth")
            office.slack.drop_sockets()
            await office.slack.until(lambda: refused.happened >= 5, "the desk has tried again and again")
            office.slack.failures.clear()
            await office.slack.until(lambda: office.platform.is_connected, "the token is right again")
        told = [line for line in lines if line["log_level"] in ("warning", "error")]
    assert [line["event"] for line in told] == ["an outage has begun", "an outage has ended"]
    assert [line["of"] for line in told] == ["the connection to Slack"] * 2
    assert told[0]["cause"] == app_token_lost("invalid_auth")
    assert [line for line in caplog.messages if "Failed" in line] == []


async def test_a_lost_bot_token_is_told_once_for_all_that_waits(stage: SlackStage) -> None:
    stage.in_use.server.revoke_token()
    with capture_logs() as lines:
        for number in range(5):
            assert isinstance(await deliver(stage, f"k{number}", notice("Hello?")), Postponed)
    told = [line for line in lines if line["log_level"] in ("warning", "error")]
    assert [(line["event"], line["of"]) for line in told] == [("an outage has begun", "sending to Slack")]


@pytest.mark.parametrize("mentions", [False, True])
async def test_a_message_that_comes_three_times_in_any_order_is_one_ticket(
    office: Office, mentions: bool
) -> None:
    office.slack.deliveries.copies = 3
    office.slack.deliveries.hold()
    text = "@deskbell my VPN is dead" if mentions else "My VPN is dead"
    request = await office.ana.says("help-it", text)
    said = await office.ana.says("help-it", "It is teh blue one", thread=request)
    await office.ana.edits(said, "It is the blue one")
    office.slack.deliveries.release(order="shuffled", seed=7)
    await office.settle()
    card = await office.card("IT-1")
    assert len(office.bo.reads("team-it")) == 1
    assert len(office.thread(office.ana, request)) == 2
    assert office.thread(office.bo, card) == ["Ana Lima: Ana Lima: It is the blue one"]


async def test_when_every_fifth_call_is_refused_forty_requests_are_all_there_in_order(office: Office) -> None:
    office.slack.plan_failures(every=5, status=429)
    requests = [await office.ana.says("help-it", f"Can you mend {number} for me?") for number in range(40)]
    for request in requests[:5]:
        await office.ana.says("help-it", "one", thread=request)
        await office.ana.says("help-it", "two", thread=request)
    await office.settle()
    cards = office.bo.reads("team-it")
    assert sorted(int(each.text.split()[4]) for each in cards) == list(range(40))
    for request in requests:
        assert len([line for line in office.thread(office.ana, request) if "is with" in line]) == 1
    for card in cards:
        said = office.thread(office.bo, card)
        assert said in ([], ["Ana Lima: Ana Lima: one", "Ana Lima: Ana Lima: two"])
    assert sum(len(office.thread(office.bo, card)) for card in cards) == 10


async def test_a_post_whose_answer_was_lost_is_found_again_by_its_key(stage: SlackStage) -> None:
    root = await stage.say("My printer burns")
    stage.in_use.server.plan_failures("chat.postMessage", times=1, drop=True, after=True)
    first = await deliver(stage, "k1", notice("Help is on its way."), thread=root)
    assert isinstance(first, Postponed)
    assert first.is_counted
    again = await deliver(stage, "k1", notice("Help is on its way."), thread=root, is_retry=True)
    assert isinstance(again, Delivered)
    assert await stage.read(root) == ["Help is on its way."]


async def test_a_long_text_cut_short_halfway_goes_on_where_it_stopped(stage: SlackStage) -> None:
    long = "".join(f"line {number} of a long story\n" for number in range(1_200))
    stage.in_use.server.plan_failures("chat.postMessage", every=2, times=1, drop=True, after=True)
    first = await deliver(stage, "k1", copy(long))
    assert isinstance(first, Postponed)
    again = await deliver(stage, "k1", copy(long), is_retry=True)
    assert isinstance(again, Delivered)
    assert "".join("".join(await stage.read()).split()) == "".join(long.split())


async def test_a_rate_limit_is_waited_for_and_counts_as_no_failure(stage: SlackStage) -> None:
    stage.in_use.server.plan_failures("chat.postMessage", times=1, status=429, retry_after=30)
    answer = await deliver(stage, "k1", notice("Later."))
    assert isinstance(answer, Postponed)
    assert not answer.is_counted
    assert 0.2 < answer.after_s <= 0.3  # thirty seconds of Slack's


@pytest.mark.parametrize(
    ("error", "key"),
    [
        ("channel_not_found", "deliveries.slack_no_channel"),
        ("restricted_action", "deliveries.slack_restricted"),
        ("msg_too_long", "deliveries.slack_too_long"),
        ("something_new", "deliveries.slack_refused"),
    ],
)
async def test_a_refusal_is_a_sentence_for_the_operator(stage: SlackStage, error: str, key: str) -> None:
    stage.in_use.server.plan_failures("chat.postMessage", error=error)
    answer = await deliver(stage, "k1", notice("Hello?"))
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == key
    assert error in english(answer.reason)


async def test_where_compliance_keeps_messages_from_being_deleted_a_line_remains(office: Office) -> None:
    """https://docs.slack.dev/reference/methods/chat.delete."""
    await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    await office.passes(minutes=25)
    office.slack.plan_failures("chat.delete", error="compliance_exports_prevent_deletion")
    await office.passes(minutes=6)
    older, newest = [each.text for each in office.bo.reads("escalations")][-2:]
    assert older == said("team.alert_replaced")
    assert newest.startswith("Breached\nIT-1 “My VPN is dead”")
    assert await office.desk.storage.read(lambda uow: uow.outbox.listing([RowState.DEAD])) == []


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "service_unavailable"])
async def test_what_slack_could_not_do_itself_is_tried_again_carefully(stage: SlackStage, error: str) -> None:
    stage.in_use.server.plan_failures("chat.postMessage", times=1, error=error)
    answer = await deliver(stage, "k1", notice("Hello?"))
    assert isinstance(answer, Postponed)
    assert answer.is_counted


async def test_an_archived_channel_is_named_with_how_to_mend_it(stage: SlackStage) -> None:
    stage.in_use.server.archive("help-it")
    answer = await deliver(stage, "k1", notice("Hello?"))
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == "deliveries.slack_archived"
    assert answer.reason.facts["channel"] == stage.channel.channel


async def test_the_desk_joins_a_public_channel_by_itself(stage: SlackStage) -> None:
    server = stage.in_use.server
    server.app.scopes -= {"chat:write.public"}
    server.kick_bot("help-it")
    assert isinstance(await deliver(stage, "k1", notice("Hello.")), Delivered)
    assert await stage.read() == ["Hello."]


async def test_a_private_channel_needs_an_invitation_and_says_so(stage: SlackStage) -> None:
    server = stage.in_use.server
    server.channel("secret", [stage.in_use.bo], is_private=True, with_bot=False)
    answer = await deliver(stage, "k1", notice("Hello?"), channel=stage.in_use.ref("secret"))
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason.key == "deliveries.slack_no_channel"


async def test_a_missing_scope_is_named(stage: SlackStage) -> None:
    stage.in_use.server.app.scopes -= {"chat:write"}
    answer = await deliver(stage, "k1", notice("Hello?"))
    assert isinstance(answer, RefusedByPlatform)
    assert answer.reason == sentence("deliveries.slack_scope", scope="chat:write", method="chat.postMessage")


async def test_with_a_revoked_token_everything_waits_for_a_new_one(stage: SlackStage) -> None:
    stage.in_use.server.revoke_token()
    answer = await deliver(stage, "k1", notice("Hello?"))
    assert isinstance(answer, Postponed)
    assert not answer.is_counted
    assert answer.reason == token_lost("token_revoked")


async def test_an_edit_of_a_reply_that_somebody_deleted_is_done_with(stage: SlackStage) -> None:
    root = await stage.say("My printer burns")
    posted = await deliver(stage, "k1", notice("new"), thread=root)
    assert isinstance(posted, Delivered)
    workspace = stage.in_use.server.workspace
    message = workspace.message(stage.channel.channel, posted.parts[0])
    assert message is not None
    stage.in_use.server.talk.delete(message)
    answer = await deliver(stage, "k1", notice("open"), thread=root, shown=posted.parts)
    assert isinstance(answer, Delivered)


async def test_a_card_that_somebody_deleted_takes_its_thread_with_it(stage: SlackStage) -> None:
    posted = await deliver(stage, "k1", notice("new"))
    assert isinstance(posted, Delivered)
    message = stage.in_use.server.workspace.message(stage.channel.channel, posted.parts[0])
    assert message is not None
    stage.in_use.server.talk.delete(message)
    answer = await deliver(stage, "k1", notice("open"), shown=posted.parts)
    assert isinstance(answer, RootGone)


async def test_what_somebody_said_elsewhere_is_shown_with_their_name_and_picture(stage: SlackStage) -> None:
    words = replace(copy("Hello"), author_key=f"slack:{stage.in_use.ana.id}")
    assert isinstance(await deliver(stage, "k1", words), Delivered)
    (message,) = stage.in_use.server.workspace.messages[stage.channel.channel].values()
    assert message.username == "Ana Lima"
    assert message.icons == {
        "image_48": f"{stage.in_use.server.api_url[:-5]}/avatars/{stage.in_use.ana.id}-72.png"
    }


async def test_without_the_right_to_other_names_the_text_says_whose_it_is(stage: SlackStage) -> None:
    stage.in_use.server.app.scopes -= {"chat:write.customize"}
    for number in (1, 2):
        assert isinstance(await deliver(stage, f"k{number}", copy("Hello")), Delivered)
    assert await stage.read() == ["Ana Lima:\nHello", "Ana Lima:\nHello"]
