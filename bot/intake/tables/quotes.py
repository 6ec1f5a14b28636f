"""Quotes in a CSV file that are never closed, so that the rows after them would be read as part of one.

A quoted value may go on over lines. It is faulty where its closing quote is followed by neither a delimiter
nor the line's end, and where the file ends inside it. One that ends by chance, at an inch mark of a later
row, is well-formed; the reader is told of it, to judge by what its lines hold.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence
from bot.intake.request_columns import Columns


@dataclass(frozen=True, slots=True)
class LongValue:
    """A quoted value over more than one line, or up to the file's end.

    `line` is where its quote is, counted from 1. `rows` are its lines up to where it is closed, each taken for a
    row of its own as if the quote were not there.
    """

    line: int
    is_closed: bool
    rows: Sequence[Sequence[str]] = ()


def require_rows_apart(file: IO[str], path: Path, columns: Columns, *, delimiter: str) -> None:
    """Raises ConfigurationError, with the quote's line, for a file whose rows cannot be told apart."""
    header = next(csv.reader(file, delimiter=delimiter), [])
    file.seek(0)
    for value in long_values(file, delimiter):
        facts = {"file": str(path), "line": str(value.line)}
        if not value.is_closed:
            raise ConfigurationError(sentence("terminal.import_open_quote", **facts))
        if columns.are_rows(header, value.rows):
            end = str(value.line + len(value.rows) - 1)
            raise ConfigurationError(sentence("terminal.import_late_quote", end=end, **facts))


def long_values(file: IO[str], delimiter: str) -> Iterator[LongValue]:
    """In the file's order; none after one that is never closed."""
    scan = _Scan(delimiter)
    for number, line in enumerate(file, start=1):
        for value in scan.take(number, line):
            yield value
            if not value.is_closed:
                return
    if scan.is_open:
        yield LongValue(scan.opened, is_closed=False)


class _Scan:
    """As the csv module reads: a quote opens a value only at its start, and what follows a closed one is text."""

    def __init__(self, delimiter: str) -> None:
        self.opened = 0
        self.is_open = False
        self._delimiter = delimiter
        self._lines: list[str] = []
        """Those of the open value, the first without its quote."""

    def take(self, number: int, line: str) -> Iterator[LongValue]:
        place = 0
        if self.is_open:
            self._lines.append(line)
        while True:
            if not self.is_open:
                place = self._opening(line, place)
                if place < 0:
                    return
                self.is_open, self.opened = True, number
                self._lines = [line[:place] + line[place + 1 :]]
                place += 1
            place = _closing(line, place)
            if place < 0:
                return
            self.is_open = False
            if number > self.opened:
                yield self._ended(line, place)

    def _opening(self, line: str, place: int) -> int:
        """Where the next value begins with a quote; -1 for nowhere in the line."""
        while place <= len(line):
            if line.startswith('"', place) and (place == 0 or line[place - 1] == self._delimiter):
                return place
            following = line.find(self._delimiter, place)
            if following < 0:
                return -1
            place = following + 1
        return -1

    def _ended(self, line: str, place: int) -> LongValue:
        if line[place : place + 1] not in {self._delimiter, "\r", "\n", ""}:
            return LongValue(self.opened, is_closed=False)
        rows = [next(csv.reader([each], delimiter=self._delimiter), []) for each in self._lines]
        return LongValue(self.opened, is_closed=True, rows=rows)


def _closing(line: str, place: int) -> int:
    """Behind the quote that ends the value; two in a row are one that it holds. -1 for nowhere in the line."""
    while (place := line.find('"', place)) >= 0:
        if line.startswith('"', place + 1):
            place += 2
        else:
            return place + 1
    return -1
