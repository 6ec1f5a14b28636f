"""A transcript as one page that needs nothing else, and as plain text. What people said is never markup.

In the text their words are indented, so that none of them can pass for a line of the desk's own.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.documents.transcript import LineKind, Transcript, TranscriptLine
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.transcript import Readers
from bot.text.amounts import number
from bot.text.instants import stamp
from bot.text.page_templates import PageTemplates
from bot.text.sentences import words

TEMPLATES = Path(__file__).with_name("templates")
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""What a browser draws without running anything in it."""
KIB = 1024
INDENT = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """`address` holds the bytes themselves (`data:`); empty where they are not in the page."""

    name: str
    about: str
    address: str = ""
    is_picture: bool = False


class TranscriptPage:
    def __init__(self) -> None:
        self._templates = PageTemplates(TEMPLATES)

    def html(self, transcript: Transcript, addresses: Mapping[str, str]) -> str:
        """`addresses` are the files that go into the page, by digest."""
        return self._templates.render(
            "transcript.html",
            transcript=transcript,
            lines=[
                (line, [_shown(file, addresses, transcript.language) for file in line.files])
                for line in transcript.lines
            ],
            facts=facts_of(transcript),
            label=lambda line: label_of(line, transcript.language),
            clock=lambda at: clock(at, transcript),
            as_of=lambda at: _as_of(at, transcript),
        )


def text_of(transcript: Transcript) -> str:
    head = [f"{transcript.reference}  {transcript.subject}", *facts_of(transcript)]
    return "\n".join([*head, "", *(_said(line, transcript) for line in transcript.lines)]) + "\n"


def facts_of(transcript: Transcript) -> list[str]:
    """The lines under the title."""
    language = transcript.language
    about = words(
        language,
        "transcripts.about",
        title=transcript.desk,
        team=transcript.team,
        status=transcript.status,
        person=transcript.requester,
    )
    facts = [about, _lifetime(transcript)]
    facts += [f"{label}: {answer}" for label, answer in transcript.answers]
    if transcript.tags:
        facts.append(words(language, "transcripts.tags", tags=", ".join(transcript.tags)))
    if transcript.readers is Readers.STAFF:
        facts.append(words(language, "transcripts.staff_only"))
    return facts


def _lifetime(transcript: Transcript) -> str:
    """From when to when, and whose time that is."""
    language, zone = transcript.language, transcript.zone.key
    opened = clock(transcript.opened_at, transcript)
    if transcript.closed_at is None:
        return words(language, "transcripts.opened", since=opened, zone=zone)
    closed = clock(transcript.closed_at, transcript)
    return words(language, "transcripts.closed", since=opened, until=closed, zone=zone)


def label_of(line: TranscriptLine, language: str) -> str:
    """`internal note, edited`; nothing for a requester's plain words."""
    kind = "" if line.kind is LineKind.REQUEST else f"_{line.kind}"
    state = (
        "_deleted"
        if line.is_deleted
        else "_recalled"
        if line.is_recalled
        else "_edited"
        if line.is_edited
        else ""
    )
    return words(language, f"transcripts.label{kind}{state}") if kind or state else ""


def clock(at: datetime, transcript: Transcript) -> str:
    return stamp(at, zone=transcript.zone, language=transcript.language)


def _as_of(at: datetime, transcript: Transcript) -> str:
    return words(transcript.language, "transcripts.as_of", at=clock(at, transcript))


def _said(line: TranscriptLine, transcript: Transcript) -> str:
    at, language = clock(line.at, transcript), transcript.language
    if line.kind is LineKind.EVENT:
        return f"[{at}] {_one_line(line.text)}"
    label = label_of(line, language)
    parts = [f"[{at}] {_one_line(line.who)}{f' ({label})' if label else ''}:"]
    if line.quote:
        parts.append(f"{INDENT}> {_one_line(line.quote)}")
    if line.text:
        parts.append(_indented(line.text))
    for before_at, before in line.earlier:
        parts += [f"{INDENT}[{_as_of(before_at, transcript)}]", _indented(before, more=INDENT)]
    parts += [f"{INDENT}[{_file(file, language)}]" for file in line.files]
    return "\n".join(parts) + "\n"


def _file(file: StoredFile, language: str) -> str:
    about = about_file(file, language)
    return words(language, "transcripts.file", file=_one_line(file.name), about=about)


def _indented(text: str, *, more: str = "") -> str:
    """Every line of it, whatever ends a line for whoever reads the file."""
    return textwrap.indent("\n".join(text.splitlines()), INDENT + more, lambda _: True)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(file: StoredFile, addresses: Mapping[str, str], language: str) -> ShownFile:
    address = addresses.get(file.digest or "", "")
    return ShownFile(
        name=file.name,
        about=about_file(file, language) if not address else size_of(file.size, language),
        address=address,
        is_picture=bool(address) and file.media_type in PICTURES,
    )


def about_file(file: StoredFile, language: str) -> str:
    """How large it is, and the hash by which it is found in the desk's files; or why it was not kept."""
    if file.digest is None:
        return file.problem or words(language, "transcripts.file_not_kept")
    return f"{size_of(file.size, language)}, SHA-256 {file.digest}"


def size_of(size: int, language: str) -> str:
    """`3 KiB`, `1.5 MiB`"""
    if size < KIB * KIB:
        return f"{number(max(round(size / KIB), 1), language)} KiB"
    return f"{number(round(size / KIB / KIB, 1), language)} MiB"
