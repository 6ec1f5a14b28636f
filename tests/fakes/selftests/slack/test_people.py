"""Who is who: profiles, guests, the deactivated, user groups, channels and direct messages, page by page."""

from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.selftests.slack.refused_calls import refusal
from tests.fakes.slack import Person, SlackServer


async def test_a_profile_has_name_time_zone_and_picture(slack: SlackServer, web: AsyncWebClient) -> None:
    lea = slack.person("lea", real_name="Léa Martin", time_zone="America/New_York", is_guest=True)
    user = (await web.users_info(user=lea.id))["user"]
    assert (user["real_name"], user["tz"], user["is_restricted"]) == ("Léa Martin", "America/New_York", True)
    assert user["profile"]["image_72"].endswith(".png")
    assert (await web.users_profile_get(user=lea.id))["profile"]["real_name"] == "Léa Martin"


async def test_the_deactivated_are_listed_as_such(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    slack.deactivate(ana)
    assert (await web.users_info(user=ana.id))["user"]["deleted"]
    assert await refusal(web.conversations_open(users=ana.id)) == "user_disabled"


async def test_everybody_is_listed_page_by_page(slack: SlackServer, web: AsyncWebClient) -> None:
    for number in range(5):
        slack.person(f"person-{number}")
    names: list[str] = []
    async for page in await web.users_list(limit=3):
        assert len(page["members"]) <= 3
        names += [user["name"] for user in page["members"]]
    assert names[-5:] == [f"person-{number}" for number in range(5)]
    assert await refusal(web.users_list(cursor="made up")) == "invalid_cursor"


async def test_a_user_groups_people(slack: SlackServer, web: AsyncWebClient, noor: Person) -> None:
    group = slack.user_group("netops", [noor])
    listed = (await web.usergroups_list(include_users=True))["usergroups"]
    assert [(g["handle"], g["users"]) for g in listed] == [("netops", [noor.id])]
    assert (await web.usergroups_users_list(usergroup=group.id))["users"] == [noor.id]


async def test_channels_are_listed_as_far_as_the_bot_may_know(
    slack: SlackServer, web: AsyncWebClient
) -> None:
    slack.channel("secret", is_private=True, with_bot=False)
    slack.channel("general", with_bot=False)
    listed = (await web.conversations_list(types="public_channel,private_channel"))["channels"]
    assert [(channel["name"], channel["is_member"]) for channel in listed] == [
        ("help-it", True), ("network", True), ("general", False),
    ]  # fmt: skip


async def test_a_channels_members(slack: SlackServer, web: AsyncWebClient, ana: Person, noor: Person) -> None:
    channel = slack.workspace.channel("help-it").id
    assert (await web.conversations_members(channel=channel))["members"] == [ana.id, noor.id, slack.app.user]


async def test_a_direct_message_is_one_and_the_same(web: AsyncWebClient, ana: Person) -> None:
    opened = (await web.conversations_open(users=ana.id))["channel"]["id"]
    again = await web.conversations_open(users=ana.id, return_im=True)
    assert again["channel"]["id"] == opened
    assert (again["channel"]["is_im"], again["channel"]["user"]) == (True, ana.id)
    posted = await web.chat_postMessage(channel=ana.id, text="hello")
    assert posted["channel"] == opened
    assert [seen.text for seen in ana.reads("@deskbell")] == ["hello"]


async def test_the_bot_knows_itself(slack: SlackServer, web: AsyncWebClient) -> None:
    me = await web.auth_test()
    bot = (await web.bots_info(bot=me["bot_id"]))["bot"]
    assert (bot["user_id"], bot["app_id"]) == (me["user_id"], slack.app.id)


async def test_a_permalink_leads_to_the_message(web: AsyncWebClient, ana: Person) -> None:
    said = await ana.says("help-it", "parent")
    reply = await ana.says("help-it", "child", thread=said)
    link = await web.chat_getPermalink(channel=reply.channel, message_ts=reply.ts)
    digits = reply.ts.replace(".", "")
    assert link["permalink"].endswith(
        f"/archives/{reply.channel}/p{digits}?thread_ts={said.ts}&cid={reply.channel}"
    )
