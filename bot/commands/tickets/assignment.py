"""`/desk claim`, `/desk release` and `/desk assign`: who has a ticket."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_agent
from bot.commands.framework.ticket_filters import assigned, of_teams, unassigned
from bot.domain.tickets.ticket import ClaimedByOther, Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Moment, PrivateReply, RichText
from bot.ports.intake import Shortcut, ShortcutOn
from bot.services.escalations.escalations import has_just_acknowledged
from bot.services.on_call.roster import Roster
from bot.services.tickets import actions
from bot.views.claim_button import SEEN, claim_button


def claim(call: Call, ticket: Ticket) -> PrivateReply:
    """A ticket that nobody has; from its button, also one that somebody still has as the button said."""
    seen, is_own = call.option(SEEN), ticket.assignee == call.context.actor.key
    try:
        if seen:
            actions.take_over_ticket(call.context, ticket, seen=seen)
        else:
            actions.claim_ticket(call.context, ticket)
    except ClaimedByOther as taken:
        return _offer(call, taken)
    is_acknowledged = has_just_acknowledged(call.context, ticket)
    whose = " is already assigned to you" if is_own else " is yours"
    return PrivateReply(
        text=(
            Bold(ticket.reference),
            f"{whose}, and its alert is acknowledged." if is_acknowledged else f"{whose}.",
        )
    )


def _offer(call: Call, taken: ClaimedByOther) -> PrivateReply:
    """Refused; to take it over is for the person to decide, now that they know whose it is."""
    holder = call.context.uow.people.find(taken.holder)
    name = holder.name if holder else taken.holder
    button = claim_button(taken.reference, call.context.language, holder=taken.holder, name=name)
    return PrivateReply(text=(f"{name} has {taken.reference} already.",), buttons=(button,), is_error=True)


def release(call: Call, ticket: Ticket) -> PrivateReply:
    actions.release_ticket(call.context, ticket)
    return PrivateReply(text=(Bold(ticket.reference), " is back in the queue."))


def assign(call: Call, ticket: Ticket) -> PrivateReply:
    person = find_agent(call.context, call.option("person"), call.context.team_of(ticket))
    actions.assign_ticket(call.context, ticket, to=person)
    text: RichText = (Bold(ticket.reference), f" is with {person.name} now.")
    absence = Roster(call.context.uow, call.context.desk, now=call.context.now).absence_of(
        person, at=call.context.now
    )
    if absence is not None and person.key != call.context.actor.key:
        until = Moment(absence.until, call.context.actor.time_zone)
        text += (f" But {person.name} is away until ", until, ", and may not see it before.")
    return PrivateReply(text=text)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.CLAIM,
        place=30,
        aliases=("take",),
        shortcuts=(
            Shortcut(
                on=ShortcutOn.THREAD,
                label="Claim the ticket",
                about="Take the ticket that this thread is about",
            ),
        ),
        summary="Take a ticket that nobody has.",
        who=Role.AGENT,
        on_ticket=claim,
        fitting=unassigned,
        example="claim IT-12",
    ),
    Command(
        name=verbs.RELEASE,
        place=40,
        summary="Put a ticket back into the queue.",
        who=Role.AGENT,
        on_ticket=release,
        fitting=assigned,
    ),
    Command(
        name=verbs.ASSIGN,
        place=50,
        summary="Give a ticket to somebody of its team, or take it over.",
        who=Role.AGENT,
        on_ticket=assign,
        fitting=of_teams,
        options=(
            Option(name="person", kind=OptionKind.AGENT, label="Person", hint="Name, @handle, e-mail, or me"),
        ),
        form_title="Assign",
        example="assign IT-12 @bo",
    ),
)
