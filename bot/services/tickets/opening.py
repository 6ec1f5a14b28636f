"""Opening a ticket: where it goes, which conversations it begins with, and what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import events as happened
from bot.domain.directory import DESK, ChannelRef, Person
from bot.domain.errors import AlreadySo, Refused
from bot.domain.routing.router import Request, Verdict
from bot.domain.sentence import sentence
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, StoredFile, TicketMessage
from bot.domain.tickets.privacy_words import is_marked_private
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Priority, Ticket
from bot.messages.inbound import MessagePosted, message_key
from bot.services.context.context import Context
from bot.services.lookups.known_facts import known_facts
from bot.services.lookups.wanted_answers import want_facts
from bot.services.sorting.suggestions import SortedRequest, sort_request
from bot.services.tickets.assignment.choice import assign_new
from bot.services.tickets.change_recorder import record_changes, record_opening
from bot.services.tickets.communities import community_of_request
from bot.services.tickets.copy_rules import remove_post
from bot.services.tickets.limits import admit
from bot.services.tickets.offers.beside import plan_look_up
from bot.services.tickets.offers.words_beneath import place_words
from bot.services.tickets.requester_side import Sides, sides_of, sides_of_history, teams_side
from bot.text.catalogue import best
from bot.text.sentences import words


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What somebody asks for. `requester` may be another person than the actor.

    `root` is the platform's id of the message that asks, when there is one in the channel; otherwise the
    desk's acknowledgement becomes the first message of the requester's thread.
    """

    requester: Person
    text: str
    subject: str = ""
    """What the subject is made of, where the text says more than that."""
    channel: ChannelRef
    root: str | None = None
    said_at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    is_private: bool = False
    platform_revision: str = ""
    quote: str = ""
    follows: Ticket | None = None
    thread: Conversation | None = None
    """The requester's thread of a closed ticket that goes on as the new ticket's."""
    opening: TicketMessage | None = None
    """The message that asks, when it was said on another ticket until now; `more` was said after it."""
    more: tuple[TicketMessage, ...] = ()
    community: str | None = None
    """The server it was made in, `platform:id`, where that is known."""
    opened_at: datetime | None = None
    """When it was made elsewhere, for one that is imported; else it is opened now."""
    is_announced: bool = True
    """Whether it is acknowledged, shown to the team, given out and put on its clocks; not so for imported history."""
    was_looked_up: bool = False
    """Whether it was looked up before; `is_offered`: and what was found is kept already."""
    is_offered: bool = False
    is_number_awaited: bool = True
    """Whether something is said of its number in this transaction; else the ticket has it from the commit on."""
    is_by_nobody: bool = False
    """Whether the desk knows nobody behind it; then there is no requester's side, and nothing of it is public."""


def open_ticket(context: Context, request: NewRequest) -> Ticket:
    """Route the request and open a ticket for it, with its number taken as the last statement.

    Raises Refused for a server that the desk does not serve.
    """
    inbox = context.desk.inbox_at(request.channel)
    community = community_of(context, request)
    verdict = verdict_of(context, request, community=community)
    is_private = verdict.is_private or _is_asked_in_private(context, request)
    sorted_request = _sorted(context, request, verdict, community=community, is_private=is_private)
    verdict = sorted_request.verdict
    language = best(request.requester.language, context.desk.language)
    ticket = Ticket(
        id=context.uow.new_id(),
        prefix=context.desk.prefix,
        subject=_subject(request, language),
        team=verdict.team,
        requester=request.requester.key,
        opening=request.opening.id if request.opening else context.uow.new_id(),
        priority=verdict.priority or Priority.NORMAL,
        tags=verdict.tags,
        inbox=inbox.name if inbox else None,
        origin=request.channel,
        fields=sorted_request.fields,
        is_unhappy=context.desk.sorting.flags(request.text),
        is_private=is_private,
        language=language,
        why_here=verdict.why,
        sla_policy=verdict.sla_policy,
        follows=request.follows.id if request.follows else None,
        opened_at=request.opened_at or context.now,
        updated_at=context.now,
        community=community,
    )
    _remember_requester(context, request)
    sides = _sides(context, ticket, request)
    opening = _opening_message(context, ticket, request, sides.asked_in)
    record_opening(
        context,
        ticket,
        opening,
        sides.all,
        [
            *_opened(context, ticket, request),
            *sorted_request.events(context),
            *(assign_new(context, ticket, verdict, text=request.text) if request.is_announced else ()),
        ],
        is_moved=request.opening is not None,
        more=_moved(request, ticket, sides.asked_in),
        is_announced=request.is_announced,
    )
    sorted_request.keep(context, ticket)
    if sides.asked_in is not None:
        remove_post(context, ticket, opening, sides.asked_in)
    if _may_be_shown_answers(request):
        plan_look_up(context, ticket, text=request.text, was_looked_up=request.was_looked_up)
    _number(context, ticket, request)
    return ticket


