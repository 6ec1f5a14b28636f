"""The files that a new desk begins with: what is there is never replaced unseen, and a copy of it is kept."""

import difflib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from bot.cli.actions.setup.questions import Questions
from bot.cli.terminal import say
from bot.config.file.whole_files import replace_files
from bot.domain.errors import UsageError, reason_of
from bot.domain.sentence import sentence

SECRET: Final = 0o600
"""The mode of a file that holds tokens."""
_COLORS: Final = {"+": typer.colors.GREEN, "-": typer.colors.RED}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """`is_secret`: its lines are not shown, only which names have another value."""

    path: Path
    text: str
    is_secret: bool = False

    @property
    def before(self) -> str | None:
        """What is there now; None where nothing is. Raises UsageError where that cannot be read."""
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else type(error).__name__
            raise UsageError(
                sentence("terminal.init_unreadable", file=str(self.path), reason=reason)
            ) from None

    @property
    def has_changed(self) -> bool:
        return self.before != self.text


def save(files: list[NewFile], questions: Questions, *, is_replaced: bool) -> bool:
    """Write what differs from what is there; False where somebody would rather keep that.

    Raises UsageError where nobody can be asked whether it may be replaced, and where it cannot be written.
    """
    changed = [each for each in files if each.has_changed]
    there = [each for each in changed if each.before is not None]
    for each in there:
        _show(each)
    if there and not is_replaced:
        names = tuple(str(each.path) for each in there)
        if not questions.is_terminal:
            raise UsageError(sentence("terminal.init_there", files=names))
        if not questions.confirm(sentence("terminal.init_replace", files=names), default=False):
            return False
    modes = {each.path: SECRET for each in changed if each.is_secret}
    try:
        for each in there:
            copy = _copy_of(each)
            say(sentence("terminal.init_copied", file=str(each.path), copy=str(copy)))
        replace_files({each.path: each.text for each in changed}, modes=modes)
    except OSError as error:
        name = str(error.filename or changed[0].path)
        raise UsageError(sentence("terminal.file_not_written", file=name, reason=reason_of(error))) from None
    for each in files:
        key = "terminal.init_written" if each in changed else "terminal.init_unchanged"
        say(sentence(key, file=str(each.path)), color=typer.colors.GREEN)
    return True


def _copy_of(file: NewFile) -> Path:
    """Beside it, under a name that is free; as private as it was, or more."""
    names = (file.path.with_name(f"{file.path.name}.before{number or ''}") for number in range(1_000))
    copy = next(each for each in names if not each.exists())
    if file.is_secret:
        copy.touch(mode=SECRET)
        copy.write_bytes(file.path.read_bytes())
    else:
        shutil.copy2(file.path, copy)
    return copy


def _show(file: NewFile) -> None:
    before = file.before or ""
    if file.is_secret:
        for line in _names_changed(before, file.text):
            typer.secho(line, fg=typer.colors.YELLOW)
        return
    name = str(file.path)
    for line in difflib.unified_diff(
        before.splitlines(), file.text.splitlines(), name, name, lineterm="", n=1
    ):
        typer.secho(line, fg=_COLORS.get(line[:1]))


def _names_changed(before: str, after: str) -> Iterator[str]:
    old, new = _values(before), _values(after)
    yield from (f"{'~' if name in old else '+'} {name}=…" for name in new if old.get(name) != new[name])


def _values(text: str) -> Mapping[str, str]:
    parts = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {name.strip(): value for name, _, value in parts if not name.lstrip().startswith("#")}
