"""Views that were saved in chat; one holder has a name once."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import bindparam, delete, select, text

from bot.domain.views.saved_view import SavedView
from storage.engine.columns import Row, index_key, to_json
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.views import saved_views

ADD: Final = text(
    "INSERT INTO saved_views (id, holder, folded, name, query, owner, team)"
    " VALUES (:id, :holder, :folded, :name, :query, :owner, :team) ON CONFLICT (holder, folded) DO NOTHING"
)
RENAME: Final = text(
    "UPDATE saved_views SET folded = :folded, name = :name WHERE id = :id AND NOT EXISTS"
    " (SELECT 1 FROM saved_views AS other WHERE other.holder = :holder AND other.folded = :folded"
    " AND other.id <> :id)"
)
REMOVE: Final = delete(saved_views).where(saved_views.c.id == bindparam("the_id"))
SEEN_BY: Final = (
    select(saved_views)
    .where(ListedIn(saved_views.c.holder, "holders"))
    .order_by(saved_views.c.team.is_not(None), saved_views.c.folded, saved_views.c.id)
)


class SqlSavedViews:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, view: SavedView) -> bool:
        added = self._session.count(
            ADD,
            id=view.id,
            holder=_holder(view.owner, view.team),
            folded=view.folded,
            name=view.name,
            query=view.query,
            owner=view.owner,
            team=view.team,
        )
        return bool(added)

    def rename(self, view: SavedView) -> bool:
        holder = _holder(view.owner, view.team)
        return bool(
            self._session.count(RENAME, id=view.id, holder=holder, folded=view.folded, name=view.name)
        )

    def remove(self, view: SavedView) -> None:
        self._session.write(REMOVE, the_id=view.id)

    def seen_by(self, accounts: Iterable[str], *, teams: Iterable[str]) -> Sequence[SavedView]:
        holders = [*(_holder(each, None) for each in sorted(accounts)), *map(_team_holder, sorted(teams))]
        return [view_from(row) for row in self._session.fetch(SEEN_BY, holders=to_json(holders))]


def _holder(owner: str, team: str | None) -> str:
    return index_key(f"person:{owner}") if team is None else _team_holder(team)


def _team_holder(team: str) -> str:
    return index_key(f"team:{team}")


def view_from(row: Row) -> SavedView:
    return SavedView(
        id=row["id"],
        name=row["name"],
        title=row["name"],
        query=row["query"],
        owner=row["owner"],
        team=row["team"],
    )
