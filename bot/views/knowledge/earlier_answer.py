"""For a ticket's team: whether what ended it is shown to others who ask the same, and the button to change that."""

from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.view import View
from bot.services.knowledge.earlier_answers import is_source
from bot.text.sentences import words
from bot.views.knowledge.offer_notice import shown_line


def knowledge_lines(view: View, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """What its requester was shown, and whether its own answer is shown to others."""
    return (*shown_line(view, ticket), *_use_line(view, ticket))


def _use_line(view: View, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """Nothing where it cannot be: it is worked on, private, or of a team that wants none of it."""
    if not is_source(view.desk, ticket):
        return ()
    kept = view.uow.earlier_answers
    if kept.is_excluded(ticket.id):
        key = "left_out"
    elif kept.marked_among([ticket.id]):
        key = "awaited"
    else:
        key = "used" if kept.get(ticket.id) is not None else "unused"
    return ((words(view.language, "team.label_answer_use"), words(view.language, f"team.answer_{key}")),)


def answer_button(view: View, ticket: Ticket) -> tuple[Button, ...]:
    """Leaves the answer out, or takes it in again; nothing where it cannot be used."""
    if not is_source(view.desk, ticket):
        return ()
    is_excluded = view.uow.earlier_answers.is_excluded(ticket.id)
    label, verb = (
        ("answer_include", verbs.INCLUDE_ANSWER) if is_excluded else ("answer_exclude", verbs.EXCLUDE_ANSWER)
    )
    return (Button(label=words(view.language, f"team.button_{label}"), verb=verb, ticket=ticket.reference),)
