"""What is wrong with a configuration file: one sentence per problem, each with its line, all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from bot.domain.errors import ConfigurationError
from bot.domain.routing.quotes import first_of, named_in_file
from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.suggestions import nearest


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1; 0 when the file as a whole is meant. `at` leads to what is wrong, where that is known."""

    line: int
    sentence: Sentence
    at: tuple[str | int, ...] = ()


class DeskFileError(ConfigurationError):
    """The configuration file cannot be used. `unchecked` are keys that its problems kept from being checked."""

    def __init__(self, path: Path, problems: Iterable[Problem], *, unchecked: Iterable[str] = ()) -> None:
        self.path = path
        self.problems = _in_order(problems)
        self.unchecked = tuple(dict.fromkeys(unchecked))
        said = [_with_place(path, problem) for problem in self.problems]
        if self.unchecked:
            keys = tuple(map(named_in_file, self.unchecked))
            said.append(
                sentence(
                    "configuration.in_file",
                    file=str(path),
                    problem=sentence("configuration.unchecked", options=keys),
                )
            )
        super().__init__(*said)


def did_you_mean(name: str, known: Iterable[str]) -> Sentence:
    """The end of a sentence about an unknown name: the nearest known one, or what there is to choose from."""
    choices = sorted(set(known))
    if not choices:
        return sentence("configuration.none_defined")
    meant = _nearest_account(name, choices) if ":" in name else nearest(name, choices)
    return suggestion(meant) if meant else sentence("configuration.choose", choices=one_of(choices))


def _nearest_account(reference: str, choices: Iterable[str]) -> str | None:
    """Of `platform:id` the ids are compared: the platform, which all share, makes none alike."""
    platform, colon, name = reference.partition(":")
    prefix = f"{platform}{colon}"
    meant = nearest(name, (each.removeprefix(prefix) for each in choices if each.startswith(prefix)))
    return f"{prefix}{meant}" if meant else None


def suggestion(word: str) -> Sentence:
    return sentence("configuration.did_you_mean", word=word)


def one_of(choices: Sequence[str], *, limit: int = 8) -> OneOf:
    """`a`, `b` or `c`; of a long list the rest is counted."""
    return OneOf(first_of(list(map(named_in_file, choices)), limit=limit))


def path_of(steps: Sequence[Sentence]) -> Sentence:
    """`teams` → `network` → entry 1."""
    return reduce(lambda path, step: sentence("configuration.arrow", path=path, step=step), steps)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By line, each once, as they were found."""
    each_once = {(problem.line, str(problem.sentence)): problem for problem in problems}
    return tuple(sorted(each_once.values(), key=lambda problem: problem.line))


def _with_place(path: Path, problem: Problem) -> Sentence:
    if not problem.line:
        return sentence("configuration.in_file", file=str(path), problem=problem.sentence)
    return sentence("operations.at_line", file=str(path), line=str(problem.line), problem=problem.sentence)
