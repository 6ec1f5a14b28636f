"""What the pages of `desk.yaml` show: a text with its problems, what a change of it would do, and versions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.config.file.problems import DeskFileError
from bot.documents.console.settings.meanwhile import undone_by
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Sentence
from bot.domain.settings.desk_version import DeskVersion, VersionOrigin, digest_of
from bot.domain.settings.file_change import ValuePath
from bot.messages.outbound import RichText
from bot.ports.console.settings import TypedSettings
from bot.ports.console.settings_entries import EntryChange
from bot.ports.settings_file import SettingsFile
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.settings.preview import diff_lines, preview
from bot.services.settings.preview_text import preview_sentences
from bot.text.catalogue import FALLBACK
from bot.text.error_text import tell
from bot.text.instants import stamp
from bot.text.sentences import say, words

TERMINAL: Final = "terminal"
"""Before the name of whoever works there, in their key."""
MOST_VERSIONS: Final = 100
"""That are looked through for the one that a page was opened with."""
_KINDS: Final = {"+": "added", "-": "removed", "@": "place"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """`number` counts from 1 and is 0 for the file as a whole; `source` is that line as it was typed.

    `at` leads to what is wrong, where the check knows it.
    """

    number: int
    what: RichText
    source: str = ""
    at: ValuePath = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """`kind` is added, removed, place or empty."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """`told` is what else the change does. `problems`: it cannot be used so, and `lines` are empty."""

    lines: tuple[DiffLine, ...] = ()
    told: tuple[RichText, ...] = ()
    problems: tuple[ProblemLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersView:
    """What others changed since a page was opened: lines, and the versions they saved.

    `undone` are those of the lines that the text of who opened the page would take back.
    """

    lines: tuple[DiffLine, ...]
    versions: tuple["DeskVersionLine", ...] = ()
    undone: tuple[DiffLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorView:
    """`text` is what is in the editor, made from the text with the digest `over`, which is `opened`.

    `refusal` is why it was not taken. `meanwhile` is what the file says, where it changed since it was opened, and
    `others` what became different.
    """

    text: str
    over: str
    opened: str = ""
    others: OthersView | None = None
    made_of: EntryChange | None = None
    reason: str = ""
    is_writable: bool = True
    change: ChangeView | None = None
    refusal: RichText = ()
    meanwhile: str | None = None

    @property
    def form(self) -> EntryChange | None:
        """The form that it was made of."""
        return self.made_of if self.made_of is not None and self.made_of.is_form else None

    @property
    def is_refused(self) -> bool:
        return bool(self.refusal or (self.change is not None and self.change.problems))

    @property
    def may_be_saved(self) -> bool:
        return self.change is not None and not self.is_refused and self.is_writable


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVersionLine:
    """`whence` is where it was changed; `is_current`: the file says it now."""

    number: int
    at: str
    who: str
    reason: str
    whence: str
    restored: int | None
    is_current: bool


def as_it_is(file: SettingsFile) -> EditorView:
    """The file as it stands; a file that cannot be read is an empty text with its problem."""
    try:
        text = file.text()
    except ConfigurationError as error:
        return EditorView(text="", over="", change=unusable(error))
    return EditorView(text=text, over=digest_of(text), opened=text, is_writable=file.is_writable)


def as_in_file(typed: str, base: str) -> str:
    """With the ends of lines that the file has: browsers have their own."""
    return typed.replace("\n", "\r\n") if "\r\n" in base else typed


def looked_at(context: Context, file: SettingsFile, typed: TypedSettings) -> EditorView:
    """What somebody typed, with what it would do or why it cannot be used. Reads, and writes nothing."""
    try:
        base = file.text()
    except ConfigurationError as error:
        return EditorView(
            text=typed.text,
            over=typed.over,
            opened=typed.opened,
            reason=typed.reason,
            change=unusable(error),
        )
    text = as_in_file(typed.text, base)
    refusal: RichText = ()
    meanwhile: str | None = None
    change: ChangeView | None = None
    others: OthersView | None = None
    if typed.over != digest_of(base):
        refusal, meanwhile = say(context.language, "settings.changed_meanwhile", file=file.name), base
        change = ChangeView(lines=told_lines(diff_lines(base, text)))
        before = text_opened(context, typed.opened, typed.over, base)
        if before is not None:
            undone = told_lines(undone_by(text, before, base))
            others = replace(others_since(context, before, base), undone=undone)
    elif text == base:
        refusal = say(context.language, "settings.same")
    else:
        change = change_of(context, file, base, text)
    return EditorView(
        text=text,
        over=digest_of(base),
        opened=base,
        others=others,
        reason=typed.reason,
        is_writable=file.is_writable,
        change=change,
        refusal=refusal,
        meanwhile=meanwhile,
    )


def text_opened(context: Context, opened: str, over: str, base: str) -> str | None:
    """The text with the digest `over`: as a page brought it along, else a version. None for one that nobody has."""
    brought = as_in_file(opened, base)
    if digest_of(brought) == over:
        return brought
    return next((each.text for each in _latest(context) if each.digest == over), None)


def others_since(context: Context, before: str, base: str) -> OthersView:
    """From the text `before` to what the file says."""
    found, was = _latest(context), digest_of(before)
    at = next((at for at, each in enumerate(found) if each.digest == was), 0)
    versions = tuple(version_line(context, each, current=None) for each in found[:at])
    return OthersView(lines=told_lines(diff_lines(before, base)), versions=versions)


def change_of(context: Context, file: SettingsFile, base: str, text: str) -> ChangeView:
    """From one text to another. Of a file that cannot be used as it is, the lines alone can be compared."""
    try:
        after = file.checked(text)
    except ConfigurationError as error:
        return unusable(error, text)
    try:
        before = file.checked(base)
    except ConfigurationError:
        return ChangeView(lines=told_lines(diff_lines(base, text)))
    found = preview(context.uow, (base, before), (text, after), now=context.now, by=context.actor)
    told = (tell(context.language, each) for each in preview_sentences(found, after.desk))
    return ChangeView(lines=told_lines(found.lines), told=tuple(told))


def unusable(error: ConfigurationError, text: str = "") -> ChangeView:
    return ChangeView(problems=tuple(_problems(error, text)))


def told_lines(lines: Iterable[str]) -> tuple[DiffLine, ...]:
    return tuple(DiffLine(kind=_KINDS.get(line[:1], ""), text=line) for line in lines)


def number_of(found: Sequence[DeskVersion], digest: str) -> int | None:
    """The last of these versions with this digest: going back makes another one with the same text."""
    return next((each.number for each in found if each.digest == digest), None)


def version_line(context: Context, version: DeskVersion, *, current: int | None) -> DeskVersionLine:
    """`current` is the number of the one that the file says."""
    platform, _, name = version.author.partition(":")
    is_by_hand = version.origin is VersionOrigin.FILE
    person = None if is_by_hand else context.uow.people.find(version.author)
    whence = "file" if is_by_hand else "terminal" if platform == TERMINAL else "desk"
    return DeskVersionLine(
        number=version.number,
        at=stamp(version.at, zone=zone_of(context), language=context.language),
        who="" if is_by_hand else person.name if person is not None else name,
        reason=version.reason,
        whence=words(context.language, f"overview.settings_from_{whence}"),
        restored=version.restored,
        is_current=version.number == current,
    )


def _latest(context: Context) -> Sequence[DeskVersion]:
    return context.uow.desk_versions.latest(limit=MOST_VERSIONS)


def _problems(error: ConfigurationError, text: str) -> Iterator[ProblemLine]:
    """In English, as `deskbell check` says them."""
    lines = text.splitlines()
    found = error.problems if isinstance(error, DeskFileError) else ()
    for position, each in enumerate(error.lines):
        line, problem = each.facts.get("line"), each.facts.get("problem")
        number = int(str(line)) if line is not None and str(line).isdecimal() else 0
        what = problem if isinstance(problem, Sentence) else each
        source = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        at = tuple(map(str, found[position].at)) if position < len(found) else ()
        yield ProblemLine(number=number, what=tell(FALLBACK, what), source=source, at=at)
