"""Domain event → who is shown what, where, as outbox rows of the same transaction.

State rows (card, acknowledgement, copies) are only wished for here; what they show is rendered when they
are delivered. Notices happen once and carry their sentence's key and words.
"""

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.nudges.events import ClaimWarned, RequesterNudged
from bot.domain.ratings.events import TicketRated
from bot.domain.reminders.events import SnoozeEnded, TicketSnoozed
from bot.domain.replies.status_words import StatusWordsEdited, StatusWordsRecalled
from bot.domain.sla.timer import Measure
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.duplicate import UNMERGED, DuplicateAdded, MergeEnded, TicketMerged
from bot.domain.tickets.privacy import TicketMadePrivate
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.announcements.duplicates import (
    announce_merge,
    is_merge,
    show_to_duplicates,
    show_to_original,
)
from bot.services.tickets.announcements.privacy import announce_private
from bot.services.tickets.announcements.ratings import tell_rating
from bot.services.tickets.announcements.status_words import show_status_words, told_words
from bot.services.tickets.announcements.transfers import TRANSFERRED
from bot.services.tickets.assignment.choice import who_is_asked, who_is_pinged
from bot.services.tickets.copy_rules import is_cut_on_card

_CHANGES_TOPIC = (
    happened.StatusChanged,
    happened.PriorityChanged,
    happened.SubjectChanged,
    happened.TicketTransferred,
    TicketMadePrivate,
    happened.TicketMessageEdited,
    happened.TicketMessageDeleted,
    happened.TicketMessageRecalled,
    happened.FollowerAdded,
    happened.FollowerRemoved,
    happened.MessageSeparated,
    TicketSnoozed,
    SnoozeEnded,
)
"""What a thread's title, tags or members may follow from; an edited request gives its ticket a new subject."""

_TAKES_WORDS = (happened.TicketMessageDeleted, happened.TicketMessageRecalled)
_HEARD_BY_FOLLOWERS = (happened.MessageAdded, happened.StatusChanged)


def announce_opening(
    context: Context,
    ticket: Ticket,
    opening: TicketMessage,
    conversations: Sequence[Conversation],
    *,
    more: Sequence[TicketMessage] = (),
) -> None:
    """A new ticket: an acknowledgement for the requester and a card for the team."""
    audience = Audience(context, ticket, conversations)
    before = ""
    if ticket.follows is not None:
        closed = context.uow.tickets.get(ticket.follows)
        before = closed.reference
        Audience(context, closed, context.uow.conversations.of_ticket(closed.id)).show_acknowledgement()
        audience.tell_requester("requester.follows", before=before)
    audience.show_acknowledgement()
    if not context.is_requester_of(ticket):
        audience.tell_opened_for()
    audience.show_card()
    audience.show_thread_headers()
    if before:
        audience.tell_team("team.follows", before=before)
    _show_homes(context, ticket)
    if is_cut_on_card(opening):
        audience.show_copies(opening, sides=(Side.TEAM,))
    for message in more:
        audience.show_copies(message)
    audience.tell_new(who_is_pinged(context, ticket))
    if ticket.assignee is not None:
        audience.tell_owner("team.assigned_by_rule", NoticeEvent.ROUTED, owner=ticket.assignee)


_ANSWERS = (Measure.FIRST_RESPONSE, Measure.NEXT_RESPONSE)


def announce(
    context: Context, ticket: Ticket, events: Sequence[happened.Event], *, is_told: bool = False
) -> None:
    """Every event of one change to a ticket, in order. `is_told`: the requester was pinged with it already."""
    conversations = context.uow.conversations.of_ticket(ticket.id)
    is_heard = any(isinstance(event, _HEARD_BY_FOLLOWERS) for event in events)
    followers = context.uow.followers.of_ticket(ticket.id) if is_heard else ()
    audience = Audience(context, ticket, conversations, followers=followers)
    audience.said = next((each.message for each in events if isinstance(each, happened.MessageAdded)), None)
    audience.brings_words = audience.said is not None
    audience.takes_words = any(isinstance(event, _TAKES_WORDS) for event in events)
    audience.is_told = is_told or audience.brings_words or context.is_requester_of(ticket)
    audience.is_reopened = any(_is_reopening(event) for event in events)
    for event in events:
        _announce_one(context, ticket, event, audience)
    audience.show_card()
    if ticket.has_duplicates:
        show_to_duplicates(context, ticket, events)
    if ticket.merged_into is not None:
        show_to_original(context, ticket, events)
    if any(isinstance(event, _CHANGES_TOPIC) for event in events):
        audience.show_thread_headers()
    _show_homes(context, ticket, events)


