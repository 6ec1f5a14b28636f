"""What is wrong with a configuration file: one sentence per problem, each with its line, all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import ConfigurationError
from bot.domain.suggestions import nearest


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`line` counts from 1; 0 when the file as a whole is meant."""

    line: int
    sentence: str


class DeskFileError(ConfigurationError):
    """The configuration file cannot be used."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(_with_place(path, problem) for problem in self.problems))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the nearest known one, or what there is to choose from."""
    choices = sorted(set(known))
    if not choices:
        return "; the file defines none"
    meant = nearest(name, choices)
    return f"; did you mean `{meant}`?" if meant else f"; write {one_of(choices)}"


def one_of(choices: Sequence[str], *, limit: int = 8) -> str:
    """`a`, `b` or `c`; long lists are cut."""
    quoted = [f"`{choice}`" for choice in choices[:limit]]
    if len(choices) > limit:
        return f"one of {', '.join(quoted)} …"
    return " or ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), quoted[-1]])


def _with_place(path: Path, problem: Problem) -> str:
    where = f"{path}, line {problem.line}" if problem.line else str(path)
    return f"{where}: {problem.sentence}"
