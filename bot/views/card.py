"""The card in the team's channel: a ticket's live state and the verbs that fit it as buttons."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from bot.domain.credentials import hide_credentials
from bot.domain.directory import TeamThread
from bot.domain.sla.timer import SlaTimer
from bot.domain.sla.timer_rules import owed_first
from bot.domain.tickets.conversation import MessageKind, Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Card, Due, Mention, MessageLink, Notice, Tone
from bot.services.assistant.jobs import model_for_ticket
from bot.services.context.stage_tone import stage_tone
from bot.services.context.status_words import closing_words
from bot.services.context.view import View
from bot.services.lookups.known_facts import facts_shown
from bot.services.nudges.outlook import outlook_of
from bot.services.tickets.copy_rules import EXCERPT_LIMIT, is_read_by_requester, owes_words
from bot.services.tickets.fields.answers import form_answers
from bot.services.tickets.merges.readers import who_else_briefly
from bot.services.tickets.ratings.rating_line import rating_line
from bot.text import terms
from bot.text.amounts import working_time
from bot.text.sentences import say, words
from bot.views.claim_button import claim_button
from bot.views.knowledge.earlier_answer import answer_button
from bot.views.knowledge.offer_notice import shown_line
from bot.views.people.requester_facts import requester_facts
from bot.views.similar.merges import merge_lines
from bot.views.similar.similar_lines import merge_buttons, similar_shown
from bot.views.sorting.suggestion_lines import suggestion_lines, unhappy_line
from bot.views.worked_time.entry_buttons import FORM

TOGGLE = "toggle"
"""The option of a button that stops the timer that it started: a card is the same for all, whosever timer runs."""
OWED = "owed"
"""The option of a button whose form must ask for words, because the requester is owed an answer."""

MOST_OF_COMMENT = 120
"""Characters of what was written with a rating."""

MOST_FACTS = 5
"""Of those that other systems say of the requester, so that the form's answers have their place; `show` has all."""


def card(view: View, ticket: Ticket, *, mentions: tuple[Mention, ...] = ()) -> Card:
    """`mentions` are pinged by it."""
    opening = view.uow.messages.opening_of(ticket)
    timers = view.uow.sla_timers.of_ticket(ticket.id)
    holds_notes = view.team(ticket).team_thread is TeamThread.INTERNAL
    text = words(view.language, "team.deleted_by_author") if opening.is_deleted else opening.text
    suggested = suggestion_lines(view, ticket)
    owed = {OWED: "yes"} if owes_words(view.uow, ticket) else {}
    also = who_else_briefly(view.uow, ticket)
    similar = similar_shown(view, ticket)
    text = hide_credentials(text)
    excerpt = text if len(text) <= EXCERPT_LIMIT else text[:EXCERPT_LIMIT] + "…"
    return Card(
        reference=ticket.reference,
        subject=ticket.subject,
        excerpt=excerpt,
        requester=_requester(view, ticket),
        status=terms.status(ticket.status, view.language),
        state=ticket.status,
        priority=terms.priority(ticket.priority, view.language),
        level=ticket.priority,
        assignee=view.person(ticket.assignee).name if ticket.assignee else None,
        team=view.team(ticket).title,
        tags=ticket.tags,
        answers=(
            *suggested.lines,
            *unhappy_line(view, ticket, text=opening.text),
            *requester_facts(view, ticket),
            *merge_lines(view, ticket),
            *shown_line(view, ticket),
            *(each.line for each in similar),
            *_rating(view, ticket),
            *facts_shown(view.uow, view.desk, ticket.requester, language=view.language)[:MOST_FACTS],
            *form_answers(
                view.uow,
                view.desk,
                ticket,
                language=view.language,
                sees_all=True,
                besides=excerpt,
                is_brief=True,
            ),
            *_worked(view, ticket),
        ),
        dues=(*_rest(view, ticket), *_dues(timers, view.language), *_outlook(view, ticket)),
        why_here=view.told(ticket.why_here),
        is_private=ticket.is_private,
        opened_at=ticket.opened_at,
        source=_source(view, ticket),
        thread_says=words(view.language, "team.thread_of_notes" if holds_notes else "team.thread_of_replies"),
        notes_label=words(view.language, f"team.label_{MessageKind.NOTE}") if holds_notes else "",
        buttons=(*_buttons(view, ticket, owed, also), *suggested.buttons),
        menu=(*suggested.menu, *_menu(view, ticket, owed, also), *merge_buttons(view, ticket, similar)),
        tone=_tone(ticket, timers),
        mentions=mentions,
    )


