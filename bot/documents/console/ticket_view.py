"""One ticket as the console shows it: both sides of its conversation in order, how it stands, what can be done.

Who works on it reads all that its team reads, with passwords hidden as they are in its thread: the page stands open
where others look on. Who may only see it reads what its requester reads.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.documents.console.ticket_clocks import TicketClocks, ticket_clocks
from bot.documents.console.ticket_readers import note_label, reply_label
from bot.documents.portal.own_requests import view_of
from bot.documents.portal.request_view import RequestFile, shown_file
from bot.documents.transcript import LineKind, TranscriptLine, read_transcript
from bot.documents.transcript_page import label_of
from bot.domain.credentials import hide_credentials
from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Side, StoredFile
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Status, Ticket
from bot.domain.tickets.transcript import Readers
from bot.messages import verbs
from bot.messages.outbound import Button, Card, RichText
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.context.sight import Sight
from bot.services.context.ticket_reference import ticket_named
from bot.services.context.view import View
from bot.services.tickets.merges.readers import ALSO
from bot.services.tickets.replies.writers import (
    others_sending,
    others_writing,
    says_who_sends,
    says_who_writes,
)
from bot.text import terms
from bot.text.instants import stamp
from bot.text.sentences import say, words

CardOf = Callable[[View, Ticket], Card]
"""The card of the ticket, with the verbs that fit it as buttons."""
MayDo = Callable[[Context, Ticket, str], bool]
"""Whether they may use the command of this verb on the ticket, which may be another team's that they follow."""
MOST_EVENTS = 2
"""Events that stand among what was said, each on a line of its own."""
SUBJECT = 60
"""Characters of a subject in a question."""
ASKED_BESIDE = (
    ("who", verbs.WHO),
    ("clocks", verbs.EXPLAIN_SLA),
    ("history", verbs.HISTORY),
    ("similar", verbs.SIMILAR),
)
"""Titles and verbs of what is read beside a ticket once it is opened."""
OWN_BOXES = frozenset({verbs.REPLY, verbs.NOTE})
"""Verbs for which the page has boxes of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """`side` is how it looks: asker, team, note or event. `mark` is a sign beside its word, drawn for a note.

    `folded` are the events that this line stands for.
    """

    who: str
    at: str
    side: str
    label: str
    text: str
    quote: str
    mark: str
    files: tuple[RequestFile, ...]
    earlier: tuple[tuple[str, str], ...]
    has_hidden: bool = False
    """A password or key in it is hidden; `/desk show` shows it."""
    folded: tuple["TicketLine", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDue:
    label: str
    at: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """`works` : its reader works on it. `reply_options` go along with what is sent from the box for replies."""

    reference: str
    subject: str
    status: str
    state: str
    priority: str
    level: str
    team: str
    requester: str
    assignee: str
    is_private: bool
    opened_at: str
    tags: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    dues: tuple[TicketDue, ...]
    clocks: TicketClocks
    followers: tuple[str, ...]
    lines: tuple[TicketLine, ...]
    buttons: tuple[Button, ...]
    menu: tuple[Button, ...]
    writers: tuple[RichText, ...]
    works: bool
    asks: tuple[tuple[str, str], ...]
    """What can be read beside it: its title and its verb."""
    may_show: bool
    may_reply: bool
    reply_options: tuple[tuple[str, str], ...]
    reply_label: str
    reply_notice: RichText
    """Whose own tickets show what is replied, too."""
    note_label: str
    at: str
    """Its address."""


def find_ticket(context: Context, reference: str) -> Ticket | None:
    """None for one that there is not, and for one that they may not know of: both are answered alike."""
    ticket = ticket_named(context.uow, reference)
    return ticket if ticket is not None and context.sight(ticket) > Sight.NOTHING else None


def ticket_view(context: Context, reference: str, *, card_of: CardOf, may_do: MayDo) -> TicketView | None:
    ticket = find_ticket(context, reference)
    if ticket is None:
        return None
    view, language = view_of(context), context.language
    works = context.sight(ticket) is Sight.TEAMS_SIDE
    card = _card(context, ticket, card_of(view, ticket), may_do) if works else None
    buttons = (*card.buttons, *card.menu) if card is not None else ()
    holder = view.person(ticket.assignee) if ticket.assignee else None
    transcript = read_transcript(view, ticket, readers=_readers(works), heading=(), language=language)
    at = f"/console/tickets/{ticket.reference}"
    return TicketView(
        reference=ticket.reference,
        subject=ticket.subject,
        status=terms.status(ticket.status, language),
        state=ticket.status,
        priority=terms.priority(ticket.priority, language),
        level=ticket.priority,
        team=context.team_of(ticket).title,
        requester=view.person(ticket.requester).name,
        assignee=context.name_of(ticket, holder) if holder is not None else "",
        is_private=ticket.is_private,
        opened_at=_stamped(context, ticket),
        tags=ticket.tags if works else (),
        answers=card.answers if card is not None else transcript.answers,
        dues=_dues(context, card) if card is not None else (),
        clocks=ticket_clocks(context, ticket) if works else TicketClocks(),
        followers=_followers(context, ticket) if works else (),
        lines=_folded([_line(context, each, at=at, hides=works) for each in transcript.lines], language),
        buttons=tuple(
            each for each in buttons[: len(card.buttons) if card else 0] if each.verb not in OWN_BOXES
        ),
        menu=_menu(context, ticket, card.menu, may_do) if card is not None else (),
        writers=_writers(context, ticket),
        works=works,
        asks=tuple(
            (words(language, f"console.{title}"), verb)
            for title, verb in ASKED_BESIDE
            if works and may_do(context, ticket, verb)
        ),
        may_show=works and may_do(context, ticket, verbs.SHOW_AS_AGENT),
        may_reply=works and ticket.status is not Status.CLOSED and may_do(context, ticket, verbs.REPLY),
        reply_options=_reply_options(buttons),
        reply_label=reply_label(context, ticket) if works else "",
        reply_notice=_who_else_reads(buttons, language),
        note_label=note_label(context, ticket) if works else "",
        at=at,
    )


def file_of(context: Context, reference: str, digest: str) -> StoredFile | None:
    """Only what the page itself shows."""
    ticket = find_ticket(context, reference)
    if ticket is None:
        return None
    works = context.sight(ticket) is Sight.TEAMS_SIDE
    transcript = read_transcript(
        view_of(context), ticket, readers=_readers(works), heading=(), language=context.language
    )
    files = (file for line in transcript.lines for file in line.files)
    return next((each for each in files if each.digest is not None and each.digest == digest), None)


def _card(context: Context, ticket: Ticket, card: Card, may_do: MayDo) -> Card:
    """With what its reader may do: who follows another team's ticket may do less than that team."""
    if context.is_agent_of(ticket):
        return card
    buttons, menu = (
        tuple(each for each in row if may_do(context, ticket, each.verb)) for row in (card.buttons, card.menu)
    )
    return replace(card, buttons=buttons, menu=menu)


