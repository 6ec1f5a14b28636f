"""`/desk bulk`: tickets of a search, to be changed together; all of them, or those that are ticked in a form."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.parsing import Reference, read_reference
from bot.commands.framework.when import zone_of
from bot.domain.bulk_changes.bulk_change import MOST_TICKETS, BulkChange
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Field, Form, PrivateReply, RichText
from bot.ports.storage.search import FoundTickets
from bot.services.bulk_changes.preview import preview
from bot.services.bulk_changes.selection import own_change, select, select_found, visible_tickets
from bot.services.search.ticket_search import SearchScope, read_search
from bot.text.amounts import listed
from bot.text.sentences import joined, words
from bot.views.bulk_changes.menu import CHANGE, PAGE, cut_line, menu_of, preview_of
from bot.views.lists.looked_through import looked_through

SUBJECT = 60
"""Characters of a subject in the form."""
_TICKED = "tickets"


def bulk(call: Call) -> PrivateReply:
    """What can be done with the tickets that a search finds, or that are named."""
    if call.option(CHANGE):
        return _menu(call, own_change(call.context, call.option(CHANGE)))
    if references := _references(call):
        return _of_named(call, references)
    query = read_search(
        call.context, call.option("query"), scope=SearchScope.SEEN, zone=zone_of(call.context)
    )
    selection = select_found(call.context, query)
    looked = looked_through(selection.found, query.sorted_by, language=call.context.language)
    if selection.change is None:
        return PrivateReply(text=joined(call.say("search.nothing_found", text=query.text), looked, by="\n"))
    return _menu(call, selection.change, found=selection.found, looked=looked)


def choose(call: Call) -> PrivateReply | Form:
    """A page of the tickets as boxes to tick; sent, those that are ticked are the ones to change."""
    change = own_change(call.context, call.option(CHANGE))
    items = call.context.uow.bulk_changes.items(change.id)
    if call.option("none"):
        call.context.uow.bulk_changes.choose(change.id, (), among=[each.ticket for each in items])
        return _menu(call, change, page=1)
    size = call.context.most_form_choices(call.context.actor.platform)
    page = max(1, int(call.option(PAGE))) if call.option(PAGE).isdecimal() else 1
    listed = items[(page - 1) * size : page * size]
    if not call.option("asked"):
        ticked = {each.ticket for each in listed if each.is_chosen}
        tickets = visible_tickets(call.context, (each.ticket for each in listed))
        return _form(call, change, tickets, ticked=ticked, page=page)
    chosen = {int(each) for each in call.option(_TICKED).split(",") if each.strip().isdecimal()}
    call.context.uow.bulk_changes.choose(change.id, chosen, among=[each.ticket for each in listed])
    if change.action is None or len(items) > size:
        return _menu(call, change, page=page)
    return preview_of(call.context, change, preview(call.context, change))


def _form(call: Call, change: BulkChange, tickets: Sequence[Ticket], *, ticked: set[int], page: int) -> Form:
    language = call.context.language
    return Form(
        title=words(language, "bulk.choose_title"),
        verb=verbs.BULK_CHOOSE,
        ticket=None,
        fields=(
            Field(
                name=_TICKED,
                label=words(language, "bulk.tickets_label"),
                kind="choices",
                is_required=False,
                value=",".join(str(each.id) for each in tickets if each.id in ticked),
                choices=tuple((str(each.id), _label(each)) for each in tickets),
            ),
        ),
        submit=words(language, "bulk.choose_submit"),
        fixed={CHANGE: str(change.id), PAGE: str(page), "asked": "yes"},
        instead=call.say(
            "bulk.choose_instead", command=verbs.typed(call.context.desk.command_names, verbs.BULK)
        ),
    )


def _label(ticket: Ticket) -> str:
    return f"{ticket.reference} · {subject_of(ticket.subject, limit=SUBJECT)}"


def _menu(
    call: Call,
    change: BulkChange,
    *,
    found: FoundTickets | None = None,
    looked: RichText = (),
    page: int = 0,
) -> PrivateReply:
    items = call.context.uow.bulk_changes.items(change.id)
    chosen = sum(each.is_chosen for each in items)
    hints = joined(cut_line(found, len(items), language=call.context.language), looked, by="\n")
    return menu_of(call.context, change, chosen=chosen, total=len(items), hints=hints, page=page)


def _references(call: Call) -> Sequence[Reference]:
    """Those that were typed, each once, where these are several numbers of tickets and nothing else."""
    prefix = call.context.desk.prefix
    typed = call.option("query").replace(",", " ").split()
    read = [read_reference(word, prefix=prefix) for word in typed]
    known = [each for each in read if each is not None]
    return known if len(known) == len(read) > 1 else ()


def _of_named(call: Call, references: Sequence[Reference]) -> PrivateReply:
    """Those that the actor may see; the others are named, whether there are such tickets or not."""
    context = call.context
    find = context.uow.tickets.find
    found = {f"{each.prefix}-{each.number}": find(each.prefix, each.number) for each in references}
    tickets = visible_tickets(context, dict.fromkeys(each.id for each in found.values() if each is not None))
    seen = {each.reference for each in tickets}
    unseen = [name for name, each in found.items() if each is None or each.reference not in seen]
    not_seen = call.say("bulk.not_seen", references=listed(unseen, context.language)) if unseen else ()
    if not tickets:
        return PrivateReply(text=not_seen, is_error=True)
    change = select(context, tickets[:MOST_TICKETS], query=call.option("query"))
    menu = _menu(call, change, found=FoundTickets(tickets=tickets, count=len(tickets)))
    return replace(menu, text=joined(menu.text, not_seen, by="\n"))


_CHANGE = Option(name=CHANGE, kind=OptionKind.WORD, is_required=False, is_typed_only=True)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.BULK,
        place=26,
        who=Role.AGENT,
        replies_privately=True,
        handler=bulk,
        has_form=True,
        menu_group="views",
        options=(Option(name="query", kind=OptionKind.SEARCH), _CHANGE),
        example="bulk is:unassigned team:network tag:vpn",
    ),
    Command(
        name=verbs.BULK_CHOOSE,
        place=26,
        who=Role.AGENT,
        replies_privately=True,
        handler=choose,
        is_listed=False,
        options=(_CHANGE,),
    ),
)
