"""`/desk claim`, `/desk release` and `/desk assign`: who has a ticket."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_agent
from bot.commands.framework.ticket_filters import assigned, claimable, of_teams
from bot.domain.errors import ClaimedByOther
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Moment, PrivateReply
from bot.ports.intake import ShortcutOn
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
    if is_own:
        return call.answer("answers.claimed_before", reference=ticket.reference)
    key = "answers.claimed_acknowledged" if is_acknowledged else "answers.claimed"
    return call.answer(key, reference=ticket.reference)


def _offer(call: Call, taken: ClaimedByOther) -> PrivateReply:
    """Refused; to take it over is for the person to decide, now that they know whose it is."""
    holder = call.context.uow.people.find(taken.holder)
    name = holder.name if holder else taken.holder
    button = claim_button(taken.reference, call.context.language, holder=taken.holder, name=name)
    text = call.say("refusals.already_assigned_to", reference=taken.reference, name=name)
    return PrivateReply(text=text, buttons=(button,), is_error=True)


def release(call: Call, ticket: Ticket) -> PrivateReply:
    actions.release_ticket(call.context, ticket)
    return call.answer("answers.released", reference=ticket.reference)


def assign(call: Call, ticket: Ticket) -> PrivateReply:
    person = find_agent(call.context, call.option("person"), call.context.team_of(ticket))
    actions.assign_ticket(call.context, ticket, to=person)
    if person.key == call.context.actor.key:
        return call.answer("answers.claimed", reference=ticket.reference)
    absence = Roster(call.context.uow, call.context.desk, now=call.context.now).absence_of(
        person, at=call.context.now
    )
    if absence is None:
        return call.answer("answers.assigned", reference=ticket.reference, name=person.name)
    until = Moment(absence.until, call.context.actor.time_zone)
    return call.answer(
        "answers.assigned_to_absent", reference=ticket.reference, name=person.name, until=until
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.CLAIM,
        place=30,
        aliases=("take",),
        shortcuts=(ShortcutOn.THREAD,),
        who=Role.AGENT,
        on_ticket=claim,
        fitting=claimable,
        nothing_fits="commands.nothing_to_claim",
        example="claim IT-12",
    ),
    Command(
        name=verbs.RELEASE,
        place=40,
        who=Role.AGENT,
        on_ticket=release,
        fitting=assigned,
    ),
    Command(
        name=verbs.ASSIGN,
        place=50,
        who=Role.AGENT,
        on_ticket=assign,
        fitting=of_teams,
        options=(Option(name="person", kind=OptionKind.AGENT),),
        has_form=True,
        example="assign IT-12 @bo",
    ),
)
