"""People and teams as somebody types them."""

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import Refused
from bot.domain.suggestions import nearest
from bot.services.context.context import Context


def find_person(context: Context, words: str) -> Person:
    """Somebody the desk knows. Raises Refused with what to write when it is nobody or several."""
    found = context.uow.people.search(words, platform=context.actor.platform) or context.uow.people.search(
        words
    )
    if not found:
        raise Refused(
            f"Nobody called `{words}` is known to the desk. Write their name, @handle or e-mail address; "
            "a name of several words in quotation marks."
        )
    if len(found) > 1:
        names = ", ".join(f"{each.name} ({each.key.partition(':')[2]})" for each in found[:5])
        raise Refused(f"`{words}` could be several people: {names}. Write the handle.")
    return found[0]


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
    hint = f" Did you mean `{meant}`?" if meant else ""
    raise Refused(f"There is no team `{words}`.{hint} Teams: {', '.join(sorted(desk.teams))}.")
