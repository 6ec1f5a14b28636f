"""`/ticket open`, `list`, `show`, `reply`, `close`, `reopen`, `separate`: what people do with their requests."""

from dataclasses import replace
from typing import Final

from bot.commands.framework.access import require_agent
from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.intake_forms import PRIVATE, read_answers, written_answers
from bot.commands.framework.listings import ticket_view
from bot.commands.framework.replies.held_commands import hold_back
from bot.commands.framework.replies.open_readers import privacy_button, told_of_readers
from bot.commands.framework.ticket_filters import (
    of_teams_ever,
    requested,
    requested_and_finished,
    requested_ever,
)
from bot.commands.framework.ticket_lists import TicketList, order_called, read_page, ticket_page
from bot.domain.errors import AlreadySo, NotAllowed, Refused
from bot.domain.search.query import Criterion, FilterName, OwnRequests, Query, SearchOrder, TicketState
from bot.domain.sentence import Fact, sentence
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.custom_field import CATEGORY
from bot.domain.tickets.privacy_words import read_privacy
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.ports.intake import ShortcutOn
from bot.services.context.context import Context
from bot.services.context.sight import Sight
from bot.services.context.status_words import RESOLUTION, resolution_number
from bot.services.search.ticket_search import SearchScope
from bot.services.tickets import actions, follow_ups
from bot.services.tickets.communities import server_meant
from bot.services.tickets.courtesy import is_courtesy_on
from bot.services.tickets.limits import admit
from bot.services.tickets.merges.merges import live_original, write_to_original
from bot.services.tickets.offers.held_requests import hold_request, shown_on_the_spot
from bot.services.tickets.opening import NewRequest, adopt_message, open_ticket
from bot.services.tickets.requester_side import Place, place_of
from bot.services.tickets.revisions.buttons import revision_buttons
from bot.text.sentences import joined, words


def open_request(call: Call) -> PrivateReply | None:
    """Open a ticket from a command, a form, or somebody's message."""
    context, about = call.context, call.about
    if about is not None:
        return _open_from_message(call)
    text, is_marked = read_privacy(call.option("text"))
    if not text:
        raise _nothing_asked(call, is_private=is_marked)
    subject, *_ = text.strip().splitlines()
    if call.option("more"):
        text = f"{text}\n\n{call.option('more')}"
    wants_privacy = is_marked or call.option(PRIVATE) == "yes"
    answers = read_answers(context, call.location, call.options)
    if written := written_answers(context, answers):
        text = f"{text}\n\n{written}"
    category = {CATEGORY: call.option(CATEGORY)} if call.option(CATEGORY) else {}
    fields = category | {field.name: value for field, value in answers}
    admit(context, context.actor, call.location.channel, text=text)
    request = NewRequest(
        requester=context.actor,
        text=text,
        subject=subject,
        channel=call.location.channel,
        said_at=context.now,
        fields=fields,
        files=call.files,
        is_private=wants_privacy,
        community=server_meant(call.context.desk, call.location, chosen=call.option("community")),
    )
    looked_up = hold_request(context, request)
    if looked_up.offer is not None:
        return shown_on_the_spot(context, looked_up.offer)
    ticket = open_ticket(context, replace(request, was_looked_up=looked_up.is_done))
    created = call.say(_created(call, ticket), reference=ticket.reference, team=context.team_of(ticket).title)
    offers_teams = CATEGORY not in category and len(context.desk.categories_at(call.location.channel)) > 1
    readers = told_of_readers(context, ticket, text, offers_teams=offers_teams)
    privacy = (privacy_button(context, ticket),) if readers and not ticket.is_private else ()
    return PrivateReply(
        text=joined(created, readers) if readers else created,
        buttons=(*privacy, *revision_buttons(context, ticket, ticket.opening, group=call.command.group)),
    )


def _nothing_asked(call: Call, *, is_private: bool) -> Refused:
    if not is_private or call.is_form:
        return Refused("answers.request_empty")
    command = verbs.typed(call.context.desk.command_names, verbs.OPEN)
    return Refused("answers.private_request_empty", command=command)


def _created(call: Call, ticket: Ticket) -> str:
    """The sentence that says where the requester is answered."""
    place = place_of(
        call.context,
        requester=call.context.actor,
        channel=call.location.channel,
        is_private=ticket.is_private,
    )
    if place is Place.PRIVATE_THREAD:
        return "answers.created_in_private_thread"
    if call.location.is_direct:
        return "answers.created"
    return "answers.created_in_directs" if place is Place.DIRECT else "answers.created_in_thread"


def _open_from_message(call: Call) -> PrivateReply:
    """Make somebody's message a ticket of theirs."""
    about, context = call.about, call.context
    if about is None:
        raise Refused("answers.no_message")
    ticket = adopt_message(context, about, community=call.option("community") or None)
    return call.answer("answers.created_from", reference=ticket.reference, name=about.actor.name)


