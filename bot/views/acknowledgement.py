"""What the requester is told about a ticket, in one message that is kept true: number, team and promise."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.credentials import hide_credentials
from bot.domain.directory import ChannelRef
from bot.domain.events import TicketAssigned
from bot.domain.knowledge.offer import AnswersJudged
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.conversation import Conversation, PublicMessage
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Moment, Notice, Quote, RichText, Tone
from bot.ports.storage.audit_log import AuditEntry
from bot.services.context.status_words import RESOLUTION, resolution_number
from bot.services.context.view import View
from bot.services.tickets.copy_rules import is_as_private
from bot.services.tickets.merges.readers import stays_apart
from bot.services.tickets.privacy.team_readers import is_worth_naming, says_who_reads
from bot.text import terms
from bot.text.amounts import listed
from bot.text.instants import spoken
from bot.text.sentences import joined, say, words

QUOTE_LIMIT = 1_500
SUBJECT_LIMIT = 60
"""Characters of a subject in a line among others."""


def acknowledgement(view: View, ticket: Ticket, conversation: Conversation, *, is_root: bool) -> Notice:
    """The acknowledgement as of now.

    Where it is the thread's first message it says what was asked, except that a private request is told
    nowhere but in direct messages.
    """
    is_among_them = conversation.channel.is_direct or conversation.is_private
    is_discreet = ticket.is_private and not is_among_them
    text: RichText = ()
    if is_root and not is_discreet:
        text = _question(view, ticket, view.uow.messages.opening_of(ticket), conversation)
    # A requester from elsewhere (an import) is nobody who could press a button here.
    is_here = ticket.requester.startswith(f"{conversation.channel.platform}:")
    after = _continued_by(view, ticket, conversation)
    buttons = own_buttons(view, ticket) if is_here and after is None else ()
    state = state_of(view, ticket, after=after)
    if is_among_them and is_worth_naming(view.uow, view.desk, ticket):
        state = joined(state, says_who_reads(view.uow, view.desk, ticket, language=ticket.language))
    return Notice(
        text=joined(text, state, by="\n"),
        buttons=buttons,
        tone=tone_of(ticket),
        followers=(ticket.requester,) if is_here else (),
    )


def _question(view: View, ticket: Ticket, opening: PublicMessage, conversation: Conversation) -> RichText:
    if opening.is_deleted:
        return ()
    text = opening.text if is_as_private(conversation) else hide_credentials(opening.text)
    asked = text if len(text) <= QUOTE_LIMIT else text[:QUOTE_LIMIT] + "…"
    command = f"{verbs.typed(view.desk.command_names, verbs.SHOW)} {ticket.reference}"
    rest = say(ticket.language, "requester.quoted_in_part", command=Code(command)) if asked != text else ()
    opener = view.uow.audit_log.opener_of(ticket.id)
    key = _heading(ticket, opener, conversation)
    name = Bold(view.name_for_requester(ticket, opener))
    files = _files(ticket, opening)
    return joined(say(ticket.language, key, name=name, text=Quote(asked)), files, rest, by="\n")


def _files(ticket: Ticket, opening: PublicMessage) -> RichText:
    """The names of what came with it, which a form or command brought and no message shows."""
    names = [each.name for each in opening.files if each.digest is not None]
    if not names:
        return ()
    files = listed(names, ticket.language)
    return say(ticket.language, "requester.asked_with_files", files=files)


def _heading(ticket: Ticket, opener: str, conversation: Conversation) -> str:
    """Nobody is told their own name where nobody else reads."""
    if opener != ticket.requester:
        return "requester.opened_for_you"
    return "requester.you_asked" if conversation.channel == ChannelRef.direct(opener) else "requester.asked"


def _continued_by(view: View, ticket: Ticket, conversation: Conversation) -> Ticket | None:
    """The ticket that goes on in this thread of a closed one."""
    if ticket.status is not Status.CLOSED or conversation.root is None:
        return None
    newest = view.uow.conversations.find(conversation.channel, conversation.root)
    if newest is None or newest.ticket_id in (None, ticket.id):
        return None
    after = view.uow.tickets.get(newest.ticket_id or 0)
    return after if is_as_private(conversation) or not after.is_private else None


def state_of(view: View, ticket: Ticket, *, after: Ticket | None = None) -> RichText:
    """What becomes of it and when the requester hears of that, to them. `after` goes on where it ended."""
    reference = Bold(ticket.reference)
    if after is not None:
        return say(ticket.language, "requester.continued_state", reference=reference, other=after.reference)
    match ticket.status:
        case Status.RESOLVED:
            return say(ticket.language, "requester.resolved_state", reference=reference)
        case Status.CLOSED if ticket.merged_into is not None:
            original = view.uow.tickets.get(ticket.merged_into)
            is_apart = stays_apart(view.uow, original, ticket)
            key = "requester.merged_state_apart" if is_apart else "requester.merged_state"
            return say(ticket.language, key, reference=reference, team=view.team(original).title)
        case Status.CLOSED:
            key = "requester.withdrawn_state" if was_withdrawn(view, ticket) else "requester.closed_state"
            return say(ticket.language, key, reference=reference)
        case _:
            return _live_state(view, ticket)


def was_withdrawn(view: View, ticket: Ticket) -> bool:
    """Whether the requester took it back before anybody, or an article, had answered or resolved it."""
    if ticket.status is not Status.CLOSED or ticket.first_replied_at is not None or ticket.merged_into:
        return False
    entries = view.uow.audit_log.of_ticket(ticket.id)
    place, last = next(each for each in reversed([*enumerate(entries)]) if each[1].event == "StatusChanged")
    is_solved = any(each.event == AnswersJudged.stored_as for each in entries[place:])
    if last.details["before"] == Status.RESOLVED or is_solved:
        return False
    return last.actor in view.uow.identities.accounts_of(ticket.requester)


def _live_state(view: View, ticket: Ticket) -> RichText:
    team = view.team(ticket).title
    received = say(ticket.language, "requester.received", reference=Bold(ticket.reference), team=team)
    return joined(received, progress(view, ticket))


def progress(view: View, ticket: Ticket) -> RichText:
    """Who works on a request that is not finished, what it waits for, and when its requester hears of it."""
    language = ticket.language
    text: RichText = ()
    if ticket.assignee is not None:
        name = view.name_for_requester(ticket, ticket.assignee)
        key = "requester.working_on_it" if is_at_work(view, ticket) else "requester.assigned"
        text = say(language, key, name=name)
    if ticket.status is Status.PENDING:
        return joined(text, say(language, "requester.waiting"))
    if ticket.status is Status.ON_HOLD:
        text = joined(text, say(language, "requester.on_hold"))
        if _owed(view, ticket) is None:
            return text
    return joined(text, _promise(view, ticket))


def news_of(view: View, ticket: Ticket) -> RichText:
    """What who asks for news on the ticket itself is told: how it stands, when they hear of it, who reads that."""
    unsaid = when_unsaid(view, ticket)
    return joined(
        state_of(view, ticket), unsaid, say(ticket.language, "requester.team_sees") if unsaid else ()
    )


def when_unsaid(view: View, ticket: Ticket) -> RichText:
    """To who asks when: what is true where the state says no time, and nothing where it does."""
    owed = _owed(view, ticket)
    is_said = owed is not None and owed.due_at is not None
    if not ticket.status.is_live or ticket.status is Status.PENDING or is_said:
        return ()
    timers = [each for each in view.uow.sla_timers.of_ticket(ticket.id) if each.running_since is not None]
    if any(each.due_at is not None and each.due_at <= view.now for each in timers):
        return say(ticket.language, "requester.is_late")
    due = next((each.due_at for each in timers if each.measure is Measure.RESOLUTION), None)
    if due is None:
        return say(ticket.language, "requester.no_time_yet")
    return say(ticket.language, "requester.resolution_promised", at=_spoken(view, ticket, due))


def request_line(view: View, ticket: Ticket, *, language: str) -> RichText:
    """One of somebody's requests among others: its number, its subject, how it stands, and when they hear of it."""
    ticket = replace(ticket, language=language)
    state: RichText = (terms.capitalised(terms.status(ticket.status, language)),)
    if ticket.status.is_live:
        state = joined(progress(view, ticket), when_unsaid(view, ticket)) or state
    subject = subject_of(ticket.subject, limit=SUBJECT_LIMIT)
    return say(
        language, "requester.request_line", reference=Bold(ticket.reference), subject=subject, state=state
    )


