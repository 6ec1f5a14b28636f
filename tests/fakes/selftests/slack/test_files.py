"""Files: three steps up, seen some time later, private all the way down."""

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.selftests.slack.refused_calls import refusal, refused
from tests.fakes.slack import EVERY_SCOPE, Person, SlackServer

CONTENT = b"\x89PNG and so on"


async def upload(web: AsyncWebClient, name: str = "screen.png", content: bytes = CONTENT) -> str:
    """The first two steps; the file's id."""
    ticket = await web.files_getUploadURLExternal(filename=name, length=len(content))
    async with ClientSession() as session, session.post(ticket["upload_url"], data=content) as response:
        assert response.status == 200
    return str(ticket["file_id"])


async def get(url: str, token: str | None = None) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with ClientSession(headers=headers) as session, session.get(url) as response:
        return response.status, response.content_type, await response.read()


async def test_a_file_is_shared_some_time_after_it_was_completed(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    said = await ana.says("help-it", "a picture?")
    slack.files.share_delay_s = 50
    file = await upload(web)
    answer = await web.files_completeUploadExternal(
        files=[{"id": file, "title": "The screen"}], channel_id=said.channel, thread_ts=said.ts
    )
    assert answer["files"] == [{"id": file, "title": "The screen"}]
    assert (await web.files_info(file=file))["file"]["shares"] == {}
    await slack.settled()
    share = (await web.files_info(file=file))["file"]["shares"]["public"][said.channel][0]
    assert share["thread_ts"] == said.ts
    assert [seen.files for seen in ana.reads_thread(said)] == [(), ("screen.png",)]
    assert ana.reads_thread(said)[1].ts == share["ts"]


async def test_slack_sdks_own_upload_works(slack: SlackServer, web: AsyncWebClient, ana: Person) -> None:
    channel = slack.workspace.channel("help-it").id
    await web.files_upload_v2(
        channel=channel, content="a log", filename="desk.log", initial_comment="the log"
    )
    await slack.settled()
    seen = ana.reads("help-it")[-1]
    assert (seen.text, seen.files) == ("the log", ("desk.log",))


async def test_a_private_channels_share_is_private(slack: SlackServer, web: AsyncWebClient) -> None:
    channel = slack.workspace.channel("network").id
    file = await upload(web)
    await web.files_completeUploadExternal(files=[{"id": file}], channel_id=channel)
    await slack.settled()
    info = (await web.files_info(file=file))["file"]
    assert list(info["shares"]) == ["private"]
    assert not info["is_public"]


async def test_a_persons_file_is_read_with_the_token_alone(slack: SlackServer, ana: Person) -> None:
    said = await ana.says("help-it", "look", files=[("screen.png", CONTENT)])
    url = slack.workspace.messages[said.channel][said.ts].files[0]
    address = slack.shapes.file(url)["url_private_download"]
    assert await get(address, slack.app.bot_token) == (200, "image/png", CONTENT)
    status, kind, page = await get(address)
    assert (status, kind) == (200, "text/html")
    assert b"Sign in" in page
    slack.app.scopes = EVERY_SCOPE - {"files:read"}
    assert (await get(address, slack.app.bot_token))[1] == "text/html"


async def test_a_file_shared_where_the_bot_is_not_is_not_found(
    slack: SlackServer, web: AsyncWebClient
) -> None:
    slack.channel("secret", [slack.person("noor")], is_private=True, with_bot=False)
    said = await slack.person("noor").says("secret", "", files=[("plan.txt", b"plan")])
    file = slack.workspace.messages[said.channel][said.ts].files[0]
    assert await refusal(web.files_info(file=file.id)) == "file_not_found"


async def test_an_upload_that_is_not_as_long_as_announced_is_refused(web: AsyncWebClient) -> None:
    ticket = await web.files_getUploadURLExternal(filename="a.txt", length=10)
    async with ClientSession() as session, session.post(ticket["upload_url"], data=b"short") as response:
        assert response.status == 400
    call = web.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
    assert await refusal(call) == "file_not_found"


async def test_an_upload_is_completed_once(slack: SlackServer, web: AsyncWebClient, ana: Person) -> None:
    channel = slack.workspace.channel("help-it").id
    file = await upload(web)
    await web.files_completeUploadExternal(files=[{"id": file}], channel_id=channel)
    again = web.files_completeUploadExternal(files=[{"id": file}], channel_id=channel)
    assert await refusal(again) == "file_not_found"
    await slack.settled()
    assert len(ana.reads("help-it")) == 1


@pytest.mark.parametrize("where", ["U000000001", "help-it"])
async def test_files_go_to_channels_by_their_id(web: AsyncWebClient, where: str) -> None:
    file = await upload(web)
    answer = await refused(web.files_completeUploadExternal(files=[{"id": file}], channel_id=where))
    assert answer["error"] == "invalid_arguments"
    assert "must match regex" in answer["response_metadata"]["messages"][0]


async def test_files_need_membership_whatever_the_scopes(slack: SlackServer, web: AsyncWebClient) -> None:
    channel = slack.channel("general", with_bot=False)
    await web.chat_postMessage(channel=channel.id, text="chat:write.public is enough for words")
    file = await upload(web)
    call = web.files_completeUploadExternal(files=[{"id": file}], channel_id=channel.id)
    assert await refusal(call) == "not_in_channel"


async def test_an_upload_can_fail_as_planned(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.plan_failures("upload", status=503, times=1)
    ticket = await web.files_getUploadURLExternal(filename="a.txt", length=1)
    async with ClientSession() as session:
        for expected in (503, 200):
            async with session.post(ticket["upload_url"], data=b"x") as response:
                assert response.status == expected


async def test_an_empty_file_has_no_upload(web: AsyncWebClient) -> None:
    assert await refusal(web.files_getUploadURLExternal(filename="a.txt", length=0)) == "invalid_arguments"
