"""Statements compiled once: SQLAlchemy Core says what, the driver gets a ready string.

Building and compiling Core for each execution costs several times what SQLite needs to run the statement.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import CompoundSelect, Executable, Select, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, ClauseElement, ColumnElement
from sqlalchemy.sql.expression import bindparam
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import BigInteger, Text, TypeEngine

from storage.engine.columns import Row, storable


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement as the driver takes it. `fixed` are the values that the construct itself holds."""

    sql: str
    fixed: dict[str, Any]


class StatementBook:
    """The statements of one dialect, by the constructs they were compiled from."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._ready: dict[ClauseElement, Ready] = {}

    def ready(self, construct: ClauseElement) -> Ready:
        """For a construct that lives as long as the program."""
        found = self._ready.get(construct)
        if found is None:
            found = self._ready[construct] = self.compile(construct)
        return found

    def compile(self, construct: ClauseElement) -> Ready:
        """For a construct made for this one question."""
        compiled = construct.compile(dialect=self._dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler)
        values = compiled.construct_params(_check=False) or {}
        return Ready(str(compiled), {name: value for name, value in values.items() if value is not None})


@dataclass(frozen=True, eq=False)
class Insertion:
    """Rows for one table. `on_conflict` is the tail of the statement, in words both databases take."""

    table: Table
    columns: tuple[str, ...]
    on_conflict: str = ""

    def values_of(self, row: Row) -> tuple[Any, ...]:
        """The row as the driver takes it. Most of it is numbers, or nothing."""
        return tuple(
            [value if value is None or type(value) is int else storable(value) for value in self._picked(row)]
        )

    @cached_property
    def _picked(self) -> Callable[[Row], tuple[Any, ...]]:
        return itemgetter(*self.columns) if len(self.columns) > 1 else lambda row: (row[self.columns[0]],)

    @cached_property
    def rank(self) -> int:
        """Parents before children, whatever the order in which rows were added."""
        return self.table.metadata.sorted_tables.index(self.table)

    @cached_property
    def one_row(self) -> str:
        """For SQLite, whose driver repeats it for each row."""
        return self.sql(mark="?")

    @cached_property
    def listed_rows(self) -> str:
        """For SQLite: rows of any number, given as a JSON list of lists, in one statement."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        values = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(self.columns)))
        return f"INSERT INTO {self.table.name} ({names}) SELECT {values} FROM json_each(?)"  # noqa: S608

    def sql(self, *, mark: str, rows: int = 1, first: int = 1) -> str:
        """One statement that inserts this many rows; its parameters are numbered from `first`: `?1`, `$1`."""
        width = len(self.columns)
        starts = range(first, first + rows * width, width)
        values = [", ".join(f"{mark}{start + place}" for place in range(width)) for start in starts]
        names = ", ".join(f'"{name}"' for name in self.columns)
        return (
            f"INSERT INTO {self.table.name} ({names})"  # noqa: S608  names are those of our tables
            f" VALUES ({'), ('.join(values)}){self.on_conflict}"
        )


def together(shape: Sequence[tuple[Insertion, int]], *, mark: str) -> str:
    """One statement for rows of several tables; references between them are checked at its end."""
    first, inserts = 1, []
    for insertion, rows in shape:
        inserts.append(insertion.sql(mark=mark, rows=rows, first=first))
        first += rows * len(insertion.columns)
    *others, last = inserts
    parts = ", ".join(f"part_{number} AS ({insert})" for number, insert in enumerate(others))
    return f"WITH {parts} {last}" if parts else last


class LeaseClock(FunctionElement[int]):
    """Now, in microseconds, on the clock of leases and back-off: monotonic, and never desk time.

    On PostgreSQL the database's own clock, the same for every replica; on SQLite, where one process
    delivers, the machine's monotonic clock, given to each connection as a function.
    """

    type = BigInteger()
    inherit_cache = True
    name = "lease_clock"


@compiles(LeaseClock, "sqlite")
def _lease_clock_on_sqlite(_element: LeaseClock, _compiler: SQLCompiler, **_options: object) -> str:
    return "lease_clock()"


@compiles(LeaseClock, "postgresql")
def _lease_clock_on_postgres(_element: LeaseClock, _compiler: SQLCompiler, **_options: object) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"


class QueryPlan(Executable, ClauseElement):
    """What PostgreSQL's planner expects of a question, which it does not ask: one row of JSON."""

    inherit_cache = False

    def __init__(self, question: Select[Any] | CompoundSelect[Any]) -> None:
        self.question = question


@compiles(QueryPlan, "postgresql")
def _planned_on_postgres(element: QueryPlan, compiler: SQLCompiler, **options: object) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.question, **options)}"


class ListedIn(ColumnElement[bool]):
    """`column` is one of a JSON list given as one parameter, so that the statement's text never varies."""

    type: TypeEngine[bool]
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.listed: BindParameter[str] = bindparam(name, type_=Text())
        self.is_number = not isinstance(column.type, Text)


@compiles(ListedIn, "sqlite")
def _listed_on_sqlite(element: ListedIn, compiler: SQLCompiler, **options: object) -> str:
    column, listed = compiler.process(element.column, **options), compiler.process(element.listed, **options)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608  made of compiled parts


@compiles(ListedIn, "postgresql")
def _listed_on_postgres(element: ListedIn, compiler: SQLCompiler, **options: object) -> str:
    column, listed = compiler.process(element.column, **options), compiler.process(element.listed, **options)
    value = "CAST(value AS bigint)" if element.is_number else "value"
    return (
        f"{column} IN (SELECT {value} FROM json_array_elements_text(CAST({listed} AS json)) AS listed(value))"  # noqa: S608
    )


class JsonText(ColumnElement[str]):
    """A text at the top of a column's JSON; null where there is none. `name` is ours."""

    type: TypeEngine[str] = Text()
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.name = name


@compiles(JsonText, "sqlite")
def _json_text_on_sqlite(element: JsonText, compiler: SQLCompiler, **options: object) -> str:
    return f"json_extract({compiler.process(element.column, **options)}, '$.{element.name}')"


@compiles(JsonText, "postgresql")
def _json_text_on_postgres(element: JsonText, compiler: SQLCompiler, **options: object) -> str:
    return f"(CAST({compiler.process(element.column, **options)} AS json) ->> '{element.name}')"
