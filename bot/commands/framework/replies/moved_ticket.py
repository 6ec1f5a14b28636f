"""What somebody is told who moved a ticket to another team: its due times, and that they go on seeing it."""

from bot.commands.framework.command import Call
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply, RichText
from bot.services.sla.due_times import DueTimes, moved_due_times
from bot.services.tickets.followers.followers import keep_following
from bot.text.sentences import joined


def moved_ticket(call: Call, ticket: Ticket, told: RichText, *, before: DueTimes) -> PrivateReply:
    """`told` says where it is now, `before` when its targets were due there."""
    context = call.context
    due = moved_due_times(context, ticket, before)
    if not keep_following(context, ticket):
        return PrivateReply(text=joined(told, due, by="\n"))
    unfollow = f"{verbs.typed(context.desk.command_names, verbs.UNFOLLOW)} {ticket.reference}"
    follows = call.say("answers.escalated_follows", command=unfollow)
    more = call.say("answers.escalated_more", team=context.team_of(ticket).title)
    return PrivateReply(text=joined(told, due, joined(follows, more), by="\n"), is_news=True)
