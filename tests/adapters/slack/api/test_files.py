"""Files: into Slack by the external upload, out of it with the desk's token, private both ways."""

import pytest

from bot.messages.delivery import Delivered, Postponed
from bot.messages.outbound import Copy, Notice
from bot.text.amounts import size
from tests.adapters.slack.slack_in_use import FILE_LIMIT, SlackInUse, SlackStage
from tests.contracts.platforms.sample_messages import SAID_AT
from tests.contracts.platforms.sender import deliver
from tests.said import said


@pytest.fixture
def stage(in_use: SlackInUse) -> SlackStage:
    return SlackStage(in_use)


def copy_with(stage: SlackStage, content: bytes = b"a picture", *, text: str = "Look:") -> Copy:
    file = stage.in_use.files.put("screen.png", content, media_type="image/png")
    return Copy(author="Ana Lima", text=text, said_at=SAID_AT, files=(file,))


def shown_files(stage: SlackStage, root: str) -> list[tuple[str, bytes | None]]:
    workspace = stage.in_use.server.workspace
    replies = workspace.thread(stage.channel.channel, root)
    return [(file.name, file.content) for reply in replies for file in reply.files if not file.is_deleted]


async def test_a_file_comes_after_the_text_it_belongs_to(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    answer = await deliver(stage, "k1", copy_with(stage), thread=root)
    await stage.in_use.server.settled()
    assert isinstance(answer, Delivered)
    assert shown_files(stage, root) == [("screen.png", b"a picture")]
    replies = stage.in_use.server.workspace.thread(stage.channel.channel, root)
    assert [bool(reply.files) for reply in replies] == [False, True]


async def test_a_file_without_words_comes_with_its_name(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    await deliver(stage, "k1", copy_with(stage, text=""), thread=root)
    await stage.in_use.server.settled()
    assert shown_files(stage, root) == [("screen.png", b"a picture")]
    (text, _) = stage.in_use.bo.reads_thread(stage.in_use.bo.reads("help-it")[0])[1:]
    assert "screen.png" in text.words


@pytest.mark.parametrize(
    "method", ["files.completeUploadExternal", "chat.postMessage", "files.getUploadURLExternal"]
)
async def test_a_file_whose_upload_was_cut_short_arrives_once(stage: SlackStage, method: str) -> None:
    root = await stage.say("My screen flickers")
    stage.in_use.server.plan_failures(method, times=1, drop=True, after=True)
    first = await deliver(stage, "k1", copy_with(stage), thread=root)
    assert isinstance(first, Postponed)
    await stage.in_use.server.settled()
    again = await deliver(stage, "k1", copy_with(stage), thread=root, is_retry=True)
    assert isinstance(again, Delivered)
    await stage.in_use.server.settled()
    assert shown_files(stage, root) == [("screen.png", b"a picture")]
    assert await stage.read(root) == ["Look:", ""]


async def test_a_file_that_was_never_completed_is_sent_again(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    stage.in_use.server.plan_failures("files.completeUploadExternal", times=1, status=503)
    await deliver(stage, "k1", copy_with(stage), thread=root)
    again = await deliver(stage, "k1", copy_with(stage), thread=root, is_retry=True)
    assert isinstance(again, Delivered)
    await stage.in_use.server.settled()
    assert shown_files(stage, root) == [("screen.png", b"a picture")]


async def test_removing_a_copy_removes_its_file_everywhere(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    posted = await deliver(stage, "k1", copy_with(stage), thread=root)
    assert isinstance(posted, Delivered)
    await stage.in_use.server.settled()
    await deliver(stage, "k1", None, thread=root, shown=posted.parts)
    assert shown_files(stage, root) == []


async def test_a_file_that_is_too_large_is_named_with_the_reason(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    content = copy_with(stage, b"x" * (FILE_LIMIT + 1))
    assert isinstance(await deliver(stage, "k1", content, thread=root), Delivered)
    (text,) = await stage.read(root)
    assert f"screen.png: {said('platforms.file_too_large', limit=size(FILE_LIMIT, 'en'))}" in text


async def test_without_the_right_to_upload_the_text_comes_with_the_reason(stage: SlackStage) -> None:
    stage.in_use.server.app.scopes -= {"files:write"}
    root = await stage.say("My screen flickers")
    assert isinstance(await deliver(stage, "k1", copy_with(stage), thread=root), Delivered)
    (text,) = await stage.read(root)
    assert "files:write" in text


async def test_an_edit_leaves_the_file_where_it_is(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    posted = await deliver(stage, "k1", copy_with(stage), thread=root)
    assert isinstance(posted, Delivered)
    edited = await deliver(stage, "k1", copy_with(stage, text="See:"), thread=root, shown=posted.parts)
    assert edited == posted
    await stage.in_use.server.settled()
    assert shown_files(stage, root) == [("screen.png", b"a picture")]


async def test_a_file_that_somebody_sends_is_read_with_the_desks_token(in_use: SlackInUse) -> None:
    await in_use.ana.says("help-it", "Look:", files=[("screen.png", b"a picture")])
    await in_use.server.settled()
    assert in_use.intake.bytes_of == {"screen.png": b"a picture"}


async def test_without_the_right_to_read_files_a_page_to_sign_in_on_is_not_taken_for_the_file(
    in_use: SlackInUse,
) -> None:
    in_use.server.app.scopes -= {"files:read"}
    await in_use.ana.says("help-it", "Look:", files=[("screen.png", b"a picture")])
    await in_use.server.settled()
    assert in_use.intake.bytes_of == {}


async def test_a_notice_of_the_desk_may_carry_files_too(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    file = stage.in_use.files.put("IT-1.html", b"<p>everything</p>", media_type="text/html")
    answer = await deliver(stage, "k1", Notice(text=("All of it:",), files=(file,)), thread=root)
    await stage.in_use.server.settled()
    assert isinstance(answer, Delivered)
    assert shown_files(stage, root) == [("IT-1.html", b"<p>everything</p>")]


async def test_a_notices_file_that_slack_refuses_is_named_under_its_words(stage: SlackStage) -> None:
    root = await stage.say("My screen flickers")
    file = stage.in_use.files.put("IT-1.html", b"x" * (FILE_LIMIT + 1), media_type="text/html")
    await deliver(stage, "k1", Notice(text=("All of it:",), files=(file,)), thread=root)
    await stage.in_use.server.settled()
    assert shown_files(stage, root) == []
    (shown,) = await stage.read(root)
    reason = said("platforms.file_too_large", limit=size(FILE_LIMIT, "en"))
    assert shown.startswith(f"All of it:📎 IT-1.html: {reason}")