def _show_homes(context: Context, ticket: Ticket, events: Sequence[happened.Event] = ()) -> None:
    """Home pages that somebody may be looking at and that show this ticket, or showed it until now."""
    if not context.homes.are_open:
        return
    people = {*context.uow.identities.accounts_of(ticket.requester), ticket.assignee}
    teams = {context.team_of(ticket).name}
    for event in events:
        match event:
            case happened.TicketAssigned(before=before) | happened.TicketReleased(before=before):
                people.add(before)
            case happened.TicketTransferred(before=team) if team in context.desk.teams:
                teams.add(team)
            case _:
                pass
    for name in sorted(teams):
        for home in context.homes.concerned(people, team=context.desk.teams[name], now=context.now):
            context.uow.outbox.put_state(
                RowKind.HOME, conversation=home.conversation, subject=0, now=context.now
            )


def _announce_one(context: Context, ticket: Ticket, event: happened.Event, audience: Audience) -> None:
    match event:
        case happened.StatusChanged():
            audience.show_acknowledgement()
            _status_changed(context, ticket, event, audience)
        case happened.TicketTransferred():
            audience.show_acknowledgement()
            _transferred(context, event, audience)
            if event.cause != happened.NEXT_REGION:  # one message tells of all that came with it
                audience.tell_new(who_is_pinged(context, ticket))
        case happened.TicketAssigned():
            audience.show_acknowledgement()
            _assigned(context, event, audience)
        case (
            happened.TicketReleased()
            | happened.PriorityChanged()
            | happened.SubjectChanged()
            | happened.FirstResponseGiven()
            | happened.ReplyAwaited()
            | happened.NextResponseGiven()
            | happened.PolicyApplied()
        ):
            audience.show_acknowledgement()
            if isinstance(event, happened.TicketReleased):
                _released(context, ticket, event, audience)
        case happened.SlaStageReached() if event.is_breach and event.measure in _ANSWERS:
            audience.show_acknowledgement()
        case happened.MessageAdded():
            message = context.uow.messages.get(event.message)
            audience.show_copies(message)
            is_request = message.kind is MessageKind.REQUEST
            audience.tell_words(message, watching=who_is_pinged(context, ticket) if is_request else ())
        case (
            happened.TicketMessageEdited()
            | happened.TicketMessageDeleted()
            | happened.TicketMessageRecalled()
        ):
            message = context.uow.messages.get(event.message)
            audience.show_copies(message, is_change=True)
            audience.show_words_told(message)
            audience.show_question(message)
            audience.owner.tell_recalled(event)
        case happened.MessageSeparated():
            message = context.uow.messages.get(event.message)
            audience.show_copies(message, is_change=True)
            audience.take_back(message)
            audience.show_acknowledgement()
            audience.show_resolution()
            _show_surveys(context, ticket, audience)
        case happened.FollowerAdded() | happened.PersonMentioned():
            audience.tell_follower(event)
        case _:
            _announce_rest(context, ticket, event, audience)


