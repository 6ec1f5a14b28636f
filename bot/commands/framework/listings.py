"""One ticket, its history and the choice of one, as rich text for private replies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from operator import itemgetter
from types import MappingProxyType

from bot.commands.framework.command import Command
from bot.domain.directory import Person
from bot.domain.events import TicketAssigned
from bot.domain.replies.status_words import StatusWords
from bot.domain.sentence import Sentence
from bot.domain.sla.timer_rules import is_warned, owed_first
from bot.domain.tickets.conversation import MessageKind, PublicMessage, Side, TicketMessage
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Moment, PrivateReply, RichText, Span
from bot.messages.plain import plain
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.tickets import MOST_COUNTED
from bot.services.context.context import Context
from bot.services.context.sight import Sight
from bot.services.context.status_words import recalled_words, status_words
from bot.services.context.view import View
from bot.services.lookups.known_facts import facts_shown
from bot.services.nudges.outlook import outlook_of
from bot.services.sla.timers import policy_of
from bot.services.tickets.copy_rules import owes_words
from bot.services.tickets.fields.answers import form_answers
from bot.services.tickets.followers.followers import reads_private_ticket
from bot.services.tickets.merges.shared_words import merged_status, words_of_original
from bot.services.tickets.ratings.rating_line import rating_line
from bot.services.tickets.revisions.versions import Change, changes_in, who_recalled
from bot.text import terms
from bot.text.amounts import listed, working_time
from bot.text.audit_text import SAID_BY_ANOTHER, names_in, what_happened
from bot.text.error_text import tell
from bot.text.sentences import joined, say
from bot.views.card import OWED
from bot.views.knowledge.earlier_answer import knowledge_lines
from bot.views.lists.ticket_line import private_mark
from bot.views.similar.merges import merge_lines
from bot.views.similar.similar_lines import similar_shown

OFFERED = 10
"""Tickets that are offered as buttons where a command names none."""
SHOWN_MESSAGES = 30
SHOWN_CHARACTERS = 20_000
"""A message's characters that `show` repeats: the way to read what a platform shortened."""
_BY = {MessageKind.NOTE: "commands.note_by", MessageKind.REPLY: "commands.reply_by"}


def ticket_view(context: Context, ticket: Ticket, *, sees_notes: bool) -> PrivateReply:
    """A ticket with what was said on it; notes only for its team."""
    language = context.language
    text: RichText = (
        Bold(f"{ticket.reference} {ticket.subject}"),
        "\n",
        *_state(context, ticket, is_theirs=not sees_notes),
    )
    if sees_notes:
        if (until := ticket.snoozed_until) is not None and ticket.is_snoozed(context.now):
            text += (" · ", *say(language, "commands.snoozed_until", until=Moment(until)))
        if ticket.tags:
            text += ("\n", *say(language, "commands.tags", tags=", ".join(ticket.tags)))
        text += ("\n", *say(language, "commands.why_here", reason=tell(language, ticket.why_here)))
        text += _why_assigned(context, ticket)
    said = _for_staff(context, ticket) if sees_notes else _for_requester(context, ticket)
    words = "\n".join(plain(each) for each in said[-SHOWN_MESSAGES:])
    answers = form_answers(
        context.uow, context.desk, ticket, language=language, sees_all=sees_notes, besides=words
    )
    facts = (*_facts(context, ticket), *_about_the_same(context, ticket)) if sees_notes else ()
    rating = rating_line(context.uow, context.desk, ticket, language=language) if sees_notes else ()
    for label, answer in (*facts, *rating, *answers):
        text += (f"\n{label}: {answer}",)
    if sees_notes and ticket.worked:
        text += (f"\n{plain(say(language, 'time.label'))}: {working_time(ticket.worked, language)}",)
    text += _followers(context, ticket, sees_notes=sees_notes)
    text += _dues(context, ticket)
    text += _outlook(context, ticket) if sees_notes else ()
    if len(said) > SHOWN_MESSAGES:
        text += ("\n", *say(language, "commands.earlier_messages", count=len(said) - SHOWN_MESSAGES))
    return PrivateReply(text=text + tuple(span for each in said[-SHOWN_MESSAGES:] for span in each))