def list_mine(call: Call) -> PrivateReply:
    """The actor's own requests and those shared with them, open ones unless others are asked for.

    What waits for them comes first, then what changed last.
    """
    which, order, page = _read_list(call)
    names, language = call.context.desk.command_names, call.context.language
    state = which.state
    query = Query(
        text="", order=SearchOrder.LAST_WORD if state is TicketState.FINISHED else SearchOrder.YOURS
    )
    if state is not None:
        query = query.with_criterion(Criterion(name=FilterName.IS, values=(state,)))
    title = f"answers.list_{which}"
    found = TicketList(
        query=query,
        scope=SearchScope.OWN,
        title=words(language, title),
        nothing=call.say(f"{title}_none", command=verbs.typed(names, verbs.OPEN)),
        options={"which": str(which)} if which is not OwnRequests.OPEN else {},
    )
    return ticket_page(call, found, page=page, order=order)


_MEANT: Final = {
    **{str(each): each for each in OwnRequests},
    "active": OwnRequests.OPEN,
    **dict.fromkeys(("done", "finished", "resolved"), OwnRequests.CLOSED),
}


def _read_list(call: Call) -> tuple[OwnRequests, SearchOrder | None, int]:
    """Which ones, an order and a page, each of which may be left out. Raises Refused."""
    which, order, page = OwnRequests.OPEN, None, 1
    for word in filter(None, map(call.option, ("which", "order", "page"))):
        if (meant := _MEANT.get(word.casefold())) is not None:
            which = meant
        elif (named := order_called(word)) is not None:
            order = named
        elif word.isdecimal():
            page = read_page(word)
        else:
            example = f"{verbs.typed(call.context.desk.command_names, verbs.LIST_OWN)} all 2"
            raise Refused("answers.not_all_or_page", text=word, command=example)
    return which, order, page


def show(call: Call, ticket: Ticket) -> PrivateReply:
    return ticket_view(call.context, ticket, sees_notes=call.context.sight(ticket) is Sight.TEAMS_SIDE)


def reply(call: Call, ticket: Ticket) -> PrivateReply | None:
    """A word from whoever it is: an agent of the team answers, anybody else writes as the requester."""
    text = call.option("text")
    context = call.context
    if context.is_agent_of(ticket):
        if held := hold_back(call, ticket):
            return held
        sent = actions.reply_as_agent(context, ticket, text=text, files=call.files)
    elif ticket.status is Status.CLOSED:
        original = live_original(context, ticket)
        if original is None:
            raise Refused("answers.closed_reopen", reference=ticket.reference)
        sent = write_to_original(context, ticket, original, text=text, files=call.files)
    elif not _writes_with_requester(context, ticket):
        team = context.team_of(ticket).title
        raise NotAllowed("answers.only_requester_and_team", reference=ticket.reference, team=team)
    else:
        courtesy = is_courtesy_on(context, ticket, text)
        sent = actions.write_as_requester(
            context,
            ticket,
            text=text,
            said=follow_ups.said_directly(context, ticket, call.location.channel),
            files=call.files,
            is_courtesy=courtesy and not call.files,
        )
    return PrivateReply(
        text=call.say("answers.reply_sent", reference=ticket.reference),
        buttons=revision_buttons(context, ticket, sent.id, group=call.command.group),
    )


def _writes_with_requester(context: Context, ticket: Ticket) -> bool:
    """The requester, and whoever was added on their side."""
    sides = context.uow.followers.sides
    return context.is_requester_of(ticket) or Side.REQUESTER in sides(ticket.id, context.actor.key)


def close(call: Call, ticket: Ticket) -> PrivateReply:
    """Solved it myself, or no longer needed."""
    if call.context.is_requester_of(ticket):
        if call.option(RESOLUTION):
            _require_resolved(call, ticket)
        is_withdrawn = ticket.status.is_live and ticket.first_replied_at is None
        actions.close_ticket(call.context, ticket, reason=call.option("reason"))
        key = "answers.withdrawn_own" if is_withdrawn else "answers.closed_own"
        return call.answer(key, reference=ticket.reference)
    require_agent(call.context, call.command, ticket)
    if held := hold_back(call, ticket, becomes=Ticket.close):
        return held
    actions.close_ticket(call.context, ticket, reason=call.option("reason"))
    return call.answer("answers.closed", reference=ticket.reference)


def reopen(call: Call, ticket: Ticket) -> PrivateReply:
    if not call.context.is_requester_of(ticket):
        require_agent(call.context, call.command, ticket)
    if call.option(RESOLUTION):
        _require_current(call, ticket)
    actions.reopen_ticket(call.context, ticket)
    if call.option("text"):
        reply(call, ticket)
    return call.answer("answers.reopened", reference=ticket.reference)


