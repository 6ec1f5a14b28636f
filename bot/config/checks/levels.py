"""What `check` says about levels and regions: circles, and teams that may not have the ticket."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.config.checks.findings import ConfigurationFinding, error, warning
from bot.config.file.problems import path_of
from bot.config.loading import Configuration
from bot.domain.directory import Team
from bot.domain.levels.hand_over import TOO_SOON
from bot.domain.routing.quotes import named_in_file
from bot.domain.sentence import sentence

_DAY: Final = timedelta(days=1)
_ANY_DAY: Final = date(2026, 1, 15)


def check_levels(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    yield from _level_circles(configuration)
    for name, team in configuration.desk.teams.items():
        if team.next_level is not None:
            yield from _of_another_server(configuration, name, "escalates", team.next_level.team)
        if team.hands_over is not None:
            yield from _of_another_server(configuration, name, "hands_over", team.hands_over.team)
    yield from _hand_overs(configuration)


def _hand_overs(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Teams that hand over to themselves, or back within the hour: a ticket would stay."""
    teams, told = configuration.desk.teams, set[frozenset[str]]()
    for name, team in teams.items():
        rule = team.hands_over
        if rule is None:
            continue
        line = configuration.line_of("teams", name, "hands_over", "to")
        if rule.team == name:
            yield error(line, sentence("configuration.hands_over_to_itself", team=name))
            continue
        back = teams[rule.team].hands_over
        if back is None or back.team != name or frozenset({name, rule.team}) in told:
            continue
        told.add(frozenset({name, rule.team}))
        if _hours_apart(team, teams[rule.team]) < TOO_SOON:
            yield warning(line, sentence("configuration.hands_over_back", team=name, other=rule.team))


def _hours_apart(team: Team, other: Team) -> timedelta:
    """Between their hours, on a day that stands for all."""
    hours = [_hour(each) for each in (team, other)]
    apart = abs(hours[0] - hours[1]) % _DAY
    return min(apart, _DAY - apart)


def _hour(team: Team) -> datetime:
    minute = team.hands_over.minute if team.hands_over is not None else 0
    return datetime.combine(_ANY_DAY, time(), team.calendar.zone).astimezone(UTC) + timedelta(minutes=minute)


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
