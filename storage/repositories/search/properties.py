"""What a ticket has, or has none of, as conditions on its row: a tag, category, inbox or field, a group that asked.

Each is found by an index, of words, of fields or of requesters; what has none of it stands all over the list.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from bot.domain.directory import is_address, is_group
from bot.domain.search.query import FilterName
from bot.domain.search.stems import Variant
from bot.domain.search.vocabulary import NONE
from bot.domain.search.words import index_words
from storage.engine.columns import LIKE_SIGNS, to_json
from storage.engine.statements import JsonText
from storage.engine.word_match import WordMatch
from storage.repositories.fields.ticket_fields import folded
from storage.tables.desk import tickets, written
from storage.tables.fields import ticket_fields
from storage.tables.people import people
from storage.tables.search import search_documents

Condition = ColumnElement[bool]


def _has_tag(tag: str) -> Condition:
    """The index finds the words, the row says whether they are one tag."""
    if tag.casefold() == NONE:
        return tickets.c.tags == written("[]")
    return and_(_holds_words(tag, is_internal=True), _is_listed(tickets.c.tags, tag.casefold()))


def _has_category(category: str) -> Condition:
    its_category = func.coalesce(JsonText(tickets.c.fields, "category"), "")
    if category == NONE:
        return its_category == written("")
    return and_(_holds_words(category, is_internal=False), its_category == category)


def _has_inbox(inbox: str) -> Condition:
    if inbox == NONE:
        return or_(tickets.c.inbox.is_(None), tickets.c.inbox == written(""))
    return and_(tickets.c.inbox.is_not(None), tickets.c.inbox == inbox)


def _has_field(typed: str) -> Condition:
    """`asset_tag=12`, or `asset_tag` alone, for one that holds anything."""
    name, equals, value = typed.partition("=")
    found = select(ticket_fields.c.ticket_id).where(ticket_fields.c.name == name)
    if equals:
        found = found.where(ticket_fields.c.folded == folded(value))
    return tickets.c.id.in_(found)


PROPERTIES: Final[Mapping[FilterName, Callable[[str], Condition]]] = {
    FilterName.TAG: _has_tag,
    FilterName.CATEGORY: _has_category,
    FilterName.INBOX: _has_inbox,
    FilterName.FIELD: _has_field,
}
"""What asks for one value of a filter."""


def is_of_group(group: str, listed: Mapping[str, frozenset[str]], *, has_period: bool) -> Condition:
    """As `bot.domain.directory.groups_of` tells groups; `listed` are the members of those in `desk.yaml`.

    In a period its tickets are looked through: to look for all that those people ever asked would be longer.
    """
    asked_by = tickets.c.requester.concat(written("")) if has_period else tickets.c.requester
    if group == NONE:
        is_in_any = or_(people.c.groups != written("[]"), _is_member(listed, listed))
        return asked_by.not_in(select(people.c.key).where(is_in_any))
    return asked_by.in_(select(people.c.key).where(_is_member([group], listed)))


def _is_member(groups: Iterable[str], listed: Mapping[str, frozenset[str]]) -> Condition:
    """Nearly everybody is in no group of a platform, and is passed over at once."""
    names = sorted({reference for each in groups for reference in (each, *listed.get(each, ()))})
    addresses = [each for each in names if is_address(each)]
    keys = [each for each in names if ":" in each and not is_group(each)]
    others = [each for each in names if each not in addresses and each not in keys]
    return or_(
        and_(
            people.c.groups != written("[]"),
            or_(false(), *(_is_listed(people.c.groups, each) for each in others)),
        ),
        people.c.key.in_(keys),
        people.c.email_folded.in_([each.casefold() for each in addresses]),
    )


def _is_listed(column: ColumnElement[str], value: str) -> Condition:
    """In a column that holds a JSON list of words."""
    return column.like(f"%{to_json(value).translate(LIKE_SIGNS)}%", escape="\\")


def _holds_words(text: str, *, is_internal: bool) -> Condition:
    words = tuple(index_words(text))
    held = select(search_documents.c.ticket_id).where(
        search_documents.c.ticket_id.is_not(None), search_documents.c.is_internal.is_(is_internal)
    )
    if words:
        held = held.where(WordMatch(search_documents, [Variant(words)]))
    return tickets.c.id.in_(held)
