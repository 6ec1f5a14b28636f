"""People, teams and macros as somebody types them."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from bot.commands.framework.command import OptionKind
from bot.commands.framework.parsing import NameAtStart, split_name
from bot.domain.calendars.typed_windows import AHEAD, read_window
from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import Refused
from bot.domain.macros.macro import Macro
from bot.domain.normalised_text import words_of
from bot.domain.sentence import sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.messages.inbound import Location
from bot.services.context.context import Context
from bot.services.context.named_people import is_oneself, people_named, told_apart
from bot.services.macros.known_macros import macros_for
from bot.services.people.profile import may_know_of
from bot.services.reports.reports import zone_of

MOST_WORDS = 6
"""Words of a name that is recognised without quotation marks."""
_WORD = re.compile(r"\S*[^\s,:;]")
"""Without the comma or colon that parts a name from what follows it."""


def names_of_desk(desk: Desk) -> NameAtStart:
    """Those in the configuration, for where nobody can be looked up."""
    return lambda kind, text: _longest(text, lambda words: _is_name_of_desk(desk, kind, words))


def names_known(context: Context) -> NameAtStart:
    """Those in the configuration, those of people, and those of macros."""
    macros = cache(partial(macros_for, context, None))

    def is_name(kind: OptionKind, words: str) -> bool:
        if kind in (OptionKind.PERSON, OptionKind.AGENT):
            return bool(context.uow.people.search(words))
        if kind is OptionKind.MACRO:
            return any(each.macro.is_called(words) for each in macros())
        return _is_name_of_desk(context.desk, kind, words)

    return lambda kind, text: _longest(text, lambda words: is_name(kind, words))


def _longest(text: str, is_name: Callable[[str], bool]) -> str:
    ends = [word.end() for word in _WORD.finditer(text)][:MOST_WORDS]
    return next((text[:end] for end in reversed(ends) if is_name(" ".join(text[:end].split()))), "")


def _is_name_of_desk(desk: Desk, kind: OptionKind, words: str) -> bool:
    named: Iterable[Team | Macro] = ()
    if kind is OptionKind.TEAM:
        named = desk.teams.values()
    elif kind is OptionKind.MACRO:
        named = desk.macros.values()
    wanted = words.casefold()
    return any(wanted in (each.name.casefold(), each.title.casefold()) for each in named)


def find_person(context: Context, words: str) -> Person:
    """Somebody the desk knows. Raises Refused with what to write when it is nobody or several."""
    return _the_one(words, people_named(context, words))


def _the_one(words: str, found: Sequence[Person]) -> Person:
    if not found:
        raise Refused("commands.unknown_person", text=words)
    if len(found) > 1:
        raise Refused("commands.ambiguous_person", text=words, people=told_apart(found))
    return found[0]


def find_known_person(context: Context, words: str) -> Person:
    """Somebody of whom the actor, an agent, may know: nobody is told that there are people of other servers.

    Several accounts of one person are that person.

    Raises Refused as `find_person`.
    """
    if is_oneself(words):
        return context.actor
    known = [each for each in people_named(context, words) if may_know_of(context, each)]
    if known and context.uow.identities.accounts_of(known[0].key).issuperset(each.key for each in known):
        return known[0]
    return _the_one(words, known)


def find_colleague(context: Context, words: str) -> Person:
    """Somebody on the actor's own platform; nobody elsewhere is found by it. Raises Refused as `find_person`."""
    return _the_one(words, context.uow.people.search(words, platform=context.actor.platform))


def find_agent(context: Context, words: str, team: Team) -> Person:
    """The actor, or an agent: with two people of one name, the one who is in the team."""
    if is_oneself(words):
        return context.actor
    agents = [person for person in people_named(context, words) if team.has_agent(person)]
    return agents[0] if len(agents) == 1 else find_person(context, words)


def split_person(context: Context, typed: str) -> tuple[str, str]:
    """A colleague by `@name`, or oneself by any word for that, and what follows; nobody where nobody comes first."""
    first = typed.partition(" ")[0]
    if not typed.startswith(("@", "<@")) and not is_oneself(first):
        return "", typed
    return split_name(OptionKind.AGENT, typed, names_known(context))


def find_team(context: Context, words: str) -> Team:
    """As `team_called`, or by what only one of them has as a word of its title or begins with."""
    wanted = " ".join(words.casefold().split())
    for fits in (_is_called, _has_word, _begins_with):
        found = [each for each in context.desk.teams.values() if wanted and fits(each, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    return team_called(context.desk, words)


def team_called(desk: Desk, words: str) -> Team:
    """A team by its name or title, in any letter case. Raises Refused with the teams there are."""
    wanted = " ".join(words.casefold().split())
    for team in desk.teams.values():
        if _is_called(team, wanted):
            return team
    hint = did_you_mean(nearest(words, desk.teams))
    teams = sentence("commands.teams", teams=tuple(sorted(desk.teams)))
    raise Refused("commands.unknown_team", *hint, teams, text=words)


def _is_called(team: Team, wanted: str) -> bool:
    return wanted in (team.name.casefold(), team.title.casefold())


def _has_word(team: Team, wanted: str) -> bool:
    return wanted in words_of(team.title)


def _begins_with(team: Team, wanted: str) -> bool:
    return any(name.startswith(wanted) for name in (team.name.casefold(), team.title.casefold()))


def team_and_time(context: Context, first: str, rest: str) -> tuple[Team | None, str]:
    """Both may be left out, and what is typed first may be either: `network 12 weeks`, `last month`."""
    if not first:
        return None, rest
    try:
        return team_called(context.desk, first), rest
    except Refused as no_team:
        whole = f"{first} {rest}".strip()
        try:
            read_window(whole, now=context.now, zone=zone_of(context.desk, None))
        except Refused as no_time:
            raise (no_time if _begins_a_time(first) else no_team) from None
        return None, whole


def _begins_a_time(word: str) -> bool:
    return word[0].isdigit() or word.lower() in (
        "since",
        "from",
        "last",
        "this",
        "the",
        "past",
        "today",
        "yesterday",
        *AHEAD,
    )


def ticket_here(context: Context, location: Location) -> int | None:
    """Id of the ticket whose thread this is."""
    if location.thread is None:
        return None
    conversation = context.uow.conversations.find(location.channel, location.thread)
    return conversation.ticket_id if conversation else None
