"""`/desk view`: the views there are, with how many tickets each holds; and the tickets of one of them."""

from dataclasses import replace
from typing import Final

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_known_person, find_person, split_person
from bot.commands.framework.ticket_lists import (
    TicketList,
    order_called,
    range_shown,
    read_order,
    read_page,
    ticket_page,
    turn_buttons,
)
from bot.domain.directory import Person, Team
from bot.domain.errors import Refused
from bot.domain.search.query import SearchOrder
from bot.domain.suggestions import did_you_mean, nearest
from bot.domain.views.saved_view import SavedView, folded_name
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, PrivateReply, RichText
from bot.ports.storage.search import TicketCount
from bot.services.search.ticket_search import SearchScope, visibility_in
from bot.services.views.ticket_views import (
    QUOTES,
    count_view,
    find_view,
    name_to_ask,
    read_view,
    read_view_of,
    views_called,
    views_of,
    views_seen,
    which_views,
)
from bot.text.sentences import joined, say, words
from bot.views.lists.view_counts import shown_count

LISTED: Final = 20
"""Views on a page."""
OF: Final = "of"
"""The option of a button that names whose view it is, by their key."""


def view(call: Call) -> PrivateReply:
    """One view's tickets, or without a name all views.

    A lead may name somebody of their team first: `@bo mornings`.
    """
    person, name = _whose(call)
    if person is not None and person.key not in call.context.accounts:
        return _of_another(call, person, name)
    if person is not None:
        call = replace(call, options={**call.options, "name": name})
    name, order, page = _read(call)
    if not name:
        return _all_views(call, page=page)
    found = find_view(call.context, name)
    listed = TicketList(
        query=read_view(call.context, found),
        title=found.title,
        how=found.query,
        nothing=call.say("lists.nothing_in", text=found.title),
        options={"name": name_to_ask(call.context, found)},
        several=found.query,
    )
    return ticket_page(call, listed, page=page, order=order)


def _whose(call: Call) -> tuple[Person | None, str]:
    """Whose views are meant, where somebody is named, and the name that follows."""
    if key := call.option(OF):
        return find_person(call.context, key), call.option("name")
    named, rest = split_person(call.context, call.option("name"))
    if not named.startswith("@") and not named.startswith("<@"):
        return None, ""
    return find_known_person(call.context, named), rest


def _of_another(call: Call, person: Person, name: str) -> PrivateReply:
    """To be read, and to be made a view of the team; nobody changes what is another's."""
    context = call.context
    views = views_of(context, person)
    if not name:
        return _views_of(call, person, views)
    wanted = folded_name(name.strip(QUOTES))
    found = next((each for each in views if each.folded == wanted), None)
    if found is None:
        meant = nearest(name, [each.name for each in views])
        raise Refused("lists.unknown", *did_you_mean(meant), *which_views(views), text=name)
    listed = TicketList(
        query=read_view_of(context, person, found),
        title=f"{found.title} · {person.name}",
        how=found.query,
        nothing=call.say("lists.nothing_in", text=found.title),
        options={"name": found.name, OF: person.key},
        buttons=tuple(_for_team(call, found, team) for team in context.desk.leads_of(person, context.actor)),
    )
    return ticket_page(
        call, listed, page=read_page(call.option("page")), order=read_order(call.option("order"))
    )


def _views_of(call: Call, person: Person, views: list[SavedView]) -> PrivateReply:
    if not views:
        return call.answer("lists.none_of", name=person.name)
    title: RichText = (Bold(words(call.context.language, "lists.all_of", name=person.name)),)
    lines: list[RichText] = [(Bold(each.title), f" · {each.query}") for each in views]
    buttons = tuple(
        Button(label=each.title, verb=verbs.VIEW, options={"name": each.name, OF: person.key})
        for each in views[:LISTED]
    )
    return PrivateReply(text=joined(title, *lines, by="\n"), buttons=buttons)


def _for_team(call: Call, view: SavedView, team: Team) -> Button:
    label = words(call.context.language, "lists.button_for_team", team=team.title)
    options = {"name": view.name, "query": view.query, "team": team.name}
    return Button(label=label, verb=verbs.SAVE_VIEW, options=options)


def _read(call: Call) -> tuple[str, SearchOrder | None, int]:
    """The name, and the order and the page that may follow it as long as no view is called so. Raises Refused."""
    name = call.option("name")
    order, page = read_order(call.option("order")), read_page(call.option("page"))
    while name and not views_called(call.context, name):
        rest, _, last = name.rpartition(" ")
        if order is None and (named := order_called(last)) is not None:
            name, order = rest, named
        elif last.isdecimal():
            name, page = rest, read_page(last)
        else:
            break
    return name, order, page


def _all_views(call: Call, *, page: int) -> PrivateReply:
    views = views_seen(call.context)
    pages = -(-len(views) // LISTED)
    page = min(page, pages)
    shown = views[(page - 1) * LISTED : page * LISTED]
    visibility = visibility_in(call.context, SearchScope.SEEN)
    lines: list[RichText] = []
    buttons: list[Button] = []
    for each in shown:
        many = count_view(call.context, each, visibility=visibility)
        lines.append(_line(call, each, many))
        options = {"name": name_to_ask(call.context, each)}
        buttons.append(Button(label=each.title, verb=verbs.VIEW, options=options))
    language = call.context.language
    title = words(language, "lists.all")
    how = range_shown((page - 1) * LISTED, len(shown), len(views), language)
    command = verbs.typed(call.context.desk.command_names, verbs.VIEW)
    turn = turn_buttons(call, {}, page=page, pages=pages)
    return PrivateReply(
        text=joined(
            (Bold(title), f" · {how}"), *lines, call.say("lists.how_to_save", command=command), by="\n"
        ),
        buttons=(*buttons, *turn),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def _line(call: Call, view: SavedView, many: TicketCount | None) -> RichText:
    """`Unassigned · 12 · is:unassigned team:mine`, and whose it is."""
    language = call.context.language
    parts = [shown_count(many, language), view.query]
    if view.team is not None:
        parts.insert(0, call.context.desk.title_of(view.team))
    elif view.owner:
        parts.insert(0, words(language, "lists.own"))
    line: RichText = (Bold(view.title), "".join(f" · {each}" for each in parts))
    return line if many is not None else (*line, " · ", *say(language, "lists.no_longer_read"))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.VIEW,
        place=22,
        aliases=("views",),
        who=Role.AGENT,
        handler=view,
        reads=True,
        options=(
            Option(name="name", kind=OptionKind.VIEW, is_required=False),
            Option(name="order", kind=OptionKind.ORDER, is_required=False),
            Option(name="page", kind=OptionKind.WORD, is_required=False, is_typed_only=True),
        ),
        example="view waiting-on-us",
    ),
)
