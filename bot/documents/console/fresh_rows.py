"""Rows of tickets that changed, for many open tables: what looks the same to several readers is made once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.table_columns import columns_of
from bot.documents.console.ticket_table import rows_of
from bot.domain.search.query import Query
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.context.reader import zone_of

ANYTHING = Query(text="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLook:
    """What a row of a ticket depends on besides the ticket. `is_agent`: to others a team may be anonymous."""

    ticket: int
    reads_notes: bool
    is_agent: bool
    language: str
    reader_language: str
    zone: str
    columns: tuple[str, ...]


class FreshRows:
    """Of one moment."""

    def __init__(self, frame: ConsoleFrame) -> None:
        self._frame = frame
        self._made: dict[RowLook, str] = {}

    def looks(
        self,
        context: Context,
        tickets: Sequence[Ticket],
        *,
        chosen: Sequence[str],
        visibility: Visibility,
        language: str,
    ) -> Mapping[int, RowLook]:
        """By its id how each looks to this reader. `chosen` are their columns, `language` is their page's."""
        columns = columns_of(context.desk, chosen, language=context.language)
        shown, zone = tuple(each.name for each in columns if each.is_shown), zone_of(context).key
        return {
            each.id: RowLook(
                ticket=each.id,
                reads_notes=visibility.reads_notes(each),
                is_agent=context.team_of(each).has_agent(context.actor)
                and not visibility.is_account(each.requester),
                language=language,
                reader_language=context.language,
                zone=zone,
                columns=shown,
            )
            for each in tickets
        }

    def of(
        self,
        context: Context,
        tickets: Sequence[Ticket],
        *,
        looks: Mapping[int, RowLook],
        visibility: Visibility,
    ) -> Mapping[str, str]:
        """By reference, as HTML, as they look to this reader, and without excerpts."""
        new = [each for each in tickets if looks[each.id] not in self._made]
        if new:
            look = looks[new[0].id]
            columns = columns_of(context.desk, look.columns, language=context.language)
            rows = rows_of(context, ANYTHING, new, columns, visibility)
            for ticket, row in zip(new, rows, strict=True):
                self._made[looks[ticket.id]] = self._frame.row(look.language, row)
        return {each.reference: self._made[looks[each.id]] for each in tickets}
