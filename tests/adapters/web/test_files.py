"""Files go up with a cap, travel with their message, and come down only to people who may see it."""

import hashlib

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import StoredFile
from bot.messages.delivery import Delivered
from bot.messages.inbound import CommandGiven, MessagePosted
from bot.messages.outbound import Address, Copy, Notice, OutboundMessage
from tests.adapters.web.workspace_in_use import FILE_LIMIT, Page, WorkspaceInUse
from tests.said import said


async def test_a_file_reaches_the_desk_with_its_message(in_use: WorkspaceInUse, ana: Page) -> None:
    file = (await ana.upload(b"paper jam")).body
    said = await ana.say("See the picture", files=[file["id"]])
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, MessagePosted)
    (stored,) = event.stored
    assert (stored.name, stored.media_type, stored.size) == ("notes.txt", "text/plain", 9)
    assert stored.digest == hashlib.sha256(b"paper jam").hexdigest()
    assert [each["name"] for each in said["files"]] == ["notes.txt"]


async def test_a_file_alone_needs_no_text(ana: Page) -> None:
    file = (await ana.upload(b"paper jam")).body
    assert (await ana.say("", files=[file["id"]]))["files"] == [file]


async def test_it_comes_down_as_it_went_up(ana: Page, noor: Page) -> None:
    file = (await ana.upload(b"\x00\xffpaper", name="jam 日本.bin", media_type="application/x-jam")).body
    await ana.say("", files=[file["id"]])
    answer = await noor.call("GET", f"/api/files/{file['id']}")
    assert answer.body == b"\x00\xffpaper"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''jam%20%E6")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_link_without_headers_works_for_its_person(ana: Page) -> None:
    file = (await ana.upload(b"x")).body
    async with ana.session.get(f"{ana.url}/api/files/{file['id']}?person=ana") as response:
        assert await response.read() == b"x"


@pytest.mark.parametrize(
    ("media_type", "shown"),
    [("image/png", "inline"), ("image/svg+xml", "attachment"), ("text/html", "attachment")],
)
async def test_only_harmless_pictures_are_shown_in_place(ana: Page, media_type: str, shown: str) -> None:
    file = (await ana.upload(b"<svg/>", name="x", media_type=media_type)).body
    answer = await ana.call("GET", f"/api/files/{file['id']}")
    assert answer.headers["Content-Disposition"].startswith(shown)


async def test_a_file_is_private_until_posted_and_then_as_visible_as_its_message(
    ana: Page, noor: Page
) -> None:
    path = f"/api/files/{(await noor.upload(b'secret')).body['id']}"
    assert (await ana.call("GET", path)).status == 404
    await noor.say("look", channel="network", files=[path.rsplit("/", 1)[1]])
    assert (await ana.call("GET", path)).status == 404
    assert (await noor.call("GET", path)).status == 200


async def test_nobody_posts_another_persons_upload(ana: Page, noor: Page) -> None:
    file = (await noor.upload(b"secret")).body
    body = {"text": "mine now", "files": [file["id"]]}
    answer = await ana.call("POST", "/api/channels/help-it/messages", body)
    assert answer.status == 409
    assert answer.body["error"] == said("refusals.file_gone")
    assert await ana.messages() == []


async def test_a_deleted_messages_file_is_gone(ana: Page) -> None:
    file = (await ana.upload(b"oops")).body
    said = await ana.say("", files=[file["id"]])
    await ana.delete(said["id"])
    assert (await ana.call("GET", f"/api/files/{file['id']}")).status == 404


@pytest.mark.parametrize("size", [FILE_LIMIT + 1, FILE_LIMIT + 500_000])
async def test_a_file_above_the_cap_is_refused_with_the_cap(ana: Page, size: int) -> None:
    answer = await ana.upload(b"x" * size)
    assert answer.status == 413
    assert answer.body["error"] == said("platforms.upload_too_large", limit="1,000 B")


async def test_a_file_of_exactly_the_cap_is_kept(ana: Page) -> None:
    assert (await ana.upload(b"x" * FILE_LIMIT)).body["size"] == FILE_LIMIT


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("...", "file"),
        ("a" * 300 + ".txt", "a" * 196 + ".txt"),
        ("tab\there\u202e.exe", "tabhere.exe"),
    ],
)
async def test_names_are_made_harmless(ana: Page, given: str, kept: str) -> None:
    assert (await ana.upload(b"x", name=given)).body["name"] == kept


async def test_an_upload_without_a_file_is_explained(ana: Page) -> None:
    assert (await ana.call("POST", "/api/files", {"file": "x"})).status == 415
    answer = await ana.call(
        "POST", "/api/files", data=b"junk", headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert answer.status == 400


async def test_files_of_a_copy_can_be_fetched_where_the_copy_is(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    digest = hashlib.sha256(b"paper jam").hexdigest()
    in_use.files.bytes_of[digest] = b"paper jam"
    kept = StoredFile(name="jam.txt", media_type="text/plain", size=9, digest=digest)
    lost = StoredFile(name="film.mp4", media_type="video/mp4", size=9**9, digest=None, problem="too large")
    copy = Copy(author="Ana", text="See", said_at=in_use.clock.now(), files=(kept, lost))
    message = OutboundMessage(key="c", address=Address(channel=ChannelRef("web", "network")), content=copy)
    delivered = await in_use.platform.deliver(message)
    assert isinstance(delivered, Delivered)
    (shown,) = await noor.messages("network")
    file, problem = shown["content"]["files"]
    assert (await noor.call("GET", f"/api/files/{file['id']}")).body == b"paper jam"
    assert (await ana.call("GET", f"/api/files/{file['id']}")).status == 404
    assert (problem["id"], problem["problem"]) == (None, "too large")


async def test_files_of_a_notice_can_be_fetched_where_the_notice_is(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    page = (await ana.upload(b"<p>everything</p>", name="IT-1.html", media_type="text/html")).body
    await ana.say("", files=[page["id"]])
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, MessagePosted)
    notice = Notice(text=("All of it:",), files=event.stored)
    address = Address(channel=ChannelRef("web", "network"))
    await in_use.platform.deliver(OutboundMessage(key="n", address=address, content=notice))
    (shown,) = await noor.messages("network")
    (file,) = shown["content"]["files"]
    answer = await noor.call("GET", f"/api/files/{file['id']}")
    assert answer.body == b"<p>everything</p>"
    assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_a_command_takes_a_file_to_the_desk(in_use: WorkspaceInUse, ana: Page) -> None:
    file = (await ana.upload(b"pay slip")).body
    body = {"text": "/desk reply IT-5 Your pay slip", "files": [file["id"]]}
    await ana.post("/api/channels/help-it/messages", body)
    (event,) = in_use.intake.events
    assert isinstance(event, CommandGiven)
    assert [each.name for each in event.stored] == ["notes.txt"]


async def test_nobody_sends_another_persons_upload_with_a_command(ana: Page, noor: Page) -> None:
    file = (await noor.upload(b"secret")).body
    body = {"text": "/desk reply IT-5 mine now", "files": [file["id"]]}
    answer = await ana.call("POST", "/api/channels/help-it/messages", body)
    assert (answer.status, answer.body["error"]) == (409, said("refusals.file_gone"))
