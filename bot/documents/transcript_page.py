"""A transcript as one page that needs nothing else, and as plain text. What people said is never markup.

In the text their words are indented, so that none of them can pass for a line of the desk's own.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.documents.transcript import LineKind, Transcript, TranscriptLine, clock
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.transcript import Readers

if TYPE_CHECKING:
    from jinja2 import Template

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
    @cached_property
    def _template(self) -> "Template":
        """Loaded with the first transcript: three megabytes that an idle desk does without."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return environment.get_template("transcript.html")

    def html(self, transcript: Transcript, addresses: Mapping[str, str]) -> str:
        """`addresses` are the files that go into the page, by digest."""
        return self._template.render(
            transcript=transcript,
            lines=[(line, [_shown(file, addresses) for file in line.files]) for line in transcript.lines],
            facts=facts_of(transcript),
            label=label_of,
            clock=lambda at: clock(at, transcript.zone),
        )


def text_of(transcript: Transcript) -> str:
    head = [f"{transcript.reference}  {transcript.subject}", *facts_of(transcript)]
    return "\n".join([*head, "", *(_said(line, transcript) for line in transcript.lines)]) + "\n"


def facts_of(transcript: Transcript) -> list[str]:
    """The lines under the title."""
    about = [transcript.desk, transcript.team, transcript.status, f"asked by {transcript.requester}"]
    opened = f"Opened {clock(transcript.opened_at, transcript.zone)}"
    until = (
        f"closed {clock(transcript.closed_at, transcript.zone)}" if transcript.closed_at else "not closed yet"
    )
    facts = [" · ".join(about), f"{opened}, {until}. Times are in {transcript.zone.key}."]
    facts += [f"{label}: {answer}" for label, answer in transcript.answers]
    if transcript.tags:
        facts.append(f"Tags: {', '.join(transcript.tags)}")
    if transcript.readers is Readers.STAFF:
        facts.append("For staff: it holds internal notes.")
    return facts


def label_of(line: TranscriptLine) -> str:
    """`internal note, edited`; nothing for a requester's plain words."""
    kind = "" if line.kind is LineKind.REQUEST else str(line.kind)
    state = "deleted" if line.is_deleted else "edited" if line.is_edited else ""
    return ", ".join(each for each in (kind, state) if each)


def _said(line: TranscriptLine, transcript: Transcript) -> str:
    at = clock(line.at, transcript.zone)
    if line.kind is LineKind.EVENT:
        return f"[{at}] {_one_line(line.text)}"
    label = f" ({label_of(line)})" if label_of(line) else ""
    parts = [f"[{at}] {_one_line(line.who)}{label}:"]
    if line.quote:
        parts.append(f"{INDENT}> {_one_line(line.quote)}")
    if line.text:
        parts.append(_indented(line.text))
    for before_at, before in line.earlier:
        parts += [f"{INDENT}[as of {clock(before_at, transcript.zone)}]", _indented(before, more=INDENT)]
    parts += [f"{INDENT}[file: {_one_line(file.name)}, {about_file(file)}]" for file in line.files]
    return "\n".join(parts) + "\n"


def _indented(text: str, *, more: str = "") -> str:
    """Every line of it, whatever ends a line for whoever reads the file."""
    return textwrap.indent("\n".join(text.splitlines()), INDENT + more, lambda _: True)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(file: StoredFile, addresses: Mapping[str, str]) -> ShownFile:
    address = addresses.get(file.digest or "", "")
    return ShownFile(
        name=file.name,
        about=about_file(file) if not address else size_of(file.size),
        address=address,
        is_picture=bool(address) and file.media_type in PICTURES,
    )


def about_file(file: StoredFile) -> str:
    """How large it is, and the hash by which it is found in the desk's files; or why it was not kept."""
    if file.digest is None:
        return file.problem or "not kept"
    return f"{size_of(file.size)}, SHA-256 {file.digest}"


def size_of(size: int) -> str:
    if size < KIB * KIB:
        return f"{max(round(size / KIB), 1)} KiB"
    return f"{size / KIB / KIB:.1f} MiB"