def _why_assigned(context: Context, ticket: Ticket) -> RichText:
    """Why the desk chose who has it; nothing where a person did."""
    if ticket.assignee is None:
        return ()
    entries = context.uow.audit_log.of_ticket(ticket.id)
    given = [each.details for each in entries if each.event == TicketAssigned.stored_as]
    if not given or given[-1]["after"] != ticket.assignee or not given[-1].get("why"):
        return ()
    why = tell(context.language, Sentence.from_json(given[-1]["why"]))
    return ("\n", *say(context.language, "commands.why_assigned", reason=why))


def _about_the_same(context: Context, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """What it was merged with, and what else says the same, as its card says it."""
    view = View(uow=context.uow, desk=context.desk, now=context.now, language=context.language)
    return (
        *merge_lines(view, ticket),
        *knowledge_lines(view, ticket),
        *(each.line for each in similar_shown(view, ticket)),
    )


def _facts(context: Context, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """What other systems say of the requester, for the team alone."""
    return facts_shown(context.uow, context.desk, ticket.requester, language=context.language)


def _state(context: Context, ticket: Ticket, *, is_theirs: bool) -> RichText:
    """To its requester a duplicate is not closed: they are shown how their original is doing."""
    language = context.language
    priority = terms.priority(ticket.priority, language)
    merged = merged_status(context.uow, ticket, language=language) if is_theirs else ""
    status = merged or terms.status(ticket.status, language)
    assignee = context.uow.people.find(ticket.assignee) if ticket.assignee else None
    owner: RichText = (
        (context.name_of(ticket, assignee),) if assignee else say(language, "commands.unassigned")
    )
    opened = say(language, "commands.opened", at=Moment(ticket.opened_at))
    mark = private_mark(ticket, language)
    status = f"{mark} · {status}" if mark else status
    return (f"{status} · {priority} · {context.team_of(ticket).title} · ", *owner, " · ", *opened)


def _followers(context: Context, ticket: Ticket, *, sees_notes: bool) -> RichText:
    """Colleagues of the requester's, and for the team's side who follows there too."""
    followers = [each for each in context.uow.followers.of_ticket(ticket.id) if not each.is_removed]
    people = context.uow.people.find_many({each.person for each in followers})
    text: RichText = ()
    for side in (Side.TEAM, Side.REQUESTER) if sees_notes else (Side.REQUESTER,):
        known = [each for each in followers if each.person in people]
        names = [people[each.person].name for each in known if each.side is side]
        if not sees_notes:
            names += [
                people[each.person].name
                for each in known
                if each.side is Side.TEAM and reads_private_ticket(context, ticket, people[each.person])
            ]
        if names:
            key = f"commands.followers_{side}"
            text += ("\n", *say(context.language, key, names=listed(names, context.language)))
    return text


def _for_staff(context: Context, ticket: Ticket) -> list[RichText]:
    language = context.language
    words = [*status_words(context.uow, ticket), *recalled_words(context.uow, ticket)]
    names = context.uow.people.find_many(key for each in words for key in (each.actor, each.recalled_by))
    messages = context.uow.messages.of_ticket(ticket.id)
    recalled = who_recalled(context.uow, ticket) if any(each.is_deleted for each in messages) else {}
    said = [
        (
            each.said_at,
            _said(
                each,
                by=each.author_name,
                kind=each.kind,
                language=language,
                recalled_by=recalled.get(each.id, ""),
            ),
        )
        for each in messages
    ]
    told = [
        (each.at, _told(each, by=names[each.actor].name, language=language, names=names))
        for each in words
        if each.actor in names
    ]
    return _in_order(said, told)


def _for_requester(context: Context, ticket: Ticket) -> list[RichText]:
    """Nobody is told their own name where nobody else reads."""
    reader, language = context.actor.key, context.language
    you = plain(say(language, "commands.you"))
    said = [
        (
            each.said_at,
            _said(
                each,
                by=you if each.author_key == reader else each.author,
                kind=MessageKind.REPLY if each.is_reply else MessageKind.REQUEST,
                language=language,
            ),
        )
        for each in context.uow.messages.said_in_public(ticket.id)
        if not (each.is_reply and each.is_deleted)
    ]
    words = status_words(context.uow, ticket)
    people = context.uow.people.find_many({each.actor for each in words})
    told = [
        (
            each.at,
            _told(
                each,
                by=you if each.actor == reader else context.name_of(ticket, people[each.actor]),
                language=language,
            ),
        )
        for each in words
        if each.actor in people
    ]
    if shared := words_of_original(context.uow, ticket):
        said += [
            (each.said_at, _said(each, by=each.author, kind=MessageKind.REPLY, language=language))
            for each in shared.replies
        ]
        people = context.uow.people.find_many({each.actor for each in shared.told})
        told += [
            (each.at, _told(each, by=context.name_of(shared.original, people[each.actor]), language=language))
            for each in shared.told
            if each.actor in people
        ]
    return _in_order(said, told)


def _in_order(*parts: Sequence[tuple[datetime, RichText]]) -> list[RichText]:
    return [text for _, text in sorted(chain(*parts), key=itemgetter(0))]


def _dues(context: Context, ticket: Ticket) -> RichText:
    text: RichText = ()
    language = context.language
    policy = policy_of(context, ticket)
    notifying = policy.notifying_stages if policy is not None else frozenset[int]()
    for timer in owed_first(context.uow.sla_timers.of_ticket(ticket.id)):
        measure = terms.measure_title(timer.measure, language)
        if timer.stopped_at is not None:
            continue
        if timer.due_at is not None:
            key = "commands.target_at_risk" if is_warned(timer, notifying) else "commands.target_due"
            if timer.due_at <= context.now:
                key = "commands.target_overdue"
            text += ("\n", *say(language, key, measure=measure, at=Moment(timer.due_at)))
        else:
            left = working_time(max(timer.target - timer.spent, timedelta()), language)
            text += ("\n", *say(language, "commands.target_paused", measure=measure, left=left))
    return text


def _outlook(context: Context, ticket: Ticket) -> RichText:
    """What comes of a ticket on which somebody is waited for."""
    ahead = outlook_of(context.uow, context.team_of(ticket), ticket)
    lines = (
        ("commands.nudges_at", ahead.nudges_at),
        ("commands.resolves_at", ahead.resolves_at),
        ("commands.lapses_at", ahead.lapses_at),
    )
    text: RichText = ()
    for key, at in lines:
        if at is not None:
            text += ("\n", *say(context.language, key, at=Moment(at)))
    return text


def _said(
    message: TicketMessage | PublicMessage,
    *,
    by: str,
    kind: MessageKind,
    language: str,
    recalled_by: str = "",
) -> RichText:
    key = _BY.get(kind, "commands.request_by")
    head = say(language, key, name=Bold(by), at=Moment(message.said_at))
    if message.is_edited:
        head = joined(head, say(language, "commands.edited"))
    shown: RichText = (message.text[:SHOWN_CHARACTERS],)
    gone = say(language, "commands.recalled" if recalled_by else "commands.deleted", name=recalled_by)
    files = "".join(
        f"\n📎 {each.name}{f': {each.problem}' if each.problem else ''}" for each in message.files
    )
    return ("\n\n", *head, "\n", *(gone if message.is_deleted else shown), files)


def _told(
    words: StatusWords, *, by: str, language: str, names: Mapping[str, Person] = MappingProxyType({})
) -> RichText:
    """`names` are of those who recalled words."""
    status = terms.status(words.status, language)
    head = say(language, "commands.status_by", name=Bold(by), status=status, at=Moment(words.at))
    if words.recalled_by:
        who = names[words.recalled_by].name if words.recalled_by in names else words.recalled_by
        return ("\n\n", *head, "\n", *say(language, "commands.recalled", name=who))
    if words.is_edited:
        head = joined(head, say(language, "commands.edited"))
    return ("\n\n", *head, f"\n{words.text[:SHOWN_CHARACTERS]}")


def history_view(context: Context, ticket: Ticket, entries: Sequence[AuditEntry]) -> PrivateReply:
    """Everything that happened to a ticket, oldest first."""
    if not entries:
        return PrivateReply(text=say(context.language, "commands.no_history", reference=ticket.reference))
    heading = say(context.language, "commands.history", reference=ticket.reference)
    sees_words = context.sight(ticket) is Sight.TEAMS_SIDE
    changes = changes_in(context.uow, ticket, entries) if sees_words else {}
    listed = _audit_list(context, entries, heading=heading, changes=changes)
    if not any(each.is_cut for each in changes.values()):
        return listed
    command = f"{verbs.typed(context.desk.command_names, verbs.TRANSCRIPT)} {ticket.reference}"
    return replace(
        listed,
        text=joined(listed.text, say(context.language, "commands.texts_cut", command=command), by="\n"),
    )


def audit_view(context: Context, entries: Sequence[AuditEntry]) -> PrivateReply:
    """The newest entries of the whole desk."""
    if not entries:
        return PrivateReply(text=say(context.language, "commands.no_audit_entries"))
    heading = say(context.language, "commands.audit_log")
    return _audit_list(context, entries, heading=heading, named=_cards(context, entries))


def _cards(context: Context, entries: Sequence[AuditEntry]) -> Mapping[int, Span]:
    """By their ids the tickets' references, with a link to the card where there is one."""
    found = context.uow.tickets.get_many({each.ticket_id for each in entries if each.ticket_id is not None})
    context.uow.conversations.read_ahead(found)
    view = View(uow=context.uow, desk=context.desk, now=context.now)
    return {each.id: view.card_link(each, each.reference) or Bold(each.reference) for each in found.values()}


def _audit_list(
    context: Context,
    entries: Sequence[AuditEntry],
    *,
    heading: RichText,
    changes: Mapping[int, Change] = MappingProxyType({}),
    named: Mapping[int, Span] = MappingProxyType({}),
) -> PrivateReply:
    """`changes` are what was said before and after, by the place of the line that tells of it.

    `named` are the tickets that lines name, by their ids.
    """
    names = names_in(context.uow, context.desk, entries)
    text: RichText = heading
    for index, entry in enumerate(entries):
        if entry.event in SAID_BY_ANOTHER:
            continue
        text += ("\n", Moment(entry.at), " · ")
        if entry.ticket_id is not None and entry.ticket_id in named:
            text += (named[entry.ticket_id], " · ")
        text += what_happened(context.language, entry, names)
        if index in changes:
            text += ("\n", *changes[index].told(context.language))
    return PrivateReply(text=text)


def choose_ticket(
    context: Context,
    tickets: Sequence[Ticket],
    *,
    count: int,
    command: Command,
    options: dict[str, str],
    opens_form: bool,
) -> PrivateReply:
    """The first fitting tickets as buttons: a command without a reference never guesses. `count`: of so many."""
    language, typed = context.language, verbs.typed(context.desk.command_names, command.name)
    example = f"{typed} {context.desk.prefix}-12"
    if not tickets:
        facts = {"command": typed, "example": example}
        key = command.nothing_fits or "commands.no_ticket_fits"
        return PrivateReply(text=say(language, key, **facts), is_error=not command.nothing_fits)
    context.uow.conversations.read_ahead(each.id for each in tickets[:OFFERED])
    buttons = tuple(
        _choice(context, ticket, command, options, opens_form=opens_form) for ticket in tickets[:OFFERED]
    )
    if count <= len(buttons):
        return PrivateReply(text=say(language, "commands.which_ticket"), buttons=buttons)
    key = "commands.which_ticket_of_many" if count <= MOST_COUNTED else "commands.which_ticket_of_more"
    text = say(language, key, shown=len(buttons), total=min(count, MOST_COUNTED), example=example)
    return PrivateReply(text=text, buttons=buttons)


def _choice(
    context: Context, ticket: Ticket, command: Command, options: dict[str, str], *, opens_form: bool
) -> Button:
    """It asks once more, or opens the form, which is a question too: the list may have stood there for long."""
    owed = command.owed_words
    needs_words = bool(owed) and owed not in options and owes_words(context.uow, ticket)
    opens_form = opens_form or needs_words
    return Button(
        label=f"{ticket.reference} · {subject_of(ticket.subject, limit=60)}",
        verb=command.name,
        ticket=ticket.reference,
        options=options | ({OWED: "yes"} if needs_words else {}),
        opens_form=opens_form,
        confirm="" if opens_form else command.confirmation(ticket, context.language),
        agree=command.agreement(context.language),
    )
