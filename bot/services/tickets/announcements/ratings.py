"""What a team is told of a rating of its ticket."""

from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.ratings.events import TicketRated
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets.announcements.audience import Audience


def tell_rating(context: Context, ticket: Ticket, event: TicketRated, audience: Audience) -> None:
    """What was written with it is told beside it, so that an agent reads it where they work."""
    name = context.actor.name
    if event.before != event.after:
        key = "team.rerated" if event.before else "team.rated"
        _tell(ticket, audience, key, name=name, rating=event.after)
    if event.is_commented:
        text = context.uow.surveys.of_ticket(ticket.id)[-1].comment
        _tell(ticket, audience, "team.rating_comment", name=name, rating=event.after, text=text)


def _tell(ticket: Ticket, audience: Audience, sentence: str, **words: str) -> None:
    if ticket.assignee is None:
        audience.tell_team(sentence, **words)
    else:
        audience.tell_owner(sentence, NoticeEvent.RATED, owner=ticket.assignee, **words)