def _requester(view: View, ticket: Ticket) -> str:
    person = view.person(ticket.requester)
    if not is_read_by_requester(view.uow, ticket):
        return words(view.language, "team.unanswerable", name=person.name)
    return words(view.language, "team.guest", name=person.name) if person.is_guest else person.name


def _worked(view: View, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """The time that was logged on it, where there is any."""
    if not ticket.worked:
        return ()
    return ((words(view.language, "time.label"), working_time(ticket.worked, view.language)),)


def _rating(view: View, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """Once it is finished; while it is worked on, its card has other things to say."""
    if ticket.status.is_live:
        return ()
    return rating_line(view.uow, view.desk, ticket, language=view.language, most=MOST_OF_COMMENT)


def stub(view: View, ticket: Ticket) -> Notice:
    """What a transfer leaves behind: where the ticket went. A private one is the new team's alone, card and words."""
    text = say(
        view.language,
        "team.stub",
        reference=Bold(ticket.reference),
        subject=words(view.language, "team.private") if ticket.is_private else ticket.subject,
        team=view.team(ticket).title,
        link="" if ticket.is_private else view.card_link(ticket, words(view.language, "team.open_card")),
    )
    return Notice(text=text, tone=Tone.MUTED)


def _rest(view: View, ticket: Ticket) -> tuple[Due, ...]:
    """Until when it is snoozed."""
    if not ticket.is_snoozed(view.now):
        return ()
    label = words(view.language, "team.snoozed_until")
    return (Due(label=label, at=ticket.snoozed_until, stage=Tone.NEUTRAL),)


def _dues(timers: Sequence[SlaTimer], language: str) -> tuple[Due, ...]:
    """One line for each promise still open; a paused one says how much is left instead of when."""
    dues = []
    for timer in owed_first(timers):
        if timer.stopped_at is not None:
            continue
        label = terms.measure_title(timer.measure, language)
        if timer.due_at is not None:
            dues.append(Due(label=label, at=timer.due_at, stage=stage_tone(timer)))
        else:
            left = timer.target - timer.spent
            key = "team.paused" if left > timedelta() else "team.paused_overdue"
            note = words(language, key, left=working_time(max(left, timedelta()), language))
            dues.append(Due(label=label, at=None, note=note, stage=stage_tone(timer)))
    return tuple(dues)


def _outlook(view: View, ticket: Ticket) -> Iterator[Due]:
    """What comes of a ticket on which somebody is waited for, and who gave no sign."""
    ahead = outlook_of(view.uow, view.team(ticket), ticket)
    for key, at in (
        ("team.due_nudge", ahead.nudges_at),
        ("team.due_resolution", ahead.resolves_at),
        ("team.due_lapse", ahead.lapses_at),
    ):
        if at is not None:
            yield Due(label=words(view.language, key), at=at)
    if ahead.lapsed_from is not None:
        note = words(view.language, "team.lapsed_from", name=view.person(ahead.lapsed_from).name)
        yield Due(label=words(view.language, "team.lapsed"), at=None, note=note)


def _source(view: View, ticket: Ticket) -> MessageLink | None:
    """Where it goes on rather than where it was asked."""
    for conversation in sorted(view.uow.conversations.of_ticket(ticket.id), key=lambda each: each.is_retired):
        if conversation.side is Side.REQUESTER and conversation.root and not conversation.channel.is_direct:
            label = words(view.language, "team.requesters_thread")
            return MessageLink(label, conversation.channel, conversation.root)
    return None


def _tone(ticket: Ticket, timers: Sequence[SlaTimer]) -> Tone:
    """The status, or while somebody must still act the worst of the open promises."""
    match ticket.status:
        case Status.RESOLVED:
            return Tone.GOOD
        case Status.CLOSED:
            return Tone.MUTED
        case _:
            order = (Tone.NEUTRAL, Tone.ATTENTION, Tone.WARNING, Tone.ALERT)
            tones = [stage_tone(timer) for timer in timers if timer.stopped_at is None]
            warned = Tone.WARNING if ticket.is_warned else Tone.NEUTRAL
            return max((*tones, warned), key=order.index)


def _buttons(
    view: View, ticket: Ticket, owed: Mapping[str, str], also: Mapping[str, str]
) -> tuple[Button, ...]:
    button = _labelled(view, ticket)
    if not ticket.status.is_live:
        return (button("reopen", verbs.REOPEN),)
    first = (
        ()
        if ticket.assignee
        else (claim_button(ticket.reference, view.language, holder=None, is_primary=True),)
    )
    return (
        *first,
        button("reply", verbs.REPLY, opens_form=True, options=also),
        button("note", verbs.NOTE, opens_form=True),
        button("resolve", verbs.RESOLVE, opens_form=True, options={**owed, **also}),
        *((button("unsnooze", verbs.UNSNOOZE),) if ticket.is_snoozed(view.now) else ()),
    )


def _menu(view: View, ticket: Ticket, owed: Mapping[str, str], also: Mapping[str, str]) -> tuple[Button, ...]:
    button = _labelled(view, ticket)
    log_time = button("time_form", verbs.TIME, opens_form=True, options={FORM: "yes"})
    if ticket.status is Status.CLOSED:
        has_words = closing_words(view.uow, ticket) is not None
        return (
            button("note_form", verbs.NOTE, opens_form=True),
            *((button("edit_form", verbs.EDIT, opens_form=True),) if has_words else ()),
            log_time,
            button("article", verbs.ARTICLE_FROM_TICKET),
            *answer_button(view, ticket),
            button("who", verbs.WHO),
        )
    if ticket.status is Status.RESOLVED:
        return (
            button("note_form", verbs.NOTE, opens_form=True),
            button("edit_form", verbs.EDIT, opens_form=True),
            button("close_form", verbs.CLOSE, opens_form=True, options=also),
            log_time,
            button("article", verbs.ARTICLE_FROM_TICKET),
            *answer_button(view, ticket),
            button("who", verbs.WHO),
        )
    has_fields = bool(view.desk.custom_fields.of(ticket))
    fields = (button("fields_form", verbs.SET, opens_form=True),) if has_fields else ()
    return (
        *_changes_of_hands(view, ticket),
        button("edit_form", verbs.EDIT, opens_form=True),
        button("macro_form", verbs.MACRO, opens_form=True),
        button("article_find", verbs.INSERT_ARTICLE),
        button("assign_form", verbs.ASSIGN, opens_form=True),
        button("priority_form", verbs.PRIORITY, opens_form=True),
        button("tags_form", verbs.TAG, opens_form=True),
        *fields,
        button("transfer_form", verbs.TRANSFER, opens_form=True),
        *(
            (button("escalate_form", verbs.ESCALATE, opens_form=True),)
            if view.team(ticket).next_level is not None
            else ()
        ),
        button("wait_form", verbs.WAIT, opens_form=True, options={**owed, **also}),
        button("hold_form", verbs.HOLD, opens_form=True, options=owed),
        button("snooze_ticket_form", verbs.SNOOZE, opens_form=True),
        button("close_form", verbs.CLOSE, opens_form=True, options=also),
        log_time,
        button("timer", verbs.START_TIMER, options={TOGGLE: "yes"}),
        button("remind_form", verbs.REMIND, opens_form=True),
        button("who", verbs.WHO),
        button("history", verbs.HISTORY),
        button("summary", verbs.SUMMARY),
        *((button("draft_form", verbs.DRAFT),) if model_for_ticket(view.desk, ticket) else ()),
        button("explain_sla", verbs.EXPLAIN_SLA),
    )


def _changes_of_hands(view: View, ticket: Ticket) -> tuple[Button, ...]:
    """For who has it and for everybody else, since a card is the same for all."""
    if ticket.assignee is None:
        return ()
    name = view.person(ticket.assignee).name
    button = _labelled(view, ticket)
    return (
        claim_button(ticket.reference, view.language, holder=ticket.assignee, name=name),
        button("release", verbs.RELEASE),
    )


def _labelled(view: View, ticket: Ticket) -> Callable[..., Button]:
    """Buttons of this ticket's card, labelled in the team's language."""

    def button(
        label: str, verb: str, *, opens_form: bool = False, options: Mapping[str, str] | None = None
    ) -> Button:
        text = words(view.language, f"team.button_{label}")
        return Button(
            label=text, verb=verb, ticket=ticket.reference, opens_form=opens_form, options=options or {}
        )

    return button
