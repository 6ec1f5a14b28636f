"""What `check` says about levels: circles, and teams that may not have the ticket."""

from collections.abc import Iterator

from bot.config.checks.findings import ConfigurationFinding, error
from bot.config.file.problems import path_of
from bot.config.loading import Configuration
from bot.domain.routing.quotes import named_in_file
from bot.domain.sentence import sentence


def check_levels(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    yield from _level_circles(configuration)
    for name, team in configuration.desk.teams.items():
        if team.next_level is not None:
            yield from _of_another_server(configuration, name, "escalates", team.next_level.team)


def _level_circles(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Each circle once, at the team that closes it."""
    teams, told = configuration.desk.teams, set[frozenset[str]]()
    for name in teams:
        way = [name]
        while (level := teams[way[-1]].next_level) is not None and level.team not in way:
            way.append(level.team)
        if level is None or level.team != name or frozenset(way) in told:
            continue
        told.add(frozenset(way))
        line = configuration.line_of("teams", way[-1], "escalates", "to")
        if len(way) == 1:
            yield error(line, sentence("configuration.escalates_to_itself", team=name))
            continue
        path = path_of([named_in_file(each) for each in (*way, name)])
        yield error(line, sentence("configuration.levels_circle", path=path))


def _of_another_server(
    configuration: Configuration, name: str, option: str, to: str
) -> Iterator[ConfigurationFinding]:
    """Servers that share a desk never see one another's tickets."""
    community, others = (configuration.desk.teams[each].community for each in (name, to))
    if others is not None and others != community:
        line = configuration.line_of("teams", name, option, "to")
        yield error(line, sentence("configuration.next_team_of_another_server", team=name, other=to))
