"""What the next region reads: who had each ticket, what was done last, and what is next.

For the team's channel alone: it tells what notes say.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.domain.levels.hand_over import HandedOver, HandOver
from bot.domain.levels.next_step import next_step_of
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Moment, Notice, RichText
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.levels.hand_overs import receiver_of
from bot.text.sentences import joined, say

LISTED: Final = 20
"""Tickets that are named."""
SUBJECT: Final = 60
EXCERPT: Final = 80
"""Characters of a subject, and of what somebody wrote."""
_LATE: Final = datetime.max.replace(tzinfo=UTC)


def is_hand_over(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return "hand_over" in payload


def hand_over_notice(view: View, row: OutboxRow) -> Notice | None:
    """None where nothing is left to tell."""
    told = view.uow.hand_overs.get(int(row.payload["hand_over"]))
    if told is None:
        return None
    if "kept" in row.payload:
        return Notice(text=_kept(view, told, int(row.payload["kept"])))
    moved = view.uow.hand_overs.moved(told.id)
    tickets = view.uow.tickets.get_many(each.ticket for each in moved)
    known = [
        (tickets[each.ticket], each)
        for each in moved
        if each.ticket in tickets
        and (tickets[each.ticket].team == told.receiver or not tickets[each.ticket].is_private)
    ]
    if not known:
        return None
    known.sort(key=lambda pair: (pair[0].due_at or _LATE, pair[0].id))
    language = view.language
    title = Bold(view.desk.title_of(told.team))
    lines = [_line(view, ticket, each) for ticket, each in known[:LISTED]]
    more: RichText = ()
    if len(known) > LISTED:
        command = verbs.typed(view.desk.command_names, verbs.QUEUE)
        more = say(language, "team.hand_over_more", count=len(known) - LISTED, command=command)
    heading = joined(say(language, "team.hand_over", team=title, count=len(known)), *_off(view, told))
    return Notice(text=joined(heading, *lines, more, by="\n"))


def _kept(view: View, told: HandOver, count: int) -> RichText:
    title = Bold(view.desk.title_of(told.team))
    return joined(*_off(view, told), say(view.language, "team.hand_over_kept", team=title, count=count))


def _off(view: View, told: HandOver) -> Iterator[RichText]:
    """Who would have been next and is not there in time."""
    if told.team not in view.desk.teams:
        return
    for team, until in receiver_of(view.desk, told).off:
        if until is None:
            yield say(view.language, "team.hand_over_off", team=team.title)
        else:
            yield say(view.language, "team.hand_over_off_until", team=team.title, until=Moment(until))


def _line(view: View, ticket: Ticket, handed: HandedOver) -> RichText:
    """`IT-1 VPN is down · Bo Berg had it · last: “Restarted it” (Bo Berg) · next: call the vendor`."""
    language = view.language
    reference = view.card_link(ticket, ticket.reference) or Bold(ticket.reference)
    had = (
        say(language, "team.hand_over_had", name=view.person(handed.holder).name)
        if handed.holder
        else say(language, "team.hand_over_unassigned")
    )
    said = [
        each
        for each in view.uow.messages.of_ticket(ticket.id)
        if each.kind in (MessageKind.REPLY, MessageKind.NOTE) and not each.is_deleted
    ]
    parts = [had, _last(view, said), *_next(view, ticket, said)]
    return joined((reference, f" {subject_of(ticket.subject, limit=SUBJECT)}"), *parts, by=" · ")


def _last(view: View, said: list[TicketMessage]) -> RichText:
    """What an agent said last, in public or to the team."""
    done = [each for each in said if each.text.strip() and not next_step_of(each.text)]
    if not done:
        return say(view.language, "team.hand_over_no_last")
    text = subject_of(done[-1].text, limit=EXCERPT)
    return say(view.language, "team.hand_over_last", text=text, name=done[-1].author_name)


def _next(view: View, ticket: Ticket, said: list[TicketMessage]) -> Iterator[RichText]:
    """What a note says is next, whom the ticket waits for, and when it is due."""
    language = view.language
    steps = [step for each in said if each.kind is MessageKind.NOTE and (step := next_step_of(each.text))]
    if steps:
        yield say(language, "team.hand_over_next", text=subject_of(steps[-1], limit=EXCERPT))
    if ticket.status is Status.PENDING:
        yield say(language, "team.hand_over_pending", name=view.person(ticket.requester).name)
    elif ticket.status is Status.ON_HOLD:
        yield say(language, "team.hand_over_on_hold")
    elif ticket.owes_answer:
        yield say(language, "team.hand_over_answer", name=view.person(ticket.requester).name)
    if ticket.due_at is not None:
        key = "commands.overdue_since" if ticket.due_at <= view.now else "commands.due"
        yield say(language, key, at=Moment(ticket.due_at))
