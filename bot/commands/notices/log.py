"""`/desk-admin notices`: who was told of what on a ticket, how, and whether it arrived; or why not."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby

from bot.commands.framework.command import Call, Command, Role
from bot.domain.directory import ChannelRef
from bot.domain.notices.notice_record import NoticeEvent, NoticeReach, NoticeRecord
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Moment, PrivateReply, RichText
from bot.ports.storage.outbox import RowKind, RowState
from bot.text.amounts import listed_texts
from bot.text.sentences import joined, words

MOST = 50
"""Decisions that are listed, the newest ones."""
MOST_FAILED = 500
"""Messages that failed, in which those of the ticket are looked for."""


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
    heading = call.say("answers.notices", reference=ticket.reference)
    undelivered = _undelivered(call, ticket)
    moments = [
        _moment(call, event, list(told), names, undelivered)
        for event, told in groupby(records, key=lambda each: (each.at, each.event))
    ]
    return PrivateReply(text=joined(heading, *moments, elsewhere, by="\n"))


def _moment(
    call: Call,
    key: tuple[datetime, NoticeEvent],
    records: list[NoticeRecord],
    names: Mapping[str, str],
    undelivered: Callable[[NoticeRecord], bool],
) -> RichText:
    """`09:00 · The requester wrote`, and below it a sentence for those who were told alike, or not told."""
    (at, event), by_outcome = key, dict[str, list[NoticeRecord]]()
    for each in records:
        by_outcome.setdefault(
            f"told_{each.reach}" if each.reach is not None else f"held_{each.hold}", []
        ).append(each)
    sentences = [
        call.say(
            f"answers.notice_{outcome}",
            count=len(of_it),
            people=listed_texts([_person(call, each, names) for each in of_it], call.context.language),
        )
        for outcome, of_it in by_outcome.items()
    ]
    if lost := [each for each in records if undelivered(each)]:
        people = listed_texts([_person(call, each, names) for each in lost], call.context.language)
        command = verbs.typed(call.context.desk.command_names, verbs.OUTBOX)
        sentences.append(call.say("answers.notice_undelivered", people=people, command=command))
    what = words(call.context.language, f"answers.notice_event_{event}")
    when = Moment(at, call.context.actor.time_zone)
    return joined((when, " · ", Bold(f"{what[:1].upper()}{what[1:]}")), *sentences, by="\n• ")


def _person(call: Call, record: NoticeRecord, names: Mapping[str, str]) -> RichText:
    """A channel goes by its own name."""
    who = (Bold(names.get(record.recipient, record.recipient)),)
    if not record.instead_of:
        return who
    person = names.get(record.instead_of, record.instead_of)
    return (*who, f" ({words(call.context.language, 'answers.notice_instead', person=person)})")


def _undelivered(call: Call, ticket: Ticket) -> Callable[[NoticeRecord], bool]:
    """Whether the message that told it is among those that failed, or that wait for their thread."""
    rows = call.context.uow.outbox.listing((RowState.DEAD, RowState.PARKED), limit=MOST_FAILED)
    direct = {(row.conversation.channel, row.created_at) for row in rows if row.kind is RowKind.NOTICE}
    copies = {(row.conversation.id, row.subject) for row in rows if row.kind is RowKind.COPY}
    cards = {row.conversation.id for row in rows if row.kind is RowKind.CARD and row.subject == ticket.id}

    def is_undelivered(record: NoticeRecord) -> bool:
        match record.reach:
            case None:
                return False
            case NoticeReach.CARD:
                return record.conversation in cards
            case NoticeReach.DIRECT | NoticeReach.BUNDLE:
                return (ChannelRef.direct(record.recipient), record.at) in direct
            case _:
                return (record.conversation, record.message) in copies

    return is_undelivered


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
