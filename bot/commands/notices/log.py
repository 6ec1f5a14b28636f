"""`/desk-admin notices`: who was told of what on a ticket, when and how, or why not."""

from bot.commands.framework.command import Call, Command, Role
from bot.domain.notices.notice_record import NoticeRecord
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Moment, PrivateReply, RichText
from bot.text.sentences import joined, words

MOST = 50
"""Decisions that are listed, the newest ones."""


def notices(call: Call, ticket: Ticket) -> PrivateReply:
    """SLA alerts are told by the ticket's history, which is named."""
    records = call.context.uow.notices.of_ticket(ticket.id, limit=MOST)
    history = verbs.typed(call.context.desk.command_names, verbs.HISTORY)
    elsewhere = call.say("answers.notices_of_sla", command=f"{history} {ticket.reference}")
    if not records:
        return PrivateReply(
            text=joined(call.say("answers.notices_none", reference=ticket.reference), elsewhere)
        )
    names = {
        key: person.name
        for key, person in call.context.uow.people.find_many(
            {key for each in records for key in (each.recipient, each.instead_of)}
        ).items()
    }
    lines = [_line(call, each, names) for each in records]
    heading = call.say("answers.notices", reference=ticket.reference)
    return PrivateReply(text=joined(heading, *lines, elsewhere, by="\n"))


def _line(call: Call, record: NoticeRecord, names: dict[str, str]) -> RichText:
    """`09:00 · Bo Berg · the requester wrote · not told: quiet hours`; a channel goes by its own name."""
    language = call.context.language
    outcome = f"reach_{record.reach}" if record.reach is not None else f"hold_{record.hold}"
    parts = [
        words(language, f"answers.notice_event_{record.event}"),
        words(language, f"answers.notice_{outcome}"),
    ]
    if record.instead_of:
        person = names.get(record.instead_of, record.instead_of)
        parts.append(words(language, "answers.notice_instead", person=person))
    who = Bold(names.get(record.recipient, record.recipient))
    return (Moment(record.at, call.context.actor.time_zone), " · ", who, f" · {' · '.join(parts)}")


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk-admin notices",
        place=45,
        who=Role.ADMIN,
        on_ticket=notices,
        reads=True,
        example="notices IT-12",
    ),
)
