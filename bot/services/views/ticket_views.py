"""The views there are for one person: built in, in `desk.yaml`, their own and their teams'.

A view of others is not found, listed or suggested, and its name is free. It shows what its reader may see.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.domain import events as happened
from bot.domain.directory import Person, Team
from bot.domain.errors import NotAllowed, Refused
from bot.domain.search.query import Criterion, FilterName, Query
from bot.domain.search.visibility import Visibility
from bot.domain.search.vocabulary import MINE
from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.domain.views.saved_view import BUILT_IN, BY_TEAM, MOST_SAVED, SavedView, folded_name, read_name
from bot.ports.storage.search import TicketCount
from bot.services.context.reader import ListReader, zone_of
from bot.services.search.ticket_search import ME, SearchScope, count_tickets, read_search
from bot.text.sentences import words

QUOTES: Final = ' "“”„«»'
NAMED: Final = 12
"""Views that a sentence names."""
MOST_SHOWN: Final = 999
"""Tickets of a view that are counted beside its name: of more it is said that there are more."""


def views_seen(context: ListReader) -> list[SavedView]:
    """Built-in ones, those of `desk.yaml`, own ones, then those of teams, titled in the actor's language."""
    teams = context.desk.teams_of(context.actor)
    if not teams:
        return []
    names = {team.name for team in teams}
    configured = [each for each in context.desk.views.values() if _is_for(context, each, names)]
    saved = context.uow.saved_views.seen_by(_accounts(context), teams=names)
    built_in = [replace(each, title=title_of(each, context.language)) for each in BUILT_IN]
    return [*built_in, *configured, *saved]


def _accounts(context: ListReader) -> frozenset[str]:
    """What was saved with any account of the actor's is theirs."""
    return context.uow.identities.accounts_of(context.actor.key)


def _is_for(context: ListReader, view: SavedView, teams: set[str]) -> bool:
    """A view of a team is its agents'; one of every agent is not shown to those to whom its filters mean nothing."""
    if view.team is not None:
        return view.team in teams
    try:
        read_search(context, view.query, scope=SearchScope.SEEN, zone=zone_of(context))
    except Refused:
        return False
    return True


def title_of(view: SavedView, language: str) -> str:
    return words(language, f"lists.title_{view.name.replace('-', '_')}") if view.is_built_in else view.title


def find_view(context: ListReader, text: str) -> SavedView:
    """By its name or title; `network/printers` is the team's. Raises Refused, also where several teams have one.

    Of two accounts of one person each may have had one of that name: that of the actor's goes first.
    """
    found = views_called(context, text)
    if not found:
        known = views_seen(context)
        meant = nearest(text, [each.name for each in known])
        raise Refused("lists.unknown", *did_you_mean(meant), *which_views(known), text=text.strip(QUOTES))
    own = sorted(
        (each for each in found if each.team is None), key=lambda each: each.owner != context.actor.key
    )
    if len(found) > 1 and not own:
        names = tuple(f"{each.team}{BY_TEAM}{each.name}" for each in found if each.team is not None)
        raise Refused("lists.ambiguous", text=text, names=OneOf(names))
    return (own or found)[0]


def which_views(known: Sequence[SavedView]) -> tuple[Sentence, ...]:
    """The views that there are, by name; nothing where there is none."""
    names = tuple(dict.fromkeys(each.name for each in known))
    listed = names if len(names) <= NAMED else (*names[:NAMED], "…")
    return (sentence("lists.there_are", names=listed),) if names else ()


def views_called(context: ListReader, text: str) -> list[SavedView]:
    """All of that name or title, which may be in quotation marks."""
    text = text.strip(QUOTES)
    team, by, name = text.partition(BY_TEAM)
    if by:
        return [each for each in _called(context, name) if each.team == team.strip().casefold()]
    return _called(context, text)


def _called(context: ListReader, text: str) -> list[SavedView]:
    wanted = folded_name(text)
    return [each for each in views_seen(context) if wanted in (each.folded, folded_name(each.title))]


def read_view(context: ListReader, view: SavedView) -> Query:
    """For the actor, as of now. Raises Refused where its text means nothing any more, or never did to them."""
    query = read_search(context, view.query, scope=SearchScope.SEEN, zone=zone_of(context))
    return replace(query, order=query.order or view.order)


def views_of(context: ListReader, person: Person) -> list[SavedView]:
    """Somebody's own, for a lead of theirs. Raises NotAllowed for anybody else."""
    if not context.desk.leads_of(person, context.actor):
        raise NotAllowed("lists.leads_only", name=person.name)
    return list(context.uow.saved_views.seen_by(context.uow.identities.accounts_of(person.key), teams=()))


