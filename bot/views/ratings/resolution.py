"""What is said and offered beside a resolution: a way to reopen it, and where the team asks, whether it is solved."""

from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, RichText
from bot.services.context.status_words import RESOLUTION
from bot.services.context.view import View
from bot.text.instants import spoken
from bot.text.sentences import say, words
from bot.views.acknowledgement import reopen_button


def resolution_question(view: View, ticket: Ticket) -> RichText:
    """Nothing where the team does not ask."""
    team = view.team(ticket)
    if not team.confirms_resolution or ticket.resolved_at is None:
        return ()
    closes = spoken(
        ticket.resolved_at + team.closes_after,
        time_zone=view.person(ticket.requester).time_zone,
        otherwise=team.calendar.zone,
        language=ticket.language,
    )
    return say(ticket.language, "requester.is_it_solved", at=closes)


def resolution_buttons(view: View, ticket: Ticket) -> tuple[Button, ...]:
    """Each is about this resolution alone."""
    reopen = reopen_button(view, ticket)
    if not view.team(ticket).confirms_resolution:
        return (reopen,)
    solved = Button(
        label=words(ticket.language, "requester.button_yes_solved"),
        verb=verbs.CLOSE_OWN,
        ticket=ticket.reference,
        options={RESOLUTION: reopen.options[RESOLUTION]},
        is_primary=True,
    )
    return (
        solved,
        Button(
            label=words(ticket.language, "requester.button_not_solved"),
            verb=reopen.verb,
            ticket=reopen.ticket,
            options=reopen.options,
        ),
    )
