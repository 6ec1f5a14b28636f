"""What a model may look at for somebody who asks it in plain words: a list of tickets, as that person may see them.

Subjects alone are told, and those only of tickets that are not private and whose team lets text leave; no message and
no note.
"""

from typing import Final

from bot.domain.assistant.prompt import Prompt, PromptPiece
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages.plain import plain
from bot.services.assistant.jobs import model_for_ticket
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.search.ticket_search import SearchScope, find_tickets, read_search, visibility_in
from bot.text.catalogue import FALLBACK
from bot.text.error_text import explain

MOST_TICKETS: Final = 20
LONGEST_QUERY: Final = 300


def tickets_for_model(context: Context, query: str) -> str:
    """A line for each, fenced; or why the search is none."""
    try:
        wanted = read_search(context, query[:LONGEST_QUERY], scope=SearchScope.SEEN, zone=zone_of(context))
        found = find_tickets(
            context, wanted, visibility=visibility_in(context, SearchScope.SEEN), limit=MOST_TICKETS
        )
    except Refused as refused:
        return _fenced("problem", plain(explain(FALLBACK, refused)))
    told = [each for each in found.tickets if not each.is_private and model_for_ticket(context.desk, each)]
    lines = [_line(context, each) for each in told]
    return _fenced("tickets", "\n".join(lines) or "none")


def _line(context: Context, ticket: Ticket) -> str:
    holder = context.uow.people.find(ticket.assignee) if ticket.assignee else None
    waits = "waiting since" if ticket.waits_for_requester else "changed"
    since = (
        ticket.last_update_at if ticket.waits_for_requester and ticket.last_update_at else ticket.updated_at
    )
    return " | ".join(
        (
            ticket.reference,
            ticket.status,
            ticket.priority,
            f"team {ticket.team}",
            holder.name if holder else "unassigned",
            f"opened {ticket.opened_at:%Y-%m-%d}",
            f"{waits} {since:%Y-%m-%d}",
            ticket.subject,
        )
    )


def _fenced(kind: str, text: str) -> str:
    return Prompt(instruction="", pieces=(PromptPiece(kind=kind, by="help desk", text=text),)).data
