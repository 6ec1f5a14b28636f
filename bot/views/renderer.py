"""Outbox row → what to show now. Rendered when it is sent, so it is never older than the moment.

None means: there is nothing to show; what is shown already is to be removed.
"""

from dataclasses import replace
from typing import assert_never

from bot.documents.builder import Unmade
from bot.documents.document_kinds import document_for
from bot.documents.transcript import transcript_for
from bot.domain.credentials import has_credential, hide_credentials
from bot.domain.tickets.conversation import Conversation, MessageKind, PublicMessage, Side, TicketMessage
from bot.messages import verbs
from bot.messages.outbound import Content, Copy, Notice, Tone
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.services.context.view import View
from bot.services.tickets.announcements.transfers import TRANSFERRED
from bot.services.tickets.copy_rules import is_as_private, is_left_in_public, is_mirrored
from bot.services.tickets.merges.salutation import as_said_to
from bot.text.catalogue import best
from bot.text.sentences import say, words
from bot.views.acknowledgement import acknowledgement, was_withdrawn
from bot.views.alert import alert
from bot.views.board import board
from bot.views.card import card, stub
from bot.views.digest import digest
from bot.views.home import home
from bot.views.notice import notice
from bot.views.notices.copy_readers import CopyReaders, pinged_by_card, readers_of
from bot.views.similar.merges import is_shared, is_told_of_other
from bot.views.staffing_notice import staffing_notice
from bot.views.thread_header import thread_header


def render(view: View, row: OutboxRow) -> Content | Unmade | None:
    """A transcript or document is only read here; it becomes a notice with files after the transaction."""
    view = view if view.language else replace(view, language=language_of(view, row))
    is_gone = _is_left_in_public(view, row) or _is_former_teams(view, row) or is_told_of_other(view, row)
    return None if is_gone else _shown(view, row)


def _shown(view: View, row: OutboxRow) -> Content | Unmade | None:
    match row.kind:
        case RowKind.ACKNOWLEDGEMENT:
            return _acknowledgement(view, row)
        case RowKind.CARD:
            return _card(view, row)
        case RowKind.COPY:
            return _copy(view, row)
        case RowKind.NOTICE:
            return notice(view, row)
        case RowKind.ALERT | RowKind.STAFFING_NOTICE | RowKind.DIGEST:
            return _told_in_channel(view, row)
        case RowKind.BOARD:
            return board(view, row)
        case RowKind.THREAD_HEADER:
            return thread_header(view, view.uow.tickets.get(row.subject), row.conversation)
        case RowKind.HOME:
            return home(view, row.conversation.channel.home_of or "")
        case RowKind.REMOVAL:
            return None
        case RowKind.TRANSCRIPT:
            return transcript_for(view, row)
        case RowKind.DOCUMENT:
            return document_for(view, row)
        case never:
            assert_never(never)


def language_of(view: View, row: OutboxRow) -> str:
    """Of whoever reads what the row shows: the requester on their side, one person directly, else its channel's."""
    conversation = row.conversation
    if conversation.side is Side.REQUESTER and conversation.ticket_id is not None:
        return view.uow.tickets.get(conversation.ticket_id).language
    if conversation.channel.reader is not None:
        return best(view.person(conversation.channel.reader).language, view.desk.language)
    return view.desk.language_at(conversation.channel)


def shown_by(view: View, row: OutboxRow) -> tuple[str, ...]:
    """The platform's ids of what the row shows; for a removal, of the post that is to go."""
    if row.kind is not RowKind.REMOVAL:
        return row.parts
    post = view.uow.messages.get(row.subject).platform_id
    return (post,) if post is not None else ()


def left_over(view: View, row: OutboxRow) -> Notice | None:
    """What is left of a message that is to be removed, where its platform keeps it from being removed."""
    match row.kind:
        case RowKind.ALERT:
            return Notice(text=say(language_of(view, row), "team.alert_replaced"), tone=Tone.MUTED)
        case RowKind.BOARD:
            return Notice(text=say(language_of(view, row), "team.board_moved"), tone=Tone.MUTED)
        case _:
            return None


def _is_left_in_public(view: View, row: OutboxRow) -> bool:
    """Whether it stood where others read what is private by now; a thread's own head says no more than a number."""
    ticket, is_head = row.conversation.ticket_id, row.kind is RowKind.THREAD_HEADER
    if ticket is None or is_head or row.conversation.side is not Side.REQUESTER:
        return False
    return row.conversation.is_retired and is_left_in_public(view.uow.tickets.get(ticket), row.conversation)


def _is_former_teams(view: View, row: OutboxRow) -> bool:
    """Whether it was told in the thread that a private ticket has left, of anything but where it went."""
    ticket, thread = row.conversation.ticket_id, row.conversation
    if (
        row.kind is not RowKind.NOTICE
        or thread.side is not Side.TEAM
        or not thread.is_retired
        or ticket is None
    ):
        return False
    is_of_transfer = row.payload.get("sentence") in TRANSFERRED.values()
    return not is_of_transfer and view.uow.tickets.get(ticket).is_private


def _acknowledgement(view: View, row: OutboxRow) -> Content | None:
    ticket = view.uow.tickets.get(row.subject)
    if not row.parts and not _is_root(row) and was_withdrawn(view, ticket):
        return None  # taken back, perhaps with its thread, before there was an answer to it
    return acknowledgement(view, ticket, row.conversation, is_root=_is_root(row))


def _told_in_channel(view: View, row: OutboxRow) -> Content | None:
    if row.kind is RowKind.DIGEST:
        return digest(view, row.payload)
    if row.kind is RowKind.STAFFING_NOTICE:
        return staffing_notice(view, row.payload, channel=row.conversation.channel, is_shown=bool(row.parts))
    return alert(view, row)


