"""A ticket's state as JSON text, made of the very rows that hold it."""

from bot.domain.bulk_changes.ticket_snapshot import TicketSnapshot
from storage.engine.columns import from_json, to_json
from storage.repositories.escalations import escalation_from
from storage.repositories.escalations import row_of as escalation_row
from storage.repositories.sla_timers import row_of as timer_row
from storage.repositories.sla_timers import timer_from
from storage.repositories.tickets import row_of as ticket_row
from storage.repositories.tickets import ticket_from


def written_snapshot(state: TicketSnapshot | None) -> str | None:
    if state is None:
        return None
    return to_json(
        {
            "ticket": ticket_row(state.ticket),
            "timers": [timer_row(each) for each in state.timers],
            "escalations": [escalation_row(each) for each in state.escalations],
            "thread": state.thread,
            "messages": state.messages,
            "entries": state.entries,
        }
    )


def snapshot_from(written: str | None) -> TicketSnapshot | None:
    if written is None:
        return None
    kept = from_json(written)
    return TicketSnapshot(
        ticket=ticket_from(kept["ticket"]),
        timers=tuple(map(timer_from, kept["timers"])),
        escalations=tuple(map(escalation_from, kept["escalations"])),
        thread=kept["thread"],
        messages=kept["messages"],
        entries=kept["entries"],
    )