def _following(context: Context, ticket: Ticket) -> list[Follower]:
    return [each for each in context.uow.followers.of_ticket(ticket.id) if not each.is_removed]


def _readers(works: bool) -> Readers:  # noqa: FBT001  the one thing it is about
    return Readers.STAFF if works else Readers.REQUESTER


def _stamped(context: Context, ticket: Ticket) -> str:
    return stamp(ticket.opened_at, zone=zone_of(context), language=context.language)


def _followers(context: Context, ticket: Ticket) -> tuple[str, ...]:
    found = _following(context, ticket)
    people = context.uow.people.find_many({each.person for each in found})
    sides = {Side.TEAM: "console.follows_team", Side.REQUESTER: "console.follows_requester"}
    return tuple(
        words(context.language, sides[each.side], name=people[each.person].name)
        for each in found
        if each.person in people
    )


def _reply_options(buttons: Sequence[Button]) -> tuple[tuple[str, str], ...]:
    """What the card's button brings along, such as who else reads what is replied."""
    reply = next((each for each in buttons if each.verb == verbs.REPLY), None)
    return tuple(reply.options.items()) if reply is not None else ()


def _who_else_reads(buttons: Sequence[Button], language: str) -> RichText:
    others = dict(_reply_options(buttons)).get(ALSO, "")
    return say(language, "answers.also_sent", people=others) if others else ()


def _writers(context: Context, ticket: Ticket) -> tuple[RichText, ...]:
    language = context.language
    sending = [says_who_sends(language, name) for name in others_sending(context, ticket)]
    writing = [
        says_who_writes(
            language, name, is_note=writer.is_note, for_s=(context.now - writer.since).total_seconds()
        )
        for name, writer in others_writing(context, ticket)
    ]
    return (*sending, *writing)


def _dues(context: Context, card: Card) -> tuple[TicketDue, ...]:
    return tuple(
        TicketDue(
            label=each.label,
            at=stamp(each.at, zone=zone_of(context), language=context.language) if each.at else "",
            note=each.note,
            tone=str(each.stage),
        )
        for each in card.dues
    )


def _menu(context: Context, ticket: Ticket, buttons: Sequence[Button], may_do: MayDo) -> tuple[Button, ...]:
    """Without what is not for its reader; with what makes it private, which a card for all has no room for."""
    given = tuple(
        each for each in buttons if each.verb not in OWN_BOXES and each.not_for != context.actor.key
    )
    is_settled = ticket.is_private or not ticket.status.is_live
    if is_settled or not may_do(context, ticket, verbs.MAKE_PRIVATE):
        return given
    label = words(context.language, "commands.desk_private_submit")
    sure = words(
        context.language,
        "commands.desk_private_confirm",
        reference=ticket.reference,
        subject=subject_of(ticket.subject, limit=SUBJECT),
    )
    return (*given, Button(label=label, verb=verbs.MAKE_PRIVATE, ticket=ticket.reference, confirm=sure))


def _folded(lines: Sequence[TicketLine], language: str) -> tuple[TicketLine, ...]:
    """More than two events in a row are one line, so that the conversation is what is read."""
    shown: list[TicketLine] = []
    for is_event, run in groupby(lines, key=lambda each: each.side == "event"):
        together = tuple(run)
        if is_event and len(together) > MOST_EVENTS:
            told = words(language, "console.events_folded", count=len(together))
            shown.append(replace(together[-1], text=told, folded=together))
        else:
            shown += together
    return tuple(shown)


_SIDES = {LineKind.REQUEST: "asker", LineKind.NOTE: "note", LineKind.EVENT: "event"}
_MARKS = {"note": "note", "team": "↩", "asker": "", "event": ""}


def _line(context: Context, line: TranscriptLine, *, at: str, hides: bool) -> TicketLine:
    side, language = _SIDES.get(line.kind, "team"), context.language
    zone = zone_of(context)
    is_event = line.kind is LineKind.EVENT
    text, quote = (hide_credentials(each) if hides else each for each in (line.text, line.quote))
    return TicketLine(
        who=line.who,
        at=stamp(line.at, zone=zone, language=language),
        side=side,
        label="" if is_event else label_of(replace(line, earlier=()), language),
        text=text,
        quote=quote,
        has_hidden=(text, quote) != (line.text, line.quote),
        mark=_MARKS[side],
        files=tuple(shown_file(each, at=at, language=language) for each in line.files),
        earlier=tuple((stamp(when, zone=zone, language=language), text) for when, text in line.earlier),
    )
