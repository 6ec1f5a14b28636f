"""Everything said on a ticket, read for one kind of reader: made into files once the transaction is over.

The requester's holds what stood on their side, as it reads now: no note, no earlier version, and of the audit log
only the words that came with a change of status. The staff's holds the rest, what was recalled too. Neither says what
was deleted, so that a password sent by mistake can be taken back; one that was edited out is hidden in what stood
there before, and in a file any other too. Which lines those are is decided here alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.credentials import hide_credentials
from bot.domain.directory import ChannelRef
from bot.domain.errors import TicketNotFound
from bot.domain.replies.status_words import StatusWords
from bot.domain.tickets.conversation import MessageKind, PublicMessage, Side, StoredFile, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.domain.tickets.transcript import Readers
from bot.messages import verbs
from bot.messages.outbound import Bold, Moment, RichText
from bot.messages.plain import plain
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.sight import Sight
from bot.services.context.status_words import status_words
from bot.services.context.view import View
from bot.services.tickets.fields.answers import form_answers
from bot.services.tickets.merges.shared_words import merged_status, words_of_original
from bot.services.tickets.ratings.rating_line import rating_line
from bot.services.tickets.revisions.versions import recalled_in, status_changes_in
from bot.text import terms
from bot.text.audit_text import SAID_BY_ANOTHER, names_in, what_happened
from bot.text.instants import known_zone, stamp
from bot.text.sentences import joined, say, words

_TOLD_BY_MESSAGES = SAID_BY_ANOTHER | {"MessageAdded", "MessageEdited"}


class LineKind(StrEnum):
    REQUEST = "request"
    REPLY = "reply"
    NOTE = "note"
    ON_HOLD = "on_hold"
    RESOLUTION = "resolution"
    CLOSING = "closing"
    EVENT = "event"


_KINDS_OF_STATUS = {
    Status.ON_HOLD: LineKind.ON_HOLD,
    Status.RESOLVED: LineKind.RESOLUTION,
    Status.CLOSED: LineKind.CLOSING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """One thing said, or one that happened: then the text is the whole sentence, and `who` is empty.

    `quote` is what it answers, `earlier` what stood there before, oldest first.
    """

    at: datetime
    who: str
    kind: LineKind
    text: str
    is_edited: bool = False
    is_deleted: bool = False
    is_recalled: bool = False
    earlier: tuple[tuple[datetime, str], ...] = ()
    files: tuple[StoredFile, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """`heading` is what the message says that brings it; times are told in `zone`. `closed_at` None: so far.

    `language` is the requester's, or for the staff that of where it is read.
    """

    heading: RichText
    language: str
    desk: str
    reference: str
    subject: str
    requester: str
    team: str
    status: str
    tags: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    """What the form was answered that no line says, each with its label; the category first."""
    opened_at: datetime
    closed_at: datetime | None
    zone: ZoneInfo
    readers: Readers
    lines: tuple[TranscriptLine, ...]
    show_command: str = ""

    @property
    def file_name(self) -> str:
        return self.reference if self.readers is Readers.REQUESTER else f"{self.reference}-staff"


def transcript_for(view: View, row: OutboxRow) -> Transcript | None:
    """What this row is to bring, or None when nobody is to have it any more."""
    try:
        ticket = view.uow.tickets.get(row.subject)
    except TicketNotFound:
        return None
    readers = Readers(row.payload["readers"])
    if not _may_have_it(view, ticket, row, readers):
        return None
    is_for_requester = row.conversation.side is Side.REQUESTER or readers is Readers.REQUESTER
    language = ticket.language if is_for_requester else view.language
    heading = say(
        language,
        str(row.payload["sentence"]),
        reference=Bold(ticket.reference),
        subject=words(language, "team.private") if ticket.is_private else ticket.subject,
    )
    read = read_transcript(view, ticket, readers=readers, heading=heading, language=language)
    return replace(read, lines=tuple(_as_in_file(each, readers) for each in read.lines))


def _as_in_file(line: TranscriptLine, readers: Readers) -> TranscriptLine:
    """Files are kept and passed on: a password is hidden in them. What a requester was answered stays as it is."""
    if readers is Readers.REQUESTER and line.kind is not LineKind.REQUEST:
        return line
    return replace(line, text=hide_credentials(line.text), quote=hide_credentials(line.quote))


def _may_have_it(view: View, ticket: Ticket, row: OutboxRow, readers: Readers) -> bool:
    """Fails closed: the staff's goes to no requester, and to a person only while they are of its team."""
    if "person" not in row.payload:
        is_this_closing = (
            ticket.closed_at is not None and ticket.closed_at.isoformat() == row.payload["closed_at"]
        )
        return is_this_closing and (
            readers is Readers.REQUESTER or row.conversation.side is not Side.REQUESTER
        )
    key = str(row.payload["person"])
    if row.conversation.channel != ChannelRef.direct(key):
        return False
    needed = Sight.REQUESTERS_SIDE if readers is Readers.REQUESTER else Sight.TEAMS_SIDE
    return view.sight(ticket, key) >= needed


