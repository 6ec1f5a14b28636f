"""Who may call what, and where: tokens, scopes, membership, archived channels, other people's messages."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.selftests.slack.bolt_app import client
from tests.fakes.selftests.slack.refused_calls import refusal, refused
from tests.fakes.slack import EVERY_SCOPE, Person, SlackServer


async def test_a_wrong_token_is_invalid(slack: SlackServer) -> None:
    assert await refusal(client(slack, "xoxb-wrong").auth_test()) == "invalid_auth"


async def test_no_token_is_not_authed(slack: SlackServer) -> None:
    assert await refusal(AsyncWebClient(base_url=slack.api_url).auth_test()) == "not_authed"


async def test_a_token_may_come_in_the_body(slack: SlackServer) -> None:
    bare = AsyncWebClient(base_url=slack.api_url)
    answer = await bare.api_call("auth.test", data={"token": slack.app.bot_token})
    assert answer["user_id"] == slack.app.user


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_a_token_taken_away_says_so(slack: SlackServer, web: AsyncWebClient, error: str) -> None:
    slack.revoke_token(error)
    assert await refusal(web.chat_postMessage(channel="#help-it", text="t")) == error


async def test_each_kind_of_token_has_its_methods(slack: SlackServer, web: AsyncWebClient) -> None:
    assert await refusal(web.apps_connections_open(app_token=slack.app.bot_token)) == "not_allowed_token_type"
    assert await refusal(client(slack, slack.app.app_token).auth_test()) == "not_allowed_token_type"


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": "#help-it", "text": "t"}),
        ("channels:history", "conversations.history", {"channel": "#help-it"}),
        ("channels:read", "conversations.list", {}),
        ("channels:join", "conversations.join", {"channel": "#help-it"}),
        ("users:read", "users.list", {}),
        ("usergroups:read", "usergroups.list", {}),
        (
            "reactions:write",
            "reactions.add",
            {"channel": "#help-it", "timestamp": "1.000001", "name": "eyes"},
        ),
        ("files:write", "files.getUploadURLExternal", {"filename": "a.txt", "length": 1}),
        ("files:read", "files.info", {"file": "F1"}),
        ("im:write", "conversations.open", {"users": "U000000001"}),
    ],
)
async def test_a_missing_scope_is_named(
    slack: SlackServer, web: AsyncWebClient, scope: str, method: str, arguments: dict[str, object]
) -> None:
    slack.app.scopes = EVERY_SCOPE - {scope}
    answer = await refused(web.api_call(method, data=dict(arguments)))
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert "chat:write.public" in answer["provided"]


async def test_every_answer_names_the_scopes_granted(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.app.scopes = frozenset({"chat:write", "users:read"})
    answer = await web.auth_test()
    assert answer.headers["x-oauth-scopes"] == "chat:write,users:read"


async def test_without_their_scope_names_and_pictures_are_passed_over(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    await web.chat_postMessage(channel="#help-it", text="as Ana", username="Ana Lima", icon_emoji=":cat:")
    slack.app.scopes = EVERY_SCOPE - {"chat:write.customize"}
    await web.chat_postMessage(channel="#help-it", text="as nobody", username="Ana Lima")
    assert [seen.author for seen in ana.reads("help-it")] == ["Ana Lima", "deskbell"]


async def test_without_their_scope_e_mail_addresses_stay_hidden(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    assert (await web.users_info(user=ana.id))["user"]["profile"]["email"] == "ana@example.org"
    slack.app.scopes = EVERY_SCOPE - {"users:read.email"}
    assert "email" not in (await web.users_info(user=ana.id))["user"]["profile"]


async def test_a_public_channel_takes_posts_from_outside_only_with_a_scope(
    slack: SlackServer, web: AsyncWebClient
) -> None:
    slack.channel("general", with_bot=False)
    await web.chat_postMessage(channel="#general", text="t")
    slack.app.scopes = EVERY_SCOPE - {"chat:write.public"}
    assert await refusal(web.chat_postMessage(channel="#general", text="t")) == "not_in_channel"


async def test_a_private_channel_is_unknown_from_outside(slack: SlackServer, web: AsyncWebClient) -> None:
    channel = slack.channel("leads", is_private=True, with_bot=False)
    assert await refusal(web.chat_postMessage(channel=channel.id, text="t")) == "channel_not_found"
    assert await refusal(web.conversations_info(channel=channel.id)) == "channel_not_found"
    assert await refusal(web.conversations_join(channel=channel.id)) == "channel_not_found"


async def test_history_is_for_members(slack: SlackServer, web: AsyncWebClient) -> None:
    channel = slack.channel("general", with_bot=False)
    assert await refusal(web.conversations_history(channel=channel.id)) == "not_in_channel"
    await web.conversations_join(channel=channel.id)
    assert (await web.conversations_history(channel=channel.id))["messages"][0]["subtype"] == "channel_join"
    assert (await web.conversations_join(channel=channel.id))["warning"] == "already_in_channel"


async def test_a_private_channel_cannot_be_joined(slack: SlackServer, web: AsyncWebClient) -> None:
    channel = slack.workspace.channel("network")
    assert (
        await refusal(web.conversations_join(channel=channel.id)) == "method_not_supported_for_channel_type"
    )


async def test_whoever_is_kicked_is_out(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.app.scopes = EVERY_SCOPE - {"chat:write.public"}
    slack.kick_bot("help-it")
    assert await refusal(web.chat_postMessage(channel="#help-it", text="t")) == "not_in_channel"
    slack.invite_bot("help-it")
    await web.chat_postMessage(channel="#help-it", text="t")


async def test_an_archived_channel_takes_nothing(slack: SlackServer, web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(channel="#help-it", text="t")
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    slack.archive("help-it")
    assert await refusal(web.chat_postMessage(channel="#help-it", text="t")) == "is_archived"
    assert await refusal(web.chat_update(**where, text="u")) == "is_archived"
    assert await refusal(web.conversations_join(channel=posted["channel"])) == "is_archived"
    assert (await web.conversations_info(channel=posted["channel"]))["channel"]["is_archived"]


async def test_an_unknown_channel_person_or_message_is_not_found(web: AsyncWebClient) -> None:
    assert await refusal(web.chat_postMessage(channel="C999999999", text="t")) == "channel_not_found"
    assert await refusal(web.users_info(user="U999999999")) == "user_not_found"
    assert await refusal(web.chat_update(channel="help-it", ts="1.000001", text="t")) == "message_not_found"
    assert await refusal(web.conversations_replies(channel="help-it", ts="1.000001")) == "thread_not_found"
    assert await refusal(web.usergroups_users_list(usergroup="S9")) == "no_such_subteam"


async def test_other_peoples_messages_are_theirs(web: AsyncWebClient, ana: Person) -> None:
    said = await ana.says("help-it", "mine")
    assert (
        await refusal(web.chat_update(channel=said.channel, ts=said.ts, text="yours"))
        == "cant_update_message"
    )
    assert await refusal(web.chat_delete(channel=said.channel, ts=said.ts)) == "cant_delete_message"


async def test_an_ephemeral_message_goes_to_members_only(slack: SlackServer, web: AsyncWebClient) -> None:
    zoe = slack.person("zoe")
    call = web.chat_postEphemeral(channel="help-it", user=zoe.id, text="psst")
    assert await refusal(call) == "user_not_in_channel"


async def test_nobody_reacts_twice_with_the_same(web: AsyncWebClient, ana: Person) -> None:
    said = await ana.says("help-it", "look")
    await web.reactions_add(channel=said.channel, timestamp=said.ts, name="eyes")
    again = web.reactions_add(channel=said.channel, timestamp=said.ts, name="eyes")
    assert await refusal(again) == "already_reacted"
    assert ana.reads("help-it")[-1].reactions == ("eyes",)


async def test_a_method_nobody_knows_is_named_so(web: AsyncWebClient) -> None:
    assert await refusal(web.api_call("chat.shout")) == "unknown_method"


async def test_a_missing_argument_is_named(web: AsyncWebClient) -> None:
    answer = await refused(web.api_call("chat.postMessage", json={"text": "t"}))
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_a_planned_error_is_answered(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.plan_failures("chat.postMessage", error="fatal_error", times=1)
    assert await refusal(web.chat_postMessage(channel="#help-it", text="t")) == "fatal_error"
    await web.chat_postMessage(channel="#help-it", text="t")
    assert [call.answer for call in slack.calls] == ["fatal_error", "ok"]


async def test_a_planned_failure_after_the_deed_leaves_the_message_there(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    slack.plan_failures("chat.postMessage", status=503, after=True, times=1)
    with pytest.raises(SlackApiError):
        await web.chat_postMessage(channel="#help-it", text="did it arrive?")
    assert [seen.text for seen in ana.reads("help-it")] == ["did it arrive?"]
    assert slack.calls[-1].answer == "ok (503)"
