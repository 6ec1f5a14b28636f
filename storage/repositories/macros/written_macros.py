"""Macros that were written in chat; what they change is kept as JSON, since nothing asks for it by itself."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import bindparam, delete, select, text, update

from bot.domain.macros.macro import Macro, MacroAssignee
from bot.domain.macros.written_macro import MacroOwner, MacroScope, WrittenMacro
from bot.domain.tickets.ticket import Priority, Status
from storage.engine.columns import Json, Row, from_json, index_key, instant, micros, to_json
from storage.engine.session import Session
from storage.tables.macros import macros

ADD: Final = text(
    "INSERT INTO macros"
    " (id, scope, owner, name, folded, text, texts, changes, version, changed_by, changed_at)"
    " VALUES (:id, :scope, :owner, :name, :folded, :text, :texts, :changes, :version, :changed_by, :changed_at)"
    " ON CONFLICT (scope, owner, folded) DO NOTHING"
)
OF_OWNER = (
    select(macros)
    .where(macros.c.scope == bindparam("the_scope"), macros.c.owner == bindparam("the_owner"))
    .order_by(macros.c.folded)
)
IS_VERSION = (macros.c.id == bindparam("the_id"), macros.c.version == bindparam("the_version"))
REPLACE = (
    update(macros)
    .where(*IS_VERSION)
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("text", "texts", "changes", "version", "changed_by", "changed_at")
        }
    )
)
REMOVE = delete(macros).where(*IS_VERSION)


class SqlWrittenMacros:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, owners: Collection[MacroOwner]) -> Sequence[WrittenMacro]:
        found = [
            _from_row(row)
            for each in owners
            for row in self._session.fetch(OF_OWNER, the_scope=each.scope, the_owner=index_key(each.key))
        ]
        return sorted(found, key=lambda each: each.macro.name.casefold())

    def add(self, macro: WrittenMacro) -> bool:
        name = macro.macro.name
        return bool(
            self._session.count(
                ADD,
                id=macro.id,
                scope=macro.owner.scope,
                owner=index_key(macro.owner.key),
                name=name,
                folded=index_key(name.casefold()),
                **_written(macro),
            )
        )

    def replace(self, macro: WrittenMacro) -> bool:
        values = {f"new_{name}": value for name, value in _written(macro).items()}
        return bool(self._session.count(REPLACE, the_id=macro.id, the_version=macro.version - 1, **values))

    def remove(self, macro: WrittenMacro) -> bool:
        return bool(self._session.count(REMOVE, the_id=macro.id, the_version=macro.version))


def _written(macro: WrittenMacro) -> dict[str, object]:
    """All that may change."""
    return {
        "text": macro.macro.text,
        "texts": to_json(dict(macro.macro.texts)),
        "changes": to_json(_changes(macro.macro)),
        "version": macro.version,
        "changed_by": macro.changed_by,
        "changed_at": micros(macro.changed_at),
    }


def _changes(macro: Macro) -> dict[str, Json]:
    every = {
        "status": macro.status,
        "priority": macro.priority,
        "add_tags": macro.add_tags,
        "remove_tags": macro.remove_tags,
        "assign": macro.assign,
        "fields": dict(macro.fields),
        "team": macro.team,
    }
    return {name: value for name, value in every.items() if value}


def _from_row(row: Row) -> WrittenMacro:
    changes = from_json(row["changes"])
    return WrittenMacro(
        id=row["id"],
        owner=MacroOwner(MacroScope(row["scope"]), row["owner"]),
        macro=Macro(
            name=row["name"],
            title=row["name"],
            text=row["text"],
            texts=from_json(row["texts"]),
            status=Status(changes["status"]) if "status" in changes else None,
            priority=Priority(changes["priority"]) if "priority" in changes else None,
            add_tags=tuple(changes.get("add_tags", ())),
            remove_tags=tuple(changes.get("remove_tags", ())),
            assign=MacroAssignee(changes["assign"]) if "assign" in changes else None,
            fields=changes.get("fields", {}),
            team=changes.get("team"),
        ),
        version=row["version"],
        changed_by=row["changed_by"],
        changed_at=instant(row["changed_at"]),
    )
