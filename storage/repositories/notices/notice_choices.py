"""How each agent wants to be told; each person once."""

from typing import Final

from sqlalchemy import bindparam, select, text

from bot.domain.notices.choice import NoticeChoice, NoticeWay, Quiet
from storage.engine.columns import index_key
from storage.engine.session import Session
from storage.tables.notices import notice_choices

PUT: Final = text(
    "INSERT INTO notice_choices (person, way, quiet, quiet_from, quiet_until)"
    " VALUES (:person, :way, :quiet, :quiet_from, :quiet_until)"
    " ON CONFLICT (person) DO UPDATE SET way = excluded.way, quiet = excluded.quiet,"
    " quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until"
)
OF_PERSON = select(notice_choices).where(notice_choices.c.person == bindparam("the_person"))


class SqlNoticeChoices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, choice: NoticeChoice) -> None:
        begins, ends = choice.hours or (None, None)
        self._session.write(
            PUT,
            person=index_key(choice.person),
            way=choice.way,
            quiet=choice.quiet,
            quiet_from=begins,
            quiet_until=ends,
        )

    def of(self, person: str) -> NoticeChoice:
        row = self._session.fetch_one(OF_PERSON, the_person=index_key(person))
        if row is None:
            return NoticeChoice(person=person)
        has_hours = row["quiet_from"] is not None
        return NoticeChoice(
            person=person,
            way=NoticeWay(row["way"]),
            quiet=Quiet(row["quiet"]),
            hours=(row["quiet_from"], row["quiet_until"]) if has_hours else None,
        )