def is_at_work(view: View, ticket: Ticket) -> bool:
    return ticket.id in at_work(view, [ticket])


def at_work(view: View, tickets: Sequence[Ticket]) -> frozenset[int]:
    """Ids of those whose assignee took them themselves or has answered: of what one is given one may not know yet."""
    answered = {each.id for each in tickets if each.first_replied_at is not None}
    open_ = {each.id: each for each in tickets if each.assignee and each.first_replied_at is None}
    taken = {
        key
        for key, entries in view.uow.audit_log.of_tickets(open_).items()
        if _assigned_by(entries) == open_[key].assignee
    }
    return frozenset(answered | taken)


def _assigned_by(entries: Iterable[AuditEntry]) -> str | None:
    """Who chose the assignee, last."""
    by = [each.actor for each in entries if each.event == TicketAssigned.stored_as]
    return by[-1] if by else None


def _promise(view: View, ticket: Ticket) -> RichText:
    """When to expect the answer that is owed; when nobody is on duty, until when.

    Said so that it stays true while it stands there: until the hours begin it is not said again.
    """
    timer, is_next = _owed(view, ticket), ticket.first_replied_at is not None
    due = None if timer is None else timer.due_at
    if is_next and due is None:
        return say(ticket.language, "requester.answered")
    calendar = view.team(ticket).calendar
    back = None if calendar.is_open(view.now) else calendar.next_open(view.now)
    return say(
        ticket.language,
        _promise_key(view, timer, is_next=is_next, is_off_duty=back is not None),
        at=_spoken(view, ticket, due),
        back=_spoken(view, ticket, back),
    )


