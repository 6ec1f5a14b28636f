"""What one person is told of a ticket that concerns them: directly, in the team's thread, or in its channel."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.credentials import hide_credentials
from bot.domain.errors import TicketNotFound
from bot.domain.notices.notice_record import NoticeEvent, NoticeHold
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, Mention, Moment, Notice, RichText, Span
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.sight import Sight
from bot.services.context.view import View
from bot.services.tickets.ratings.rating_line import rating_of
from bot.text.sentences import joined, say
from bot.views.notices.nudge import claim_buttons, lapses_at

EXCERPT: Final = 200
"""Characters of what the requester wrote that a notice repeats."""

_GIVEN: Final = (NoticeEvent.ASSIGNED, NoticeEvent.ROUTED)
"""What makes a ticket the reader's."""

_WITHOUT_WORDS: Final = (NoticeEvent.MENTIONED, NoticeEvent.RATED)
"""What repeats nothing that the requester's side wrote."""

_OF_REQUESTERS_SIDE: Final = (NoticeEvent.SHARED, NoticeEvent.REPLIED, NoticeEvent.RESOLVED)
"""What colleagues of the requester are told."""


def is_personal(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return "recipient" in payload


def personal_notice(view: View, row: OutboxRow) -> Notice | None:
    """None where it is no longer true: the ticket or what was said is gone, or the person has left the team."""
    payload = row.payload
    try:
        ticket = view.uow.tickets.get(row.subject)
    except TicketNotFound:
        return None
    recipient = str(payload["recipient"])
    is_channel = recipient == str(row.conversation.channel)
    is_colleague = payload["event"] in _OF_REQUESTERS_SIDE
    needed = Sight.REQUESTERS_SIDE if is_colleague else Sight.TEAMS_SIDE
    if not is_channel and view.sight(ticket, recipient) < needed:
        return None
    if is_channel and ticket.is_private and row.conversation.channel != view.team(ticket).channel:
        return None
    is_lapsing = payload["event"] == NoticeEvent.LAPSING
    if is_lapsing and lapses_at(view, ticket, recipient) is None:
        return None
    text = "" if payload["event"] in _WITHOUT_WORDS else _excerpt(view, ticket, payload["message"])
    if text is None:
        return None
    told = joined(_told(view, ticket, row, text=text), _whose(view, payload, ticket.reference))
    buttons = claim_buttons(ticket, view.language) if is_lapsing else ()
    if is_channel or row.conversation.channel.is_direct:
        return Notice(text=told, buttons=buttons)
    mention = Mention(recipient, view.person(recipient).name)
    return Notice(text=say(view.language, "team.told_to", owner=mention, what=told), mentions=(mention,))


def _told(view: View, ticket: Ticket, row: OutboxRow, *, text: str) -> RichText:
    event = NoticeEvent(row.payload["event"])
    facts: dict[str, Span] = {
        "name": str(row.payload["name"]),
        "reference": _reference(view, ticket, event),
        "subject": ticket.subject,
    }
    if event is NoticeEvent.RATED and (rated := rating_of(view.uow, ticket)) is not None:
        facts["rating"], text = rated.sign, _line(rated.comment)
    if event is NoticeEvent.LAPSING:
        ends = lapses_at(view, ticket, str(row.payload["recipient"]))
        facts["until"] = Moment(ends, view.person(str(row.payload["recipient"])).time_zone) if ends else ""
    is_colleague = event in _OF_REQUESTERS_SIDE
    key = f"requester.told_{event}" if is_colleague else f"team.told_{event}"
    return (
        say(view.language, f"{key}_words", text=text, **facts) if text else say(view.language, key, **facts)
    )


def _reference(view: View, ticket: Ticket, event: NoticeEvent) -> Span:
    """Nothing on the requester's side leads to a team's channel."""
    link = None if event in _OF_REQUESTERS_SIDE else view.card_link(ticket, ticket.reference)
    return link or Bold(ticket.reference)


def _whose(view: View, payload: Mapping[str, Any], reference: str) -> RichText:
    """Whose it is: the reader's by this very event, or somebody's who does not hear it themselves, and why not."""
    if payload["event"] == NoticeEvent.SHARED:
        names = view.desk.command_names
        show, reply = verbs.typed(names, verbs.SHOW), verbs.typed(names, verbs.REPLY_OWN)
        return say(
            view.language,
            "requester.shared_means",
            show=Code(f"{show} {reference}"),
            command=Code(f"{reply} {reference}"),
        )
    if payload["event"] == NoticeEvent.OPENED:
        return ()
    if not payload["absent"]:
        return say(view.language, "team.told_yours") if payload["event"] in _GIVEN else ()
    hold = NoticeHold(payload["hold"])
    return say(view.language, f"team.told_instead_{hold}", absent=view.person(payload["absent"]).name)


def _excerpt(view: View, ticket: Ticket, message: int | None) -> str | None:
    """What the requester's side wrote, as far as a line shows it; None where it was taken back."""
    if message is None:
        return ""
    said = next((each for each in view.uow.messages.said_in_public(ticket.id) if each.id == message), None)
    if said is None or said.is_deleted:
        return None
    return _line(said.text)


def _line(text: str) -> str:
    line = " ".join(hide_credentials(text).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"
