"""What documents people can ask for, and who reads each from the desk when its turn comes.

A reader returns None for somebody who may not have it (any more), and for what is not there any more.
"""

from collections.abc import Callable, Mapping

from bot.documents.document import RequestedDocument
from bot.documents.report import CHARTS, JSON_LINES, TABLES, read_charts, read_json_lines, read_tables
from bot.documents.sla_timeline import CLOCKS, read_clocks
from bot.domain.directory import ChannelRef, Person
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View

Reader = Callable[[View, Person, OutboxRow], RequestedDocument | None]

KINDS: Mapping[str, Reader] = {
    CHARTS: read_charts,
    TABLES: read_tables,
    JSON_LINES: read_json_lines,
    CLOCKS: read_clocks,
}
"""By the name that stands in the outbox row."""


def document_for(view: View, row: OutboxRow) -> RequestedDocument | None:
    """What this row is to bring to the person who asked for it, and to nobody else."""
    person = view.person(str(row.payload["person"]))
    if row.conversation.channel != ChannelRef.direct(person.key):
        return None
    return KINDS[row.payload["document"]](view, person, row)
