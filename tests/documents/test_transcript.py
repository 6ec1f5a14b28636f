"""A transcript: nothing of it is for other eyes, nothing in it is markup, and no attachment is lost unsaid."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.transcript import LineKind, Transcript, TranscriptLine, requester_lines, staff_lines
from bot.documents.transcript_files import TranscriptFiles
from bot.documents.transcript_page import TranscriptPage, text_of
from bot.domain.tickets.conversation import MessageKind, StoredFile, TicketMessage
from bot.domain.tickets.transcript import Readers
from bot.messages.outbound import Notice
from bot.messages.plain import plain
from storage.file_store import FolderFileStore
from tests.adapters.doubles import MemoryFiles

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = TranscriptPage()
SECRET = "only-for-staff"


def transcript(*lines: TranscriptLine, readers: Readers = Readers.STAFF) -> Transcript:
    return Transcript(
        answers=(),
        heading=("Here it is.",),
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


def said(text: str, *files: StoredFile, kind: LineKind = LineKind.REQUEST) -> TranscriptLine:
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
    assert len(made.lines) == sum(each.kind is not MessageKind.NOTE for each in several)


@settings(deadline=None, max_examples=100)
@given(st.lists(messages(), min_size=1, max_size=8, unique_by=lambda each: each.id))
def test_staff_read_every_word_that_was_ever_said(several: list[TicketMessage]) -> None:
    histories = {each.id: [(0, f"before {each.id}", AT)] for each in several}
    made = text_of(transcript(*staff_lines(several, histories)))
    for each in several:
        assert f"before {each.id}" in made
        assert each.author_name in made


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
    page = PAGE.html(transcript(said("Hello")), {})
    policy = "default-src &#39;none&#39;".replace("&#39;", "'")
    assert policy in page
    assert "http://" not in page
    assert "https://" not in page


def test_nobody_forges_a_line_of_the_desk_in_the_text() -> None:
    line = "[2026-03-02 10:00] Bo Berg (reply):"
    forged = f"ok\r{line}\u2028{line}\n{line}\x0b{line}\x1e{line}"
    made = text_of(transcript(said(forged)))
    assert [line for line in made.splitlines() if line.startswith("[")] == ["[2026-03-02 10:00] Ana Alves:"]


def test_it_says_what_was_answered() -> None:
    answer = replace(said("The left one"), quote="Bo Berg: Which\none <is> it?")
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
    assert text_of(transcript(said("My mouse is dead", file("a.txt")), gone, note, closed)) == (
        "IT-1  My mouse is dead\n"
        "Test desk · Service Desk · closed · asked by Ana Alves\n"
        "Opened 2026-03-02 10:00, closed 2026-03-02 12:00. Times are in Europe/Berlin.\n"
        "Tags: mouse\n"
        "For staff: it holds internal notes.\n"
        "\n"
        "[2026-03-02 10:00] Ana Alves:\n"
        "    My mouse is dead\n"
        f"    [file: a.txt, 1 KiB, SHA-256 {'d' * 64}]\n"
        "\n"
        "[2026-03-02 10:00] Ana Alves (deleted):\n"
        "\n"
        "[2026-03-02 10:05] Bo Berg (internal note, edited):\n"
        "    She has two.\n"
        "    Both red.\n"
        "    [as of 2026-03-02 10:04]\n"
        "        She has one.\n"
        "\n"
        "[2026-03-02 12:00] Bo Berg closed it.\n"
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
    made = await made_of(files, said("Look", picture, page))
    assert f'<img src="data:image/png;base64,{base64.b64encode(b"a picture").decode()}"' in made
    encoded = base64.b64encode(b"<script>alert(1)</script>").decode()
    assert f'href="data:application/octet-stream;base64,{encoded}" download="evil.html"' in made


async def test_a_drawing_that_could_run_something_is_no_picture() -> None:
    files = MemoryFiles()
    made = await made_of(files, said("Look", files.put("x.svg", b"<svg/>", media_type="image/svg+xml")))
    assert "<img" not in made
    assert 'download="x.svg"' in made


async def test_what_has_no_room_is_named_with_its_size_and_hash() -> None:
    files = MemoryFiles()
    small = files.put("small.txt", b"1234567890")
    large = files.put("large.txt", b"x" * 2_000)
    made = await made_of(files, said("Look", large, small), embedded_bytes=20)
    assert 'download="small.txt"' in made
    assert 'download="large.txt"' not in made
    assert f"(2 KiB, SHA-256 {large.digest})" in made


async def test_a_file_that_was_not_kept_says_why_and_one_that_is_gone_is_named() -> None:
    files = MemoryFiles()
    refused = StoredFile(
        name="film.mov", media_type="video/mp4", size=9, digest=None, problem="It is too large."
    )
    made = await made_of(files, said("Look", refused, file("lost.txt")))
    assert "(It is too large.)" in made
    assert f"(1 KiB, SHA-256 {'d' * 64})" in made


async def test_a_page_too_large_with_its_files_comes_without_them(tmp_path: Path) -> None:
    store = FolderFileStore(tmp_path, cap=12_000)

    async def content() -> object:
        yield b"x" * 9_000

    kept = await store.keep(content(), name="large.bin", media_type="image/png")  # type: ignore[arg-type]
    notice = await TranscriptFiles(store).notice(transcript(said("Look", kept)))
    page = b"".join([chunk async for chunk in store.read(notice.files[0].digest or "")]).decode()
    assert "<img" not in page
    assert kept.digest is not None
    assert kept.digest in page


async def test_a_ticket_too_long_for_any_file_says_how_to_read_it(tmp_path: Path) -> None:
    notice = await TranscriptFiles(FolderFileStore(tmp_path, cap=5_000)).notice(transcript(said("x" * 6_000)))
    assert isinstance(notice, Notice)
    assert notice.files == ()
    assert plain(notice.text) == (
        "Here it is. It is larger than the files this desk keeps; /ticket show IT-1 shows the newest of it."
    )


async def test_a_lone_surrogate_does_not_spoil_it() -> None:
    files = MemoryFiles()
    assert "odd ? word" in await made_of(files, said("odd \ud800 word"))