def read_view_of(context: ListReader, person: Person, view: SavedView) -> Query:
    """As that person means it: `me` and `team:mine` are theirs. What is found is what the actor may see."""
    query = read_view(context, view)
    teams = tuple(team.name for team in context.desk.teams_of(person))
    return replace(query, criteria=tuple(_as_meant_by(person, teams, each) for each in query.criteria))


def _as_meant_by(person: Person, teams: tuple[str, ...], criterion: Criterion) -> Criterion:
    theirs: dict[FilterName, tuple[str, tuple[str, ...]]] = {
        FilterName.ASSIGNED: (ME, (person.key,)),
        FilterName.FROM: (ME, (person.key,)),
        FilterName.TEAM: (MINE, teams),
    }
    if criterion.name not in theirs:
        return criterion
    word, meant = theirs[criterion.name]
    values = [
        value
        for each in criterion.values
        for value in (meant if each.removeprefix("@").casefold() == word else (each,))
    ]
    return replace(criterion, values=tuple(dict.fromkeys(values)))


def name_to_ask(context: ListReader, view: SavedView) -> str:
    """What finds this view, also where another one has the same name."""
    is_shared_name = view.team is not None and len(views_called(context, view.name)) > 1
    return f"{view.team}{BY_TEAM}{view.name}" if is_shared_name else view.name


def count_view(context: ListReader, view: SavedView, *, visibility: Visibility) -> TicketCount | None:
    """At most MOST_SHOWN; None where its text means nothing any more."""
    try:
        query = read_view(context, view)
        return count_tickets(context, query, visibility=visibility, at_most=MOST_SHOWN)
    except Refused:
        return None


def save_view(context: ListReader, *, name: str, query: str, team: Team | None) -> SavedView:
    """Of the actor's own, or of a team of theirs. Raises Refused for a query that means nothing and a taken name."""
    if team is not None and not team.has_agent(context.actor):
        raise NotAllowed("lists.not_your_team", team=team.title)
    read_search(context, query, scope=SearchScope.SEEN, zone=zone_of(context))
    name = read_name(name)
    view = SavedView(
        id=context.uow.new_id(),
        name=name,
        title=name,
        query=" ".join(query.split()),
        owner=context.actor.key,
        team=team.name if team is not None else None,
    )
    held = list(_held_beside(context, view))
    if len(held) >= MOST_SAVED:
        raise Refused("lists.too_many", most=MOST_SAVED)
    _require_free(context, view)
    if not context.uow.saved_views.add(view):
        raise _taken(view)
    _note(context, view, "made")
    return view


def rename_view(context: ListReader, view: SavedView, *, to: str) -> SavedView:
    """Raises Refused for a view that nobody saved and for a name that is taken."""
    _require_saved(view)
    renamed = view.renamed(read_name(to))
    _require_free(context, renamed)
    if not context.uow.saved_views.rename(renamed):
        raise _taken(renamed)
    _note(context, renamed, "renamed", before=view.name)
    return renamed


def remove_view(context: ListReader, view: SavedView) -> None:
    """Raises Refused for a view that nobody saved."""
    _require_saved(view)
    context.uow.saved_views.remove(view)
    _note(context, view, "removed")


def _note(context: ListReader, view: SavedView, what: str, *, before: str = "") -> None:
    """Of a team's in the audit log; somebody's own is nobody else's business."""
    if view.team is not None:
        changed = happened.TeamViewChanged(
            actor=context.actor.key,
            at=context.now,
            team=view.team,
            view=view.name,
            what=what,
            before=before,
        )
        context.uow.audit_log.append(None, [changed])


def removable(context: ListReader) -> Sequence[SavedView]:
    """Those that somebody saved: own ones and those of teams."""
    return [each for each in views_seen(context) if each.id]


def _held_beside(context: ListReader, view: SavedView) -> Iterator[SavedView]:
    for each in context.uow.saved_views.seen_by(_accounts(context), teams=[view.team] if view.team else []):
        if each.team == view.team:
            yield each


def _require_free(context: ListReader, view: SavedView) -> None:
    """One's own name may be another team's too, but never that of a view which everybody has."""
    for each in views_seen(context):
        is_beside = each.id == 0 or each.team == view.team
        if each.id != view.id and is_beside and view.folded in (each.folded, folded_name(each.title)):
            raise _taken(view)
    if any(
        view.folded == each.folded for each in context.desk.views.values() if each.team in (None, view.team)
    ):
        raise _taken(view)


def _taken(view: SavedView) -> Refused:
    return Refused("lists.name_taken", text=view.name)


def _require_saved(view: SavedView) -> None:
    if view.is_built_in:
        raise Refused("lists.built_in", text=view.title)
    if not view.id:
        raise Refused("lists.configured", text=view.title)
