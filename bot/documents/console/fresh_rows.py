"""Rows of tickets that changed, for many open tables: what looks the same to several readers is made once."""

from collections.abc import Mapping, Sequence

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.table_columns import columns_of
from bot.documents.console.ticket_table import rows_of
from bot.domain.search.query import Query
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.context.reader import zone_of

ANYTHING = Query(text="")


class FreshRows:
    """Of one moment."""

    def __init__(self, frame: ConsoleFrame) -> None:
        self._frame = frame
        self._made: dict[object, str] = {}

    def of(
        self,
        context: Context,
        tickets: Sequence[Ticket],
        *,
        chosen: Sequence[str],
        visibility: Visibility,
        language: str,
    ) -> Mapping[str, str]:
        """By reference, as HTML, with the columns that the reader has chosen, and no excerpts.

        `language` is that of their page.
        """
        columns = columns_of(context.desk, chosen, language=context.language)
        looks = (
            language,
            context.language,
            zone_of(context).key,
            tuple(each.name for each in columns if each.is_shown),
        )
        keys = {each.id: (each.id, visibility.reads_notes(each), looks) for each in tickets}
        new = [each for each in tickets if keys[each.id] not in self._made]
        if new:
            rows = rows_of(context, ANYTHING, new, columns, visibility)
            for ticket, row in zip(new, rows, strict=True):
                self._made[keys[ticket.id]] = self._frame.row(language, row)
        return {each.reference: self._made[keys[each.id]] for each in tickets}