def read_transcript(
    view: View, ticket: Ticket, *, readers: Readers, heading: RichText, language: str
) -> Transcript:
    if readers is Readers.STAFF:
        zone = view.team(ticket).calendar.zone
        messages = view.uow.messages.of_ticket(ticket.id)
        histories = {each.id: view.uow.messages.history(each.id) for each in messages if each.revision > 1}
        entries = view.uow.audit_log.of_ticket(ticket.id)
        said_by_staff = staff_lines(messages, histories, recalled=recalled_in(entries))
        lines = [*said_by_staff, *_events(view, entries, zone, language)]
    else:
        zone = known_zone(view.person(ticket.requester).time_zone) or ZoneInfo("UTC")
        said_in_public = view.uow.messages.said_in_public(ticket.id)
        lines = [*requester_lines(said_in_public), *_told(view, ticket, status_words(view.uow, ticket))]
        if shared := words_of_original(view.uow, ticket):
            lines += [*requester_lines(shared.replies), *_told(view, shared.original, shared.told)]
    said = "\n".join(line.text for line in lines)
    is_for_staff = readers is Readers.STAFF
    return Transcript(
        heading=heading,
        language=language,
        desk=view.desk.name,
        reference=ticket.reference,
        subject=ticket.subject,
        requester=view.person(ticket.requester).name,
        team=view.team(ticket).title,
        status=merged_status(view.uow, ticket, language=language)
        if not is_for_staff
        else terms.status(ticket.status, language),
        tags=ticket.tags if readers is Readers.STAFF else (),
        answers=(
            *form_answers(
                view.uow,
                view.desk,
                ticket,
                language=language,
                sees_all=readers is Readers.STAFF,
                besides=said,
            ),
            *(rating_line(view.uow, view.desk, ticket, language=language) if is_for_staff else ()),
        ),
        opened_at=ticket.opened_at,
        closed_at=ticket.closed_at,
        zone=zone,
        readers=readers,
        lines=tuple(sorted(lines, key=_at)),
        show_command=f"{verbs.typed(view.desk.command_names, verbs.SHOW)} {ticket.reference}",
    )


def staff_lines(
    messages: Iterable[TicketMessage],
    histories: Mapping[int, Sequence[tuple[int, str, datetime]]],
    *,
    recalled: Collection[int] = (),
) -> list[TranscriptLine]:
    """Everything that was said, with what stood there before an edit; of what was deleted, that it was said.

    What was `recalled`, by the ids of the messages, is read as it was.
    """
    return [
        _for_staff(message, histories.get(message.id, ()), is_recalled=message.id in recalled)
        for message in messages
    ]


def requester_lines(messages: Iterable[PublicMessage]) -> list[TranscriptLine]:
    """What the requester's side may read: no notes, and nothing of what was edited away.

    Of what they deleted it is said; a reply that was taken back is gone for them.
    """
    return [_for_requester(each) for each in messages if not (each.is_reply and each.is_deleted)]


def _told(view: View, ticket: Ticket, words: Iterable[StatusWords]) -> Iterator[TranscriptLine]:
    """What the requester was told with a change of status, by whom they know."""
    for told in words:
        yield TranscriptLine(
            at=told.at,
            who=view.name_for_requester(ticket, told.actor),
            kind=_KINDS_OF_STATUS[told.status],
            text=told.text,
            is_edited=told.is_edited,
        )


def _for_requester(message: PublicMessage) -> TranscriptLine:
    return TranscriptLine(
        at=message.said_at,
        who=message.author,
        kind=LineKind.REPLY if message.is_reply else LineKind.REQUEST,
        text=message.text,
        is_edited=message.is_edited,
        is_deleted=message.is_deleted,
        files=message.files,
        quote=message.quote,
    )


def _for_staff(
    message: TicketMessage, history: Sequence[tuple[int, str, datetime]], *, is_recalled: bool
) -> TranscriptLine:
    if message.is_deleted and not is_recalled:
        return TranscriptLine(
            at=message.said_at, who=message.author_name, kind=_kind(message), text="", is_deleted=True
        )
    before = tuple((at, text) for revision, text, at in history if revision < message.revision)
    earlier = ((at, hide_credentials(text)) for at, text in before if text != message.text)
    return TranscriptLine(
        at=message.said_at,
        who=message.author_name,
        kind=_kind(message),
        text=message.text,
        is_edited=any(text != message.text for _, text in before),
        is_recalled=is_recalled,
        earlier=tuple(earlier),
        files=message.files,
        quote=message.quote,
    )


def _kind(message: TicketMessage) -> LineKind:
    match message.kind:
        case MessageKind.REQUEST:
            return LineKind.REQUEST
        case MessageKind.REPLY:
            return LineKind.REPLY
        case MessageKind.NOTE:
            return LineKind.NOTE


def _events(
    view: View, entries: Sequence[AuditEntry], zone: ZoneInfo, language: str
) -> Iterator[TranscriptLine]:
    names = names_in(view.uow, view.desk, entries)
    reworded = status_changes_in(entries)
    for index, entry in enumerate(entries):
        if entry.event not in _TOLD_BY_MESSAGES:
            told = what_happened(language, entry, names)
            if index in reworded:
                told = joined(told, reworded[index].told(language, is_whole=True))
            yield TranscriptLine(
                at=entry.at, who="", kind=LineKind.EVENT, text=_in_zone(told, zone, language)
            )


def _in_zone(text: RichText, zone: ZoneInfo, language: str) -> str:
    return "".join(
        stamp(span.at, zone=zone, language=language) if isinstance(span, Moment) else plain((span,))
        for span in text
    )


def _at(line: TranscriptLine) -> datetime:
    return line.at