def _require_current(call: Call, ticket: Ticket) -> None:
    """A button that was shown for one resolution reopens no later one, and nothing that is worked on."""
    facts: dict[str, Fact] = {
        "reference": ticket.reference,
        "status": sentence(f"terms.status_{ticket.status}"),
    }
    if ticket.status.is_live:
        raise AlreadySo("refusals.nothing_to_reopen", **facts)
    if call.option(RESOLUTION) != str(resolution_number(call.context.uow, ticket)):
        raise AlreadySo("answers.resolved_again", **facts)


def _require_resolved(call: Call, ticket: Ticket) -> None:
    """That one resolution solved it says nothing of what is worked on again, or was resolved anew."""
    if ticket.status.is_live or call.option(RESOLUTION) != str(resolution_number(call.context.uow, ticket)):
        raise Refused("refusals.reopened_since", reference=ticket.reference)


def separate(call: Call, ticket: Ticket) -> PrivateReply:
    """What was added to a ticket becomes one of its own."""
    if not call.context.is_requester_of(ticket):
        require_agent(call.context, call.command, ticket)
    named = call.option("message")
    own = follow_ups.separate(call.context, ticket, message_id=int(named) if named.isdecimal() else None)
    return call.answer("answers.split", reference=own.reference, before=ticket.reference)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.OPEN,
        aliases=("new", "create", "neu", "nouveau", "nuevo", "novo", "öffnen", "ouvrir", "abrir"),
        place=10,
        handler=open_request,
        options=(
            Option(name="text"),
            Option(name="category", kind=OptionKind.CATEGORY, is_required=False, is_form_only=True),
            Option(
                name=PRIVATE,
                kind=OptionKind.YES_NO,
                is_required=False,
                is_form_only=True,
            ),
        ),
        has_form=True,
        takes_files=True,
        example="open my VPN does not connect",
        shortcuts=(
            ShortcutOn.ANYTHING,
            ShortcutOn.MESSAGE,
        ),
        by_mention=ByMention.NEVER,
        opens_ticket=True,
        asks_by_category=True,
    ),
    Command(
        name=verbs.LIST_OWN,
        place=20,
        handler=list_mine,
        reads=True,
        spoken=("status", "tickets", "my tickets", "my requests"),
        options=(
            Option(name="which", kind=OptionKind.OWN_REQUESTS, is_required=False),
            Option(name="order", kind=OptionKind.ORDER, is_required=False),
            Option(name="page", kind=OptionKind.WORD, is_required=False),
        ),
    ),
    Command(
        name=verbs.SHOW,
        aliases=("status", "statut", "estado"),
        place=30,
        on_ticket=show,
        fitting=requested_ever,
        reads=True,
        example="show IT-12",
    ),
    Command(
        name=verbs.SHOW_AS_AGENT,
        place=175,
        who=Role.AGENT,
        on_ticket=show,
        fitting=of_teams_ever,
        reads=True,
        replies_privately=True,
        lets_followers=True,
        menu_group="ticket",
    ),
    Command(
        name=verbs.REPLY_OWN,
        aliases=("comment",),
        place=40,
        on_ticket=reply,
        fitting=requested,
        options=(Option(name="text", read_by=ReadBy.TEAM),),
        has_form=True,
        takes_files=True,
        example="reply IT-12 it works on the other screen",
    ),
    Command(
        name=verbs.CLOSE_OWN,
        aliases=("cancel", "withdraw", "schließen", "schliessen", "fermer", "cerrar", "fechar"),
        meant_by={"delete": ""},
        place=50,
        on_ticket=close,
        fitting=requested,
        confirms_choice=True,
        options=(
            Option(name="reason", is_required=False, read_by=ReadBy.TEAM),
            Option(name=RESOLUTION, kind=OptionKind.WORD, is_required=False, is_form_only=True),
        ),
        example="close IT-12 it was the cable",
    ),
    Command(
        name=verbs.REOPEN_OWN,
        place=60,
        aliases=("wiederöffnen", "rouvrir", "reabrir"),
        on_ticket=reopen,
        fitting=requested_and_finished,
        options=(
            Option(name="text", is_required=False, read_by=ReadBy.TEAM),
            Option(name=RESOLUTION, kind=OptionKind.WORD, is_required=False, is_form_only=True),
        ),
        example="reopen IT-12 it happened again",
    ),
    Command(
        name=verbs.SEPARATE,
        place=70,
        on_ticket=separate,
        fitting=requested,
        options=(Option(name="message", kind=OptionKind.WORD, is_required=False, is_form_only=True),),
        example="separate IT-12",
    ),
)
