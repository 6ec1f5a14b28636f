"""How a ticket was rated, on one line for its team; nothing of what is anonymous."""

from bot.domain.desk import Desk
from bot.domain.ratings.survey import Survey
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.text.sentences import words


def rating_of(uow: UnitOfWork, ticket: Ticket) -> Survey | None:
    """The newest that its team may know of."""
    named = [each for each in uow.surveys.of_ticket(ticket.id) if each.is_rated and not each.is_anonymous]
    return named[-1] if named else None


def rating_line(
    uow: UnitOfWork, desk: Desk, ticket: Ticket, *, language: str, most: int | None = None
) -> tuple[tuple[str, str], ...]:
    """A label and the rating with its comment, cut at `most` characters; a desk that asks nobody reads nothing."""
    if not desk.asks_for_ratings or (rated := rating_of(uow, ticket)) is None:
        return ()
    comment = " ".join(rated.comment.split()) if most is not None else rated.comment
    if most is not None and len(comment) > most:
        comment = f"{comment[:most]}…"
    value = f"{rated.sign} “{comment}”" if comment else rated.sign
    return ((words(language, "team.rating"), value),)