def _announce_rest(context: Context, ticket: Ticket, event: happened.Event, audience: Audience) -> None:
    """What nobody did to the ticket. The card shows what is left: tags, fields, SLA stages."""
    match event:
        case TicketMerged() | DuplicateAdded() | MergeEnded():
            announce_merge(context, ticket, event, audience)
        case StatusWordsEdited() | StatusWordsRecalled():
            show_status_words(context, ticket, event)
            audience.owner.tell_recalled(event)
        case TicketMadePrivate():
            announce_private(context, ticket, audience)
        case TicketRated():
            tell_rating(context, ticket, event, audience)
        case TicketSnoozed() if event.reason:
            until = event.until.isoformat()
            audience.tell_team("team.snoozed", name=context.actor.name, until=until, reason=event.reason)
        case SnoozeEnded():
            _snooze_ended(context, ticket, event, audience)
        case happened.RequesterLeft():
            audience.tell_team("team.requester_left", name=context.actor.name)
        case RequesterNudged():
            audience.questions.tell_nudge(event)
        case ClaimWarned():
            until = event.lapses_at.isoformat()
            audience.tell_owner("team.claim_lapsing", NoticeEvent.LAPSING, owner=event.owner, until=until)
        case happened.DeliveryFailed():
            audience.tell_team(
                "team.undelivered",
                reason=event.error,
                command=verbs.typed(context.desk.command_names, verbs.OUTBOX),
            )
        case _:
            pass


def _status_changed(
    context: Context, ticket: Ticket, event: happened.StatusChanged, audience: Audience
) -> None:
    name, told = context.actor.name, told_words(context, ticket, event)
    if event.before == Status.RESOLVED:
        audience.show_resolution()
    if not Status(event.before).is_live:
        _show_surveys(context, ticket, audience)
    if event.before == Status.PENDING and context.team_of(ticket).nudges.pending is not None:
        audience.questions.show_nudge()
    if event.before == Status.PENDING and audience.takes_words:
        audience.questions.withdraw_waiting()
    match Status(event.after):
        case Status.PENDING:
            audience.tell_waiting(name=name)
        case Status.ON_HOLD:
            audience.tell_requester(_because("requester.held", event), **told)
            audience.tell_team(_because("team.held", event), name=name, **told)
        case Status.RESOLVED:
            audience.tell_resolution(told, name=name, cause=event.cause)
            audience.tell_colleagues_resolved()
            if event.cause == happened.NO_REPLY:
                audience.tell_team("team.resolved_no_reply")
            elif event.reason:
                audience.tell_team("team.resolved", name=name, **told)
            audience.owner.tell_finished(Status.RESOLVED)
        case Status.CLOSED:
            _closed(context, ticket, event, audience, {"name": name, **told})
            audience.send_transcripts()
        case Status.NEW | Status.OPEN:
            _reopened(context, ticket, event, audience, name=name)
        case never:
            assert_never(never)


def _show_surveys(context: Context, ticket: Ticket, audience: Audience) -> None:
    """Whoever was asked of a resolution is asked no more, or again; where nobody is asked nothing is read."""
    if context.team_of(ticket).satisfaction is not None:
        audience.questions.show_surveys([each.id for each in context.uow.surveys.of_ticket(ticket.id)])


def _because(key: str, event: happened.StatusChanged) -> str:
    """The sentence that says why, where there is a reason."""
    return f"{key}_because" if event.reason else key


def _closed(
    context: Context,
    ticket: Ticket,
    event: happened.StatusChanged,
    audience: Audience,
    told: Mapping[str, str],
) -> None:
    """The acknowledgement says it in any case; what the desk does by itself after some days is no news."""
    if is_merge(event):
        return  # both were told of that
    audience.owner.tell_finished(Status.CLOSED)
    if event.cause == happened.SOLVED_BY_ANSWER:
        audience.tell_team("team.solved_by_answer", **told)
    elif context.is_requester_of(ticket):
        is_withdrawn = ticket.first_replied_at is None
        audience.tell_team(_because("team.withdrawn" if is_withdrawn else "team.closed", event), **told)
    elif event.actor != DESK:
        audience.tell_requester(_because("requester.closed", event), **told)


