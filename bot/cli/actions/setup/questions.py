"""Questions at a terminal, each with a sensible answer by Enter; answers that were given before are not asked for.

Without a terminal an answer that is missing or unusable ends the command with its name.
"""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from getpass import getpass

import typer

from bot.cli.terminal import for_terminal, say
from bot.domain.errors import UsageError
from bot.domain.sentence import Sentence, sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.ports.first_look import Choice

SHOWN = 12
"""Choices that are listed at once."""


@dataclass(slots=True)
class Questions:
    """`given` are answers by the names of the command's options."""

    given: Mapping[str, str]
    is_terminal: bool = field(default_factory=lambda: sys.stdin.isatty() and sys.stdout.isatty())

    def need(self, names: Collection[str]) -> None:
        """Raises UsageError where nobody can be asked for these, with all that are missing."""
        missing = tuple(f"--{name}" for name in names if name not in self.given)
        if missing and not self.is_terminal:
            raise UsageError(sentence("terminal.init_no_terminal", options=missing))

    def text(self, name: str, *, default: str | None, check: Callable[[str], str] = str, **facts: str) -> str:
        """`terminal.init_ask_NAME` is asked. `check` returns the answer as it is used, or raises UsageError."""
        return self._answered(name, check, default, Sentence(f"terminal.init_ask_{_key(name)}", facts))

    def choice(
        self,
        name: str,
        choices: Sequence[Choice],
        *,
        default: Choice | None = None,
        unlisted: Callable[[str], Choice | None] = lambda _: None,
    ) -> Choice:
        """One of these, by number, name, a part of the name that only it has, or as `desk.yaml` names it.

        `unlisted` makes one of a text that is none of them, if it can.
        """
        return self.choices(name, choices, default=default, unlisted=unlisted, is_single=True)[0]

    def choices(
        self,
        name: str,
        choices: Sequence[Choice],
        *,
        default: Choice | None = None,
        unlisted: Callable[[str], Choice | None] = lambda _: None,
        is_single: bool = False,
    ) -> list[Choice]:
        """Several of these, with commas between them."""
        listed = list(choices)

        def check(text: str) -> str:
            parts = [text] if is_single else [each for each in text.split(",") if each.strip()]
            found.clear()
            for part in map(str.strip, parts or [""]):
                matches = matching(part, choices, listed)
                if not matches and (other := unlisted(part)) is not None:
                    matches = [other]
                if len(matches) != 1:
                    listed[:] = matches or listed
                    raise UsageError(*_not_one(part, matches, choices))
                found.extend(each for each in matches if each not in found)
            return text

        found: list[Choice] = []
        if self.is_terminal and name not in self.given:
            say(Sentence(f"terminal.init_choose_{_key(name)}"))
            _list(listed)
        self._answered(
            name,
            check,
            None if default is None else default.name,
            Sentence("terminal.init_number_or_name" if is_single else "terminal.init_numbers_or_names"),
            on_mistake=lambda: _list(listed),
        )
        return list(found)

    def secret(self, key: str, check: Callable[[str], str]) -> str:
        """What is typed is not shown, and asked for again while it cannot be one."""
        while True:
            try:
                return check(getpass(f"{for_terminal(Sentence(key))}: "))
            except UsageError as error:
                _say_mistake(error)
            except EOFError:
                raise typer.Abort from None

    def confirm(self, question: Sentence, *, default: bool) -> bool:
        return typer.confirm(for_terminal(question), default=default)

    def pause(self, message: Sentence) -> None:
        """Until Enter is pressed."""
        typer.prompt(for_terminal(message), default="", show_default=False, prompt_suffix=" ")

    def _answered(
        self,
        name: str,
        check: Callable[[str], str],
        default: str | None,
        question: Sentence,
        *,
        on_mistake: Callable[[], None] = lambda: None,
    ) -> str:
        if name in self.given or not self.is_terminal:
            answer = self.given.get(name, default)
            if answer is None:
                self.need([name])
                raise AssertionError("what nobody can be asked for was refused")
            try:
                return check(answer.strip())
            except UsageError as error:
                raise UsageError(
                    sentence("terminal.init_unusable", option=f"--{name}", problem=error.sentence),
                    *error.lines[1:],
                ) from None
        while True:
            typed = typer.prompt(for_terminal(question), default=default)
            try:
                return check(str(typed).strip())
            except UsageError as error:
                _say_mistake(error)
                on_mistake()


def matching(text: str, choices: Sequence[Choice], listed: Sequence[Choice]) -> list[Choice]:
    """The one of that number in the list, of that name or reference; else all whose names have it in them."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(listed):
        return [listed[int(text) - 1]]
    wanted = text.casefold()
    exact = [each for each in choices if wanted in _names_of(each)]
    return exact or [each for each in choices if wanted and wanted.lstrip("#@") in each.name.casefold()]


def _names_of(choice: Choice) -> set[str]:
    name, reference = choice.name.casefold(), choice.reference.casefold()
    return {name, name.lstrip("#@"), reference, reference.partition(":")[2]}


def _not_one(text: str, matches: Sequence[Choice], choices: Sequence[Choice]) -> list[Sentence]:
    if matches:
        names = tuple(each.name for each in matches[:SHOWN])
        return [sentence("terminal.init_several", text=text, names=names)]
    meant = nearest(text, [each.name for each in choices])
    return [sentence("terminal.init_nothing_called", text=text), *did_you_mean(meant)]


def _list(listed: Sequence[Choice]) -> None:
    for number, each in enumerate(listed[:SHOWN], start=1):
        typer.echo(f"  {number:>3}  {each.name}")
    if len(listed) > SHOWN:
        say(sentence("terminal.init_more", count=len(listed) - SHOWN))


def _say_mistake(error: UsageError) -> None:
    for line in error.lines:
        say(line, is_error=True, color=typer.colors.YELLOW)


def _key(name: str) -> str:
    return name.replace("-", "_")