def _promise_key(view: View, timer: SlaTimer | None, *, is_next: bool, is_off_duty: bool) -> str:
    """What was due as soon as it was promised, as with a stricter team, was never told and so is not missed."""
    if timer is None or timer.due_at is None:
        return "requester.off_duty" if is_off_duty else "requester.no_promise"
    if timer.due_at == timer.running_since and timer.due_at <= view.now:
        return "requester.promise_due_off_duty" if is_off_duty else "requester.promise_due"
    which = f"{'next_' if is_next else ''}promise{'_broken' if timer.due_at <= view.now else ''}"
    return f"requester.{which}{'_off_duty' if is_off_duty else ''}"


def _spoken(view: View, ticket: Ticket, at: datetime | None) -> Moment | str:
    """As the requester says it."""
    if at is None:
        return ""
    return spoken(
        at,
        time_zone=view.person(ticket.requester).time_zone,
        otherwise=view.team(ticket).calendar.zone,
        language=ticket.language,
    )


def _owed(view: View, ticket: Ticket) -> SlaTimer | None:
    """The promise of the first answer, or of the next one, that runs."""
    measure = Measure.FIRST_RESPONSE if ticket.first_replied_at is None else Measure.NEXT_RESPONSE
    for timer in view.uow.sla_timers.of_ticket(ticket.id):
        if timer.measure is measure and timer.running_since is not None:
            return timer
    return None


def own_buttons(view: View, ticket: Ticket) -> tuple[Button, ...]:
    """What its requester can press."""

    def label(key: str) -> str:
        return words(ticket.language, key)

    if ticket.status is Status.RESOLVED:
        return ()  # the notice of the resolution has the button, and says what to do
    if ticket.status is Status.CLOSED:
        return (reopen_button(view, ticket),)
    if ticket.first_replied_at is None:
        return (
            Button(
                label=label("requester.button_withdraw"),
                verb=verbs.CLOSE_OWN,
                ticket=ticket.reference,
                confirm=label("requester.confirm_withdraw"),
            ),
        )
    return (Button(label=label("requester.button_solved"), verb=verbs.CLOSE_OWN, ticket=ticket.reference),)


def reopen_button(view: View, ticket: Ticket) -> Button:
    """It reopens what it was shown for, and not what was resolved later."""
    return Button(
        label=words(ticket.language, "requester.button_reopen"),
        verb=verbs.REOPEN_OWN,
        ticket=ticket.reference,
        options={RESOLUTION: str(resolution_number(view.uow, ticket))},
    )


def tone_of(ticket: Ticket) -> Tone:
    """Its colour for the requester."""
    match ticket.status:
        case Status.RESOLVED:
            return Tone.GOOD
        case Status.CLOSED:
            return Tone.MUTED
        case Status.PENDING:
            return Tone.ATTENTION
        case _:
            return Tone.NEUTRAL
