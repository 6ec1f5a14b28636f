"""People and teams as somebody types them."""

from collections.abc import Sequence

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import Refused
from bot.domain.sentence import OneOf, sentence
from bot.domain.suggestions import nearest
from bot.services.context.context import Context


def find_person(context: Context, words: str) -> Person:
    """Somebody the desk knows. Raises Refused with what to write when it is nobody or several."""
    found = context.uow.people.search(words, platform=context.actor.platform) or context.uow.people.search(
        words
    )
    return _the_one(words, found)


def _the_one(words: str, found: Sequence[Person]) -> Person:
    if not found:
        raise Refused("commands.unknown_person", text=words)
    if len(found) > 1:
        names = OneOf(tuple(f"{each.name} ({each.key.partition(':')[2]})" for each in found[:5]))
        raise Refused("commands.ambiguous_person", text=words, people=names)
    return found[0]


def find_colleague(context: Context, words: str) -> Person:
    """Somebody on the actor's own platform; nobody elsewhere is found by it. Raises Refused as `find_person`."""
    return _the_one(words, context.uow.people.search(words, platform=context.actor.platform))


def find_agent(context: Context, words: str, team: Team) -> Person:
    """`me`, or an agent: with two people of one name, the one who is in the team."""
    if words.lower() == "me":
        return context.actor
    found = context.uow.people.search(words, platform=context.actor.platform) or context.uow.people.search(
        words
    )
    agents = [person for person in found if team.has_agent(person)]
    return agents[0] if len(agents) == 1 else find_person(context, words)


def find_team(context: Context, words: str) -> Team:
    return team_called(context.desk, words)


def team_called(desk: Desk, words: str) -> Team:
    """A team by its name or title, in any letter case. Raises Refused with the teams there are."""
    wanted = words.casefold()
    for team in desk.teams.values():
        if wanted in (team.name.casefold(), team.title.casefold()):
            return team
    meant = nearest(words, desk.teams)
    hint = (sentence("commands.did_you_mean", command=meant),) if meant else ()
    teams = sentence("commands.teams", teams=tuple(sorted(desk.teams)))
    raise Refused("commands.unknown_team", *hint, teams, text=words)
