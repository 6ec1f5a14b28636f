"""Reminders: set, moved, ended, and told once when they are due, to whoever may still see the ticket.

All of it happens with the ticket locked, so no replica tells what another has told, and nothing is told of a
reminder that was ended a moment ago.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import NotAllowed, Refused
from bot.domain.events import Event
from bot.domain.notices.choice import NoticeWay
from bot.domain.reminders.events import ReminderEnded, ReminderSet, ReminderTold
from bot.domain.reminders.reminder import LONGEST_WORDS, MOST_WAITING, Reminder
from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.context.sight import Sight, sight_of
from bot.services.outbox.direct_notices import tell_directly
from bot.services.reminders.presence import is_there

KEPT: Final = timedelta(days=30)
"""How long a reminder that was told, or ended, can be set again by its buttons."""
REMINDER: Final = "reminder"
DUE: Final = "due"
"""What the rows of reminders say: its id, and the time for which it was told."""


def set_reminder(
    context: Context, ticket: Ticket, *, person: Person, due_at: datetime, words: str
) -> Reminder:
    """Remind the person of a locked ticket. Raises NotAllowed for who may not see its notes, Refused for too many."""
    if person.key != context.actor.key and not context.desk.teams_of(person):
        raise NotAllowed("refusals.no_agent", name=person.name)
    if sight_of(context.uow, context.desk, ticket, person) is not Sight.TEAMS_SIDE:
        raise NotAllowed("refusals.reminder_unseen", name=person.name, reference=ticket.reference)
    own = [each for each in reminders_of(context) if each.author == context.actor.key]
    if len(own) >= MOST_WAITING:
        raise Refused("refusals.too_many_reminders", maximum=MOST_WAITING)
    reminder = Reminder(
        id=context.uow.new_id(),
        ticket=ticket.id,
        person=person.key,
        author=context.actor.key,
        words=" ".join(words.split())[:LONGEST_WORDS],
        set_at=context.now,
        due_at=due_at,
        next_at=due_at,
    )
    context.uow.reminders.add(reminder)
    context.uow.reminders.forget_before(context.now - KEPT)
    by, now = context.actor.key, context.now
    _log(context, ticket, ReminderSet(actor=by, at=now, person=person.key, due_at=due_at))
    return reminder


def reminders_of(context: Context) -> list[Reminder]:
    """Those still to come that the actor is to hear, or set for a colleague; the soonest first."""
    return list(context.uow.reminders.waiting_of(context.actor.key))


def reminder_of_actor(context: Context, reminder_id: int) -> Reminder:
    """Raises Refused where there is none, or it is none of theirs."""
    found = context.uow.reminders.get(reminder_id)
    if found is None or context.actor.key not in (found.person, found.author):
        raise Refused("refusals.no_reminder")
    return found


def move_reminder(
    context: Context, ticket: Ticket, reminder: Reminder, *, due_at: datetime, words: str = ""
) -> Reminder:
    """Tell it then instead, or once more; the ticket is locked. Raises Refused where the actor lost sight of it."""
    if context.sight(ticket) is not Sight.TEAMS_SIDE:
        raise Refused("refusals.no_reminder")
    moved = reminder.moved(due_at, at=context.now, words=" ".join(words.split())[:LONGEST_WORDS])
    context.uow.reminders.save(moved)
    by, now = context.actor.key, context.now
    event = ReminderSet(actor=by, at=now, person=moved.person, due_at=due_at, is_moved=True)
    _log(context, ticket, event)
    _show_again(context, reminder)
    return moved


def end_reminder(context: Context, ticket: Ticket, reminder: Reminder) -> None:
    """Done where it was told, else cancelled; the ticket is locked. Nothing happens where it has ended."""
    if reminder.ended_at is not None:
        return
    context.uow.reminders.save(reminder.ended(at=context.now))
    is_done = reminder.told_at is not None
    by, now = context.actor.key, context.now
    _log(context, ticket, ReminderEnded(actor=by, at=now, person=reminder.person, is_done=is_done))
    _show_again(context, reminder)


def give_reminder(context: Context, ticket: Ticket, reminder_id: int) -> bool:
    """Tell what is due, to a locked ticket; returns whether it was. Who is not there hears it when they are back."""
    reminder = context.uow.reminders.get(reminder_id)
    if reminder is None or not reminder.is_due(context.now):
        return False  # another replica was faster, or it was moved or ended
    person = context.uow.people.find(reminder.person)
    if person is None or not person.is_active or _has_lost_sight(context, ticket, person):
        _drop(context, ticket, reminder, person)
        return True
    if not is_there(context, person, ticket, at=context.now):
        context.uow.reminders.save(reminder.put_off(at=context.now))
        return False
    context.uow.reminders.save(reminder.told(at=context.now))
    told = ReminderTold(actor=context.actor.key, at=context.now, person=person.key)
    _log(context, ticket, told)
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=place_of(context, ticket, person).id,
        key=key_of(reminder),
        payload={REMINDER: reminder.id, DUE: reminder.due_at.isoformat()},
        subject=ticket.id,
        now=context.now,
    )
    return True


def key_of(reminder: Reminder) -> str:
    """Of the message that tells it; one that was moved is told by another."""
    return f"{REMINDER}:{reminder.id}:{reminder.set_at.isoformat()}:{reminder.due_at.isoformat()}"


def _has_lost_sight(context: Context, ticket: Ticket, person: Person) -> bool:
    return sight_of(context.uow, context.desk, ticket, person) is not Sight.TEAMS_SIDE


def _drop(context: Context, ticket: Ticket, reminder: Reminder, person: Person | None) -> None:
    """Nothing of a ticket that they may not see is told to them, not even its number; their own words are theirs."""
    context.uow.reminders.save(reminder.ended(at=context.now))
    ended = ReminderEnded(actor=context.actor.key, at=context.now, person=reminder.person)
    _log(context, ticket, ended)
    if not reminder.is_own:
        author = context.uow.people.find(reminder.author)
        if author is not None and author.is_active and not _has_lost_sight(context, ticket, author):
            name = person.name if person is not None else reminder.person
            tell_directly(
                context,
                author.key,
                "team.reminder_not_told",
                key=key_of(reminder),
                name=name,
                reference=ticket.reference,
            )
    elif person is not None and person.is_active:
        sentence = "team.reminder_without_ticket" if reminder.words else "team.reminder_without_words"
        words = {"text": reminder.words} if reminder.words else {}
        tell_directly(context, person.key, sentence, key=key_of(reminder), **words)


def place_of(context: Context, ticket: Ticket, person: Person) -> Conversation:
    """As the person chose for notices; who chose none asked for this one all the same, and hears it directly."""
    if context.uow.notice_choices.of(person.key).way is NoticeWay.THREAD:
        for each in context.uow.conversations.of_ticket(ticket.id):
            is_here = each.side is Side.TEAM and not each.is_retired and each.root is not None
            is_theirs = each.channel.platform == person.platform and context.team_of(ticket).has_agent(person)
            if is_here and is_theirs:
                return each
    return context.uow.conversations.of_channel(ChannelRef.direct(person.key))


def _show_again(context: Context, reminder: Reminder) -> None:
    """What was told of it has no buttons that mean nothing any more."""
    if reminder.told_at is not None:
        context.uow.outbox.show_again([key_of(reminder)])


def _log(context: Context, ticket: Ticket, event: Event) -> None:
    context.uow.audit_log.append(ticket.id, [event])
