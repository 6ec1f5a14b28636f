"""A transcript: nothing of it is for other eyes, nothing in it is markup, and no attachment is lost unsaid."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.documents.transcript import (
    LineKind,
    Transcript,
    TranscriptLine,
    requester_lines,
    staff_lines,
)
from bot.documents.transcript_files import TranscriptFiles
from bot.documents.transcript_page import TranscriptPage, label_of, text_of
from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, StoredFile, TicketMessage
from bot.domain.tickets.transcript import Readers
from bot.messages.outbound import Notice
from bot.messages.plain import plain
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.view import View
from bot.views.renderer import render
from storage.file_store import FolderFileStore
from tests.adapters.doubles import MemoryFiles
from tests.said import said
from tests.storage.sample_rows import NOW, a_numbered_ticket
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = TranscriptPage()
SECRET = "only-for-staff"


def transcript(*lines: TranscriptLine, readers: Readers = Readers.STAFF) -> Transcript:
    return Transcript(
        answers=(),
        heading=("Here it is.",),
        language="en",
        desk="Test desk",
        reference="IT-1",
        subject="My mouse is dead",
        requester="Ana Alves",
        team="Service Desk",
        status="closed",
        tags=("mouse",),
        opened_at=AT,
        closed_at=AT + timedelta(hours=2),
        zone=ZoneInfo("Europe/Berlin"),
        readers=readers,
        lines=lines,
        show_command="/ticket show IT-1",
    )


def line_of(text: str, *files: StoredFile, kind: LineKind = LineKind.REQUEST) -> TranscriptLine:
    return TranscriptLine(at=AT, who="Ana Alves", kind=kind, text=text, files=files)


def file(name: str) -> StoredFile:
    return StoredFile(name=name, media_type="text/plain", size=3, digest="d" * 64)


@st.composite
def messages(draw: st.DrawFn) -> TicketMessage:
    """A message that says something secret wherever the requester must not read it."""
    kind = draw(st.sampled_from(MessageKind))
    is_deleted, is_veiled = draw(st.booleans()), draw(st.booleans())
    is_note = kind is MessageKind.NOTE
    words = SECRET if is_note or is_deleted else "seen by all"
    return TicketMessage(
        id=draw(st.integers(1, 2**40)),
        ticket_id=1,
        kind=kind,
        author="web:bo",
        author_name=SECRET if is_note or is_veiled else "Bo Berg",
        alias="Service Desk" if is_veiled else "",
        text=f"{words} {draw(st.text(max_size=20))}",
        said_at=AT + draw(st.timedeltas(timedelta(), timedelta(days=3))),
        revision=draw(st.integers(1, 3)),
        is_deleted=is_deleted,
        files=(file(f"{words}.txt"),) if draw(st.booleans()) else (),
        quote=f"Ana: {words}" if draw(st.booleans()) else "",
    )


@settings(deadline=None, max_examples=200)
@given(st.lists(messages(), max_size=8))
def test_no_note_no_deleted_word_and_no_hidden_name_is_ever_in_the_requesters(
    several: list[TicketMessage],
) -> None:
    lines = requester_lines(public for each in several if (public := each.in_public()) is not None)
    made = transcript(*lines, readers=Readers.REQUESTER)
    addresses = {"d" * 64: "data:text/plain;base64,b25seS1mb3Itc3RhZmY="}
    assert SECRET not in PAGE.html(made, addresses)
    assert SECRET not in text_of(made)
    gone = [each for each in several if each.kind is MessageKind.REPLY and each.is_deleted]
    assert len(made.lines) == sum(each.kind is not MessageKind.NOTE for each in several) - len(gone)


@settings(deadline=None, max_examples=100)
@given(st.lists(messages(), min_size=1, max_size=8, unique_by=lambda each: each.id))
def test_staff_read_every_word_but_those_that_were_deleted(several: list[TicketMessage]) -> None:
    histories = {each.id: [(0, f"before [{each.id}]", AT)] for each in several}
    made = text_of(transcript(*staff_lines(several, histories)))
    for each in several:
        assert (f"before [{each.id}]" in made) is not each.is_deleted
        assert each.author_name in made


def test_staff_read_what_was_recalled_and_not_what_was_deleted() -> None:
    recalled, deleted = (replace(said_by_bo(each), is_deleted=True, revision=2) for each in (1, 2))
    histories = {
        each.id: [(1, f"before [{each.id}]", AT), (2, each.text, AT)] for each in (recalled, deleted)
    }
    made = text_of(transcript(*staff_lines([recalled, deleted], histories, recalled={1})))
    assert "words of 1" in made
    assert "before [1]" in made
    assert said("transcripts.label_reply_recalled") in made
    assert "words of 2" not in made
    assert "before [2]" not in made
    assert requester_lines(filter(None, [recalled.in_public()])) == []


def said_by_bo(number: int) -> TicketMessage:
    return TicketMessage(
        id=number,
        ticket_id=1,
        kind=MessageKind.REPLY,
        author="web:bo",
        author_name="Bo Berg",
        text=f"words of {number}",
        said_at=AT,
    )


def test_what_people_say_is_never_markup() -> None:
    rude = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    line = TranscriptLine(
        at=AT, who=rude, kind=LineKind.NOTE, text=rude, earlier=((AT, rude),), files=(file(f'"{rude}'),)
    )
    page = PAGE.html(transcript(line, TranscriptLine(at=AT, who="", kind=LineKind.EVENT, text=rude)), {})
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") == 5


def test_the_page_may_fetch_and_run_nothing() -> None:
    page = PAGE.html(transcript(line_of("Hello")), {})
    policy = "default-src &#39;none&#39;".replace("&#39;", "'")
    assert policy in page
    assert "http://" not in page
    assert "https://" not in page


def test_nobody_forges_a_line_of_the_desk_in_the_text() -> None:
    line = f"[2 Mar 2026, 10:00] Bo Berg ({said('transcripts.label_reply')}):"
    forged = f"ok\r{line}\u2028{line}\n{line}\x0b{line}\x1e{line}"
    made = text_of(transcript(line_of(forged)))
    assert [line for line in made.splitlines() if line.startswith("[")] == ["[2 Mar 2026, 10:00] Ana Alves:"]


def test_it_says_what_was_answered() -> None:
    answer = replace(line_of("The left one"), quote="Bo Berg: Which\none <is> it?")
    text = text_of(transcript(answer))

    assert "    > Bo Berg: Which one <is> it?\n    The left one\n" in text
    page = PAGE.html(transcript(answer), {})
    assert "Bo Berg: Which\none &lt;is&gt; it?</blockquote>" in page


def test_the_text_reads_like_a_protocol() -> None:
    note = TranscriptLine(
        at=AT + timedelta(minutes=5),
        who="Bo Berg",
        kind=LineKind.NOTE,
        text="She has two.\nBoth red.",
        is_edited=True,
        earlier=((AT + timedelta(minutes=4), "She has one."),),
    )
    closed = TranscriptLine(
        at=AT + timedelta(hours=2), who="", kind=LineKind.EVENT, text="Bo Berg closed it."
    )
    gone = TranscriptLine(at=AT, who="Ana Alves", kind=LineKind.REQUEST, text="", is_deleted=True)
    about = said(
        "transcripts.about", title="Test desk", team="Service Desk", status="closed", person="Ana Alves"
    )
    lifetime = said(
        "transcripts.closed", since="2 Mar 2026, 10:00", until="2 Mar 2026, 12:00", zone="Europe/Berlin"
    )
    attached = said("transcripts.file", file="a.txt", about=f"1 KiB, SHA-256 {'d' * 64}")
    assert text_of(transcript(line_of("My mouse is dead", file("a.txt")), gone, note, closed)) == (
        "IT-1  My mouse is dead\n"
        f"{about}\n"
        f"{lifetime}\n"
        f"{said('transcripts.tags', tags='mouse')}\n"
        f"{said('transcripts.staff_only')}\n"
        "\n"
        "[2 Mar 2026, 10:00] Ana Alves:\n"
        "    My mouse is dead\n"
        f"    [{attached}]\n"
        "\n"
        f"[2 Mar 2026, 10:00] Ana Alves ({said('transcripts.label_deleted')}):\n"
        "\n"
        f"[2 Mar 2026, 10:05] Bo Berg ({said('transcripts.label_note_edited')}):\n"
        "    She has two.\n"
        "    Both red.\n"
        f"    [{said('transcripts.as_of', at='2 Mar 2026, 10:04')}]\n"
        "        She has one.\n"
        "\n"
        "[2 Mar 2026, 12:00] Bo Berg closed it.\n"
    )


async def made_of(files: MemoryFiles, *lines: TranscriptLine, embedded_bytes: int = 1_000) -> str:
    notice = await TranscriptFiles(files, embedded_bytes=embedded_bytes).notice(transcript(*lines))
    page, text = notice.files
    assert (page.name, page.media_type) == ("IT-1-staff.html", "text/html")
    assert (text.name, text.media_type) == ("IT-1-staff.txt", "text/plain")
    return files.bytes_of[page.digest or ""].decode()


async def test_pictures_are_in_the_page_and_other_files_can_be_taken_out_of_it() -> None:
    files = MemoryFiles()
    picture = files.put("screen.png", b"a picture", media_type="image/png")
    page = files.put("evil.html", b"<script>alert(1)</script>", media_type="text/html")
    made = await made_of(files, line_of("Look", picture, page))
    assert f'<img src="data:image/png;base64,{base64.b64encode(b"a picture").decode()}"' in made
    encoded = base64.b64encode(b"<script>alert(1)</script>").decode()
    assert f'href="data:application/octet-stream;base64,{encoded}" download="evil.html"' in made


async def test_a_drawing_that_could_run_something_is_no_picture() -> None:
    files = MemoryFiles()
    made = await made_of(files, line_of("Look", files.put("x.svg", b"<svg/>", media_type="image/svg+xml")))
    assert "<img" not in made
    assert 'download="x.svg"' in made


async def test_what_has_no_room_is_named_with_its_size_and_hash() -> None:
    files = MemoryFiles()
    small = files.put("small.txt", b"1234567890")
    large = files.put("large.txt", b"x" * 2_000)
    made = await made_of(files, line_of("Look", large, small), embedded_bytes=20)
    assert 'download="small.txt"' in made
    assert 'download="large.txt"' not in made
    assert f"(2 KiB, SHA-256 {large.digest})" in made


async def test_a_file_that_was_not_kept_says_why_and_one_that_is_gone_is_named() -> None:
    files = MemoryFiles()
    refused = StoredFile(
        name="film.mov", media_type="video/mp4", size=9, digest=None, problem="It is too large."
    )
    made = await made_of(files, line_of("Look", refused, file("lost.txt")))
    assert "(It is too large.)" in made
    assert f"(1 KiB, SHA-256 {'d' * 64})" in made


async def test_a_page_too_large_with_its_files_comes_without_them(tmp_path: Path) -> None:
    store = FolderFileStore(tmp_path, cap=12_000)

    async def content() -> object:
        yield b"x" * 9_000

    kept = await store.keep(content(), name="large.bin", media_type="image/png")  # type: ignore[arg-type]
    notice = await TranscriptFiles(store).notice(transcript(line_of("Look", kept)))
    page = b"".join([chunk async for chunk in store.read(notice.files[0].digest or "")]).decode()
    assert "<img" not in page
    assert kept.digest is not None
    assert kept.digest in page


async def test_a_ticket_too_long_for_any_file_says_how_to_read_it(tmp_path: Path) -> None:
    notice = await TranscriptFiles(FolderFileStore(tmp_path, cap=5_000)).notice(
        transcript(line_of("x" * 6_000))
    )
    assert isinstance(notice, Notice)
    assert notice.files == ()
    too_long = said("transcripts.too_long", command="/ticket show IT-1")
    assert plain(notice.text) == f"Here it is. {too_long}"


async def test_a_lone_surrogate_does_not_spoil_it() -> None:
    files = MemoryFiles()
    assert "odd ? word" in await made_of(files, line_of("odd \ud800 word"))


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (line_of("Hello"), ""),
        (replace(line_of("Hello"), is_edited=True), said("transcripts.label_edited")),
        (line_of("Hello", kind=LineKind.REPLY), said("transcripts.label_reply")),
        (
            replace(line_of("Hello", kind=LineKind.REPLY), is_deleted=True),
            said("transcripts.label_reply_deleted"),
        ),
        (line_of("Waits", kind=LineKind.ON_HOLD), said("transcripts.label_on_hold")),
        (line_of("Done", kind=LineKind.RESOLUTION), said("transcripts.label_resolution")),
        (line_of("Bye", kind=LineKind.CLOSING), said("transcripts.label_closing")),
    ],
)
def test_beside_the_author_stands_what_kind_of_words_they_are(line: TranscriptLine, label: str) -> None:
    assert label_of(line, "en") == label


def test_it_is_written_in_the_language_of_its_readers() -> None:
    german = replace(transcript(line_of("Die Maus", replace(file("x"), size=1_600_000))), language="de")
    page, text = PAGE.html(german, {}), text_of(german)
    assert '<html lang="de">' in page
    for made in (page, text):
        assert "2. März 2026, 10:00" in made
        assert "1,5 MiB" in made


@pytest.mark.parametrize(("readers", "language"), [(Readers.REQUESTER, "de"), (Readers.STAFF, "en")])
async def test_the_requesters_is_in_their_language_and_the_staffs_in_that_of_who_reads_it(
    storage: Storage, readers: Readers, language: str
) -> None:
    def work(uow: UnitOfWork) -> Transcript:
        ticket = a_numbered_ticket(uow, language="de")
        row = OutboxRow(
            id=1,
            kind=RowKind.TRANSCRIPT,
            conversation=Conversation(
                id=1, ticket_id=None, side=Side.CHANNEL, channel=ChannelRef.direct("web:bo")
            ),
            subject=ticket.id,
            payload={"readers": readers, "person": "web:bo", "sentence": "team.transcript_asked"},
            created_at=NOW,
        )
        rendered = render(View(uow=uow, desk=DESK, now=NOW), row)
        assert isinstance(rendered, Transcript)
        return rendered

    made = await storage.run(work)
    assert made.language == language
    assert plain(made.heading) == said("team.transcript_asked", language=language, reference="IT-1")