def _may_be_shown_answers(request: NewRequest) -> bool:
    is_new = request.is_announced and request.opening is None
    return is_new and not request.is_offered and not request.is_by_nobody


def _is_asked_in_private(context: Context, request: NewRequest) -> bool:
    """By what was chosen or written before it, by its place, or like the ticket that it goes on with."""
    inbox = context.desk.inbox_at(request.channel)
    is_asked_so = request.is_private or is_marked_private(request.text) or request.channel.is_direct
    is_by_inbox = inbox is not None and inbox.is_private
    return is_asked_so or is_by_inbox or (request.follows is not None and request.follows.is_private)


def _remember_requester(context: Context, request: NewRequest) -> None:
    context.uow.people.remember(request.requester)
    if request.is_announced:
        want_facts(context, request.requester.key)


def _number(context: Context, ticket: Ticket, request: NewRequest) -> None:
    if request.is_number_awaited:
        context.uow.tickets.take_number(ticket)
    else:
        context.uow.tickets.number_at_the_commit(ticket)


def _sorted(
    context: Context, request: NewRequest, verdict: Verdict, *, community: str | None, is_private: bool
) -> SortedRequest:
    """With what learned sorting fills in. What is imported comes as it was."""
    if not request.is_announced:
        return SortedRequest(verdict=verdict, fields=request.fields, found=())
    return sort_request(
        context,
        verdict,
        text=request.text,
        fields=request.fields,
        community=community,
        is_continued=request.follows is not None,
        is_private=is_private,
    )


def _subject(request: NewRequest, language: str) -> str:
    """In the requester's language where it has no words of theirs."""
    text = request.subject or request.text or ", ".join(file.name for file in request.files)
    return subject_of(text) or words(language, "requester.subject_without_words")


def _opened(context: Context, ticket: Ticket, request: NewRequest) -> list[happened.Event]:
    by, at = context.actor.key, context.now
    opened = happened.TicketOpened(actor=by, at=at, why_here=ticket.why_here, team=ticket.team)
    return [opened] if request.is_announced else [opened, happened.TicketImported(actor=DESK, at=at)]


def community_of(context: Context, request: NewRequest) -> str | None:
    """The name of the community that it is for: what goes on with a ticket stays where that was asked."""
    before = request.follows
    if before is not None and before.community in context.desk.communities:
        return before.community
    community = community_of_request(context.desk, request.channel, request.community)
    return community.name if community is not None else None


def as_routed(context: Context, request: NewRequest, *, community: str | None) -> Request:
    """What conditions may ask of it."""
    inbox = context.desk.inbox_at(request.channel)
    return Request(
        text=request.text,
        platform=request.channel.platform,
        inbox=inbox.name if inbox else None,
        person=request.requester,
        at=context.now,
        fields=request.fields,
        looked_up=known_facts(context.uow, context.desk, request.requester.key),
        community=community,
        is_private=_is_asked_in_private(context, request),
        language=lambda: context.language_of(request.text),
    )


def verdict_of(context: Context, request: NewRequest, *, community: str | None) -> Verdict:
    """Where it goes, and why."""
    verdict = context.desk.router.route(as_routed(context, request, community=community))
    if request.follows is None:
        return verdict
    return _continued(context, verdict, request.follows, community=community)


