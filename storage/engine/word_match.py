"""A document that holds certain words: `WordMatch` asks each database's own index, `TextMatch` reads the document."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table, Text, column, literal, select, table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from bot.domain.search.stems import Variant


class WordMatch(ColumnElement[bool]):
    """Any of the variants is in the document. Their words are letters and digits alone, so they need no escape.

    The table's `info` names the one of SQLite's index.
    """

    type: TypeEngine[bool]
    inherit_cache = False

    def __init__(self, documents: Table, variants: Sequence[Variant]) -> None:
        self.documents = documents
        self.variants = tuple(variants)


def indexed_on_sqlite(documents: Table, variants: Sequence[Variant]) -> Select[Any]:
    """The ids of documents with any of the variants, one by one as the index gives them; no document is read."""
    index = table(documents.info["fts"], column("rowid"), column(documents.info["fts"]))
    asked = " OR ".join(map(_in_fts5, variants))
    return select(index.c.rowid).where(index.c[documents.info["fts"]].match(asked))


class TextMatch(ColumnElement[bool]):
    """As `WordMatch`, of documents that are read anyway: where there are few, or where the words are in very many."""

    type: TypeEngine[bool]
    inherit_cache = False

    def __init__(self, words: ColumnElement[str], variants: Sequence[Variant]) -> None:
        self.words = words
        self.variants = tuple(variants)


@compiles(WordMatch, "sqlite")
def _match_on_sqlite(element: WordMatch, compiler: SQLCompiler, **options: object) -> str:
    """The index is asked first, for ids alone; then each document is read by its id."""
    asked = literal(" OR ".join(map(_in_fts5, element.variants)), Text())
    sought, identity = compiler.process(asked, **options), compiler.process(element.documents.c.id, **options)
    index = element.documents.info["fts"]
    return f"{identity} IN (SELECT rowid FROM {index} WHERE {index} MATCH {sought})"  # noqa: S608


@compiles(WordMatch, "postgresql")
def _match_on_postgres(element: WordMatch, compiler: SQLCompiler, **options: object) -> str:
    asked = literal(" | ".join(map(_in_tsquery, element.variants)), Text())
    sought, words = compiler.process(asked, **options), compiler.process(element.documents.c.words, **options)
    return f"CAST({sought} AS tsquery) @@ to_tsvector('simple', {words})"


@compiles(TextMatch, "sqlite")
def _text_on_sqlite(element: TextMatch, compiler: SQLCompiler, **options: object) -> str:
    return _holding("instr", element, compiler, **options)


@compiles(TextMatch, "postgresql")
def _text_on_postgres(element: TextMatch, compiler: SQLCompiler, **options: object) -> str:
    return _holding("strpos", element, compiler, **options)


def _holding(function: str, element: TextMatch, compiler: SQLCompiler, **options: object) -> str:
    """Documents are words with single spaces between them."""
    words = compiler.process(element.words, **options)
    sought = [f" {' '.join(each.words)}{'' if each.is_prefix else ' '}" for each in element.variants]
    marks = (compiler.process(literal(each, Text()), **options) for each in sought)
    held = (f"{function}(' ' || {words} || ' ', {mark}) > 0" for mark in marks)
    return f"({' OR '.join(held)})"


def _in_fts5(variant: Variant) -> str:
    """https://www.sqlite.org/fts5.html#full_text_query_syntax"""
    return f'"{" ".join(variant.words)}"{" *" if variant.is_prefix else ""}'


def _in_tsquery(variant: Variant) -> str:
    """https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY"""
    *before, last = (f"'{word}'" for word in variant.words)
    return f"({' <-> '.join([*before, f'{last}:*' if variant.is_prefix else last])})"