def _card(view: View, row: OutboxRow) -> Content:
    ticket = view.uow.tickets.get(row.subject)
    if row.conversation.is_retired:
        return stub(view, ticket)
    return card(view, ticket, mentions=pinged_by_card(view, ticket, row.conversation))


def _is_root(row: OutboxRow) -> bool:
    """Whether the acknowledgement is the first message of its thread, so that it must say what was asked."""
    root = row.conversation.root
    return root is None or root in row.parts


def _copy(view: View, row: OutboxRow) -> Copy | None:
    message = view.uow.messages.get(row.subject)
    is_of_other = message.ticket_id != row.conversation.ticket_id
    if message.is_deleted or (is_of_other and not is_shared(view, message, row.conversation)):
        return None
    if _is_left_behind(view, row.conversation, message):
        return None
    readers = readers_of(view, message, row.conversation)
    if row.conversation.side is not Side.TEAM:
        public = message.in_public()
        if public is None:
            return None
        if not (public.is_reply or is_as_private(row.conversation)):
            public = replace(public, text=hide_credentials(public.text))
        shown = _copy_for_requester(view, public, readers)
        return _of_original(view, row, shown, message.ticket_id) if is_of_other else shown
    if not row.parts and not _is_shown_here(view, row.conversation, message.kind):
        return None
    return _copy_for_team(view, message, readers)


def _of_original(view: View, row: OutboxRow, shown: Copy, original: int) -> Copy:
    """As the requester of a duplicate reads it: spoken to by their own name, and nothing that others wrote."""
    duplicate = view.uow.tickets.get(row.conversation.ticket_id or 0)
    text = as_said_to(view.uow, shown.text, original=view.uow.tickets.get(original), duplicate=duplicate)
    return replace(shown, text=text, quote="")


def _is_left_behind(view: View, thread: Conversation, message: TicketMessage) -> bool:
    """Whether it was said on a private ticket that another team has now."""
    is_former = thread.side is Side.TEAM and thread.is_retired
    return is_former and view.uow.tickets.get(message.ticket_id).is_private


def _copy_for_requester(view: View, message: PublicMessage, readers: CopyReaders) -> Copy:
    return Copy(
        author=message.author,
        author_key=message.author_key,
        text=message.text,
        said_at=message.said_at,
        files=message.files,
        is_edited=message.is_edited,
        picture=_picture(view, message.author_key),
        quote=message.quote if _is_said_to_requester(view, message) else "",
        mentions=readers.mentions,
        followers=readers.followers,
    )


def _copy_for_team(view: View, message: TicketMessage, readers: CopyReaders) -> Copy:
    return Copy(
        author=message.author_name,
        author_key=message.author,
        text=hide_credentials(message.text),
        said_at=message.said_at,
        files=message.files,
        label=" · ".join(filter(None, (_label(view, message), _hidden(view, message)))),
        is_note=message.kind is MessageKind.NOTE,
        is_edited=message.revision > 1,
        picture=_picture(view, message.author),
        quote=hide_credentials(message.quote),
        source=view.source_link(message, words(view.language, "team.where_said")),
        mentions=readers.mentions,
        followers=readers.followers,
    )


def _picture(view: View, author: str) -> str:
    person = view.uow.people.find(author) if author else None
    return person.picture if person is not None else ""


def _is_said_to_requester(view: View, message: PublicMessage) -> bool:
    """What is answered in a team's thread may be a note, or an agent's name that is not told."""
    said_in = None if message.said_in is None else view.uow.conversations.get(message.said_in)
    return said_in is not None and said_in.side is Side.REQUESTER


def _is_shown_here(view: View, thread: Conversation, kind: MessageKind) -> bool:
    """Whether it is copied at all; what was copied before its team stopped that is kept true."""
    if not kind.is_public or thread.side is not Side.TEAM or thread.ticket_id is None:
        return True
    team = view.desk.team_at(thread.channel)
    is_rule_asked = team is not None and not team.mirrors
    return not is_rule_asked or is_mirrored(
        view.desk, thread, view.uow.conversations.of_ticket(thread.ticket_id)
    )


def _hidden(view: View, message: TicketMessage) -> str:
    """How an agent reads a password or key that the team's thread hides."""
    if not has_credential(message.text):
        return ""
    reference = view.uow.tickets.get(message.ticket_id).reference
    command = f"{verbs.typed(view.desk.command_names, verbs.SHOW_AS_AGENT)} {reference}"
    return words(view.language, "team.label_hidden", command=command)


def _label(view: View, message: TicketMessage) -> str:
    """What it is; of a public ticket also that it was written where nobody else reads it."""
    if message.kind is not MessageKind.REQUEST:
        return words(view.language, f"team.label_{message.kind}")
    said_in = None if message.said_in is None else view.uow.conversations.get(message.said_in)
    if said_in is None or not said_in.channel.is_direct or view.uow.tickets.get(message.ticket_id).is_private:
        return ""
    return words(view.language, "team.label_direct")


def is_obsolete(row: OutboxRow, content: Content | Unmade | None) -> bool:
    """Whether a row that happens once has nothing true left to say, so that it is dropped unsent."""
    return content is None and not row.kind.is_state and row.state is RowState.LEASED


def is_about_to_go(view: View, row: OutboxRow) -> bool:
    """Whether what it shows is deleted in a moment: an alert is not edited while the next one is on its way.

    Should that one not come after all, `OutboxWorker` has it brought up to date.
    """
    if row.kind is not RowKind.ALERT or not row.parts:
        return False
    return view.uow.outbox.has_unsent_alert_after(row.id, conversation=row.conversation.id)
