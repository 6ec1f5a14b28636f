"""Replies that ended resolved tickets become answers for others who ask the same, where their team wants that.

A change of a ticket only marks it; a worker looks at it later. What is kept says nothing of people, and notes,
private tickets and private inboxes are never read for it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as happened
from bot.domain.desk import Desk
from bot.domain.directory import DESK
from bot.domain.events import StatusChanged
from bot.domain.knowledge.earlier_answer import (
    LONGEST,
    LONGEST_QUESTION,
    MOST_KEPT,
    EarlierAnswer,
    name_of,
)
from bot.domain.knowledge.reply_text import bare_reply, is_substantial
from bot.domain.tickets.conversation import PublicMessage, Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.knowledge.people_mask import PeopleMask, people_of


def follow_answers(context: Context, ticket: Ticket, events: Iterable[happened.Event]) -> None:
    """Have it looked at what a ticket's last reply is now good for; nothing where its team does not want that."""
    if context.team_of(ticket).name in context.desk.knowledge.from_replies and (
        not ticket.status.is_live or any(map(_may_reopen, events))
    ):
        context.uow.earlier_answers.mark(ticket.id)


def _may_reopen(event: happened.Event) -> bool:
    match event:
        case StatusChanged(before=before):
            return not Status(before).is_live
        case _:
            return isinstance(event, happened.ChangeUndone)


def answer_of(context: Context, ticket: Ticket) -> EarlierAnswer | None:
    """What others may be told as its answer: the last substantial thing that an agent said before it was resolved."""
    if not is_source(context.desk, ticket) or context.uow.earlier_answers.is_excluded(ticket.id):
        return None
    own = context.uow.identities.accounts_of(ticket.requester) | {ticket.requester}
    end = _end_of(context.uow.audit_log.of_ticket(ticket.id), own)
    if end is None or _was_found_wanting(context.uow, ticket) or _has_private_thread(context.uow, ticket):
        return None
    mask = PeopleMask(
        context,
        context.uow.people.find_many(people_of(context, ticket)).values(),
        language=ticket.language,
    )
    messages = {each.id: each for each in context.uow.messages.said_in_public(ticket.id)}
    for said in _said_last(end, messages, own):
        text = bare_reply(mask.strictly_over(said.text))
        if not is_substantial(text):
            continue
        return _answer(context, ticket, said, text, mask) if len(text) <= LONGEST else None
    return None


def is_source(desk: Desk, ticket: Ticket) -> bool:
    """Whether its team, its inbox and its state let others be told of it at all."""
    inbox = desk.inboxes.get(ticket.inbox or "")
    is_open_to_all = inbox is not None and not inbox.is_private and not inbox.has_private_threads
    is_asked_there = inbox is not None and ticket.origin == inbox.channel and not ticket.origin.is_direct
    is_over = not ticket.status.is_live and ticket.resolved_at is not None and ticket.merged_into is None
    is_wanted = desk.team_of(ticket).name in desk.knowledge.from_replies
    return is_wanted and is_over and is_open_to_all and is_asked_there and not ticket.is_private


def keep_answer(uow: UnitOfWork, ticket: int, answer: EarlierAnswer | None) -> bool:
    """Have it found from now on, or no longer. Returns whether that changed anything."""
    before = uow.earlier_answers.get(ticket)
    if answer == before:
        return False
    if answer is None:
        forget_answer(uow, ticket)
        return True
    uow.earlier_answers.put(answer)
    uow.passages.replace(answer.article, [answer.passage])
    for old in uow.earlier_answers.beyond(answer.team, kept=MOST_KEPT):
        forget_answer(uow, old)
    return True


def forget_answer(uow: UnitOfWork, ticket: int) -> None:
    uow.earlier_answers.remove(ticket)
    uow.passages.remove(name_of(ticket))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """`message` is its id; None for what was said with the resolution."""

    text: str
    at: datetime
    message: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """How a ticket was resolved, and the ids of what was said while it was worked on for the last time."""

    entry: AuditEntry
    said: tuple[int, ...]


def _end_of(log: Sequence[AuditEntry], own: Collection[str]) -> _End | None:
    """None unless an agent resolved it: who withdrew their request, or said nothing more, was not surely helped.

    `own` are the accounts of its requester. The log's order decides: clocks of platforms may differ from the desk's.
    """
    end: AuditEntry | None = None
    said: list[int] = []
    for entry in log:
        if entry.event == happened.MessageAdded.stored_as and end is None:
            said.append(int(entry.details["message"]))
        elif entry.event == StatusChanged.stored_as:
            before, after = Status(entry.details["before"]), Status(entry.details["after"])
            if before.is_live and not after.is_live:
                end = entry
            elif after.is_live and not before.is_live:
                said, end = [], None
    if end is None or end.details["after"] != Status.RESOLVED or end.details.get("cause"):
        return None
    return None if end.actor == DESK or end.actor in own else _End(entry=end, said=tuple(said))


def _was_found_wanting(uow: UnitOfWork, ticket: Ticket) -> bool:
    """Whether its requester said so. Anonymous ratings tell nobody of one ticket, this included."""
    rated = [each for each in uow.surveys.of_ticket(ticket.id) if each.is_rated and not each.is_anonymous]
    return bool(rated) and rated[-1].is_low


def _has_private_thread(uow: UnitOfWork, ticket: Ticket) -> bool:
    sides = (each for each in uow.conversations.of_ticket(ticket.id) if each.side is Side.REQUESTER)
    return any(each.is_private or each.channel.is_direct for each in sides)


def _said_last(end: _End, messages: Mapping[int, PublicMessage], own: Collection[str]) -> Iterator[_Reply]:
    """The last first: words with the resolution, then public replies of agents. Nothing that was taken back."""
    if reason := str(end.entry.details.get("reason") or ""):
        yield _Reply(text=reason, at=end.entry.at)
    for identity in reversed(end.said):
        said = messages.get(identity)
        if said is None or not said.is_reply or said.is_deleted:
            continue
        if said.author_key != DESK and said.author_key not in own:
            yield _Reply(text=said.text, at=said.said_at, message=said.id)


def _answer(
    context: Context, ticket: Ticket, said: _Reply, text: str, mask: PeopleMask
) -> EarlierAnswer | None:
    """None where the request is gone, or says nothing but who it was."""
    opening = context.uow.messages.opening_of(ticket)
    asked = "" if opening.is_deleted else opening.text
    question = bare_reply(mask.strictly_over(asked or ""))[:LONGEST_QUESTION].strip()
    if not question:
        return None
    return EarlierAnswer(
        ticket=ticket.id,
        message=said.message,
        team=context.team_of(ticket).name,
        community=context.desk.community_of(ticket),
        question=question,
        text=text,
        language=context.language_of(text) or ticket.language,
        said_at=said.at,
    )