def _reopened(
    context: Context, ticket: Ticket, event: happened.StatusChanged, audience: Audience, *, name: str
) -> None:
    """Whoever has the ticket is told, unless they did it themselves; where nobody has it, who may take it."""
    if not _is_reopening(event):
        return
    was_waiting = Status(event.before).is_waiting
    audience.tell_followers_reopened()
    if not was_waiting:
        _tell_reopened(ticket, event, audience)
    if event.actor == ticket.assignee:
        if not was_waiting:
            audience.tell_team("team.reopened_own", name=name)
        return
    has_replied = was_waiting and audience.brings_words and context.is_requester_of(ticket)
    sentence = "team.replied" if has_replied else "team.reopened"
    if ticket.assignee is not None:
        audience.tell_owner(sentence, NoticeEvent.REOPENED, name=name, owner=ticket.assignee)
    elif (asked := who_is_asked(context, ticket)) is not None:
        audience.tell_owner(f"{sentence}_unassigned_for", NoticeEvent.REOPENED, name=name, owner=asked)
    else:
        audience.tell_team(f"{sentence}_unassigned", name=name)


def _tell_reopened(ticket: Ticket, event: happened.StatusChanged, audience: Audience) -> None:
    if event.cause == UNMERGED:
        audience.tell_requester("requester.unmerged", team=ticket.team)
    else:
        audience.tell_requester("requester.reopened")


def _snooze_ended(context: Context, ticket: Ticket, event: SnoozeEnded, audience: Audience) -> None:
    """Its assignee hears that its time is over; who snoozed it, that its requester wrote before that."""
    if event.actor == DESK and ticket.assignee is not None:
        audience.tell_owner("team.snooze_over", NoticeEvent.SNOOZE_OVER, owner=ticket.assignee)
    elif event.actor == DESK:
        audience.tell_team("team.snooze_over_unassigned")
    elif not context.is_requester_of(ticket):
        return  # whoever ended it by hand knows; the card says so
    elif event.by == ticket.assignee:
        audience.tell_team("team.snooze_ended", name=context.actor.name)
    else:
        audience.tell_owner(
            "team.snooze_ended_for", NoticeEvent.SNOOZE_ENDED, name=context.actor.name, owner=event.by
        )


def _is_reopening(event: happened.Event) -> bool:
    return (
        isinstance(event, happened.StatusChanged)
        and event.before not in (Status.NEW, Status.OPEN)
        and event.after in (Status.NEW, Status.OPEN)
    )


def _assigned(context: Context, event: happened.TicketAssigned, audience: Audience) -> None:
    """Who gets a ticket from somebody else hears of it, and so does whoever loses it to a take-over."""
    name = context.actor.name
    if event.actor == DESK:
        audience.tell_owner("team.assigned_by_rule", NoticeEvent.ASSIGNED, owner=event.after)
    elif event.actor != event.after:
        audience.tell_owner("team.assigned", NoticeEvent.ASSIGNED, name=name, owner=event.after)
    elif event.before is not None and event.before != event.actor:
        audience.tell_owner("team.taken_over", NoticeEvent.TAKEN_OVER, name=name, owner=event.before)


def _released(context: Context, ticket: Ticket, event: happened.TicketReleased, audience: Audience) -> None:
    """A claim that lapsed is told to who had it, and as a new request to who hears of those; not to both."""
    if event.cause != happened.NO_SIGN:
        return
    audience.tell_owner("team.claim_lapsed", NoticeEvent.LAPSED, owner=event.before)
    audience.tell_new(who_is_pinged(context, ticket), besides=event.before)


def _transferred(context: Context, event: happened.TicketTransferred, audience: Audience) -> None:
    """The history follows into the new team's thread; the old one says where it went.

    The new card comes first: it begins the thread, and what stands before it would wait for it in vain.
    """
    audience.show_card()
    for message in context.uow.messages.of_ticket(audience.ticket.id):
        audience.show_copies(message, sides=(Side.TEAM,))
    audience.tell_retired(TRANSFERRED[event.cause], name=context.actor.name, team=event.after)
    audience.questions.offer_privacy(former=event.before)
    if audience.ticket.is_private:
        audience.tell_requester("requester.moved", team=event.after)
        audience.questions.show_team_offer()
        audience.hide_from_former()