def _continued(context: Context, verdict: Verdict, before: Ticket, *, community: str | None) -> Verdict:
    """What continues a closed ticket stays with its team, unless a rule knows better from the new words.

    What continues a duplicate is for the team of its original, which answered it.
    """
    is_duplicate = before.merged_into is not None
    if before.merged_into is not None:
        before = context.uow.tickets.get(before.merged_into)
    team = context.desk.teams.get(before.team)
    is_theirs = team is not None and (community is None or team.community in (None, community))
    if not is_theirs or (verdict.rule is not None and not is_duplicate):
        return replace(
            verdict, why=sentence("team.why_continues_and", before=before.reference, why=verdict.why)
        )
    return replace(verdict, team=before.team, why=sentence("team.why_continues", before=before.reference))


def adopt_message(context: Context, about: MessagePosted, *, community: str | None = None) -> Ticket:
    """Make somebody's message a ticket of theirs. Raises AlreadySo for one that is part of a ticket.

    `community` is the server it is for, where the message itself does not say.
    """
    if about.location.thread is not None:
        return _adopt_reply(context, about)
    known = context.uow.conversations.find(about.location.channel, about.message_id)
    if known is not None and known.ticket_id is not None:
        ticket = context.uow.tickets.get(known.ticket_id)
        raise AlreadySo("refusals.already_part_of", reference=ticket.reference)
    admit(context, about.actor, about.location.channel)
    language = best(about.actor.language, context.desk.language)
    ticket = open_ticket(
        context,
        NewRequest(
            requester=about.actor,
            text=about.text or words(language, "requester.subject_without_words"),
            channel=about.location.channel,
            root=about.message_id,
            said_at=about.at,
            files=about.stored,
            platform_revision=about.revision,
            quote=about.quote,
            community=about.location.community or community,
        ),
    )
    place_words(context, message_key(about.location.channel, about.message_id), ticket)
    return ticket


def _adopt_reply(context: Context, about: MessagePosted) -> Ticket:
    """Somebody else's words in a requester's thread, such as “me too”, become a ticket of theirs."""
    said = context.uow.messages.find(about.location.channel, about.message_id)
    if said is None or said.said_in is None:
        raise Refused("refusals.message_is_reply")
    before = context.uow.tickets.lock(said.ticket_id)
    thread = context.uow.conversations.get(said.said_in)
    is_anothers = said.kind is MessageKind.REQUEST and said.author != before.requester
    if said.id == before.opening or not is_anothers or thread.side is not Side.REQUESTER:
        raise AlreadySo("refusals.already_part_of", reference=before.reference)
    admit(context, about.actor, about.location.channel)
    separated = happened.MessageSeparated(actor=context.actor.key, at=context.now, message=said.id)
    record_changes(context, before, [separated])
    return open_ticket(
        context,
        NewRequest(
            requester=about.actor,
            text=said.text,
            channel=thread.channel,
            said_at=said.said_at,
            files=said.files,
            opening=said,
            is_private=before.is_private or thread.is_private,
            community=about.location.community,
        ),
    )


def _sides(context: Context, ticket: Ticket, request: NewRequest) -> Sides:
    if request.is_by_nobody:
        return Sides(requesters=None, teams=teams_side(context, ticket))
    if not request.is_announced:
        return sides_of_history(context, ticket)
    return sides_of(
        context,
        ticket,
        requester=request.requester,
        channel=request.channel,
        root=request.root,
        thread=request.thread,
    )


def _opening_message(
    context: Context, ticket: Ticket, request: NewRequest, asked_in: Conversation | None
) -> TicketMessage:
    if request.opening is not None:
        return replace(request.opening, ticket_id=ticket.id, said_in=asked_in.id if asked_in else None)
    return TicketMessage(
        id=ticket.opening or context.uow.new_id(),
        ticket_id=ticket.id,
        kind=MessageKind.REQUEST,
        author=request.requester.key,
        author_name=request.requester.name,
        text=request.text,
        said_at=request.said_at,
        said_in=asked_in.id if request.root and asked_in else None,
        platform_id=request.root,
        platform_revision=request.platform_revision,
        files=request.files,
        quote=request.quote,
    )


def _moved(request: NewRequest, ticket: Ticket, asked_in: Conversation | None) -> list[TicketMessage]:
    return [
        replace(each, ticket_id=ticket.id, said_in=asked_in.id if asked_in else None) for each in request.more
    ]
