"""What a valid configuration still gets wrong about who is on call, who is away and which programs are told."""

from collections.abc import Collection, Iterator

from bot.config.checks.findings import ConfigurationFinding, hint, warning
from bot.config.file.problems import did_you_mean
from bot.config.loading import Configuration
from bot.config.schema.webhooks import webhooks_named
from bot.domain.directory import Assignment, NewPing, Team, is_group
from bot.domain.routing.quotes import named_in_file
from bot.domain.sentence import Sentence, sentence


def check_duty(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    yield from (warning(each.line, each.sentence) for each in configuration.remarks)
    yield from _strangers(configuration)
    yield from _no_agents(configuration)
    yield from _without_rota(configuration)
    yield from _nobody_to_ping(configuration)
    yield from _unheard(configuration)
    yield from _unused(configuration)


def _strangers(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """People of the browser workspace whom it does not list: they have left, or are misspelt."""
    listed = {person.key for person in configuration.workspace.people}
    for location, reference in _people(configuration):
        if listed and reference.startswith(f"{configuration.names.workspace}:") and reference not in listed:
            yield warning(
                configuration.line_of(*location),
                not_in_workspace(reference, listed),
            )


def not_in_workspace(reference: str, listed: Collection[str]) -> Sentence:
    hint = did_you_mean(reference, listed)
    return sentence("configuration.not_in_workspace", person=reference, hint=hint)


def _people(configuration: Configuration) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, rota in configuration.file.rotas.items():
        for at, person in enumerate(rota.people):
            yield ("rotas", name, "people", at), person
        for at, each in enumerate(rota.exceptions):
            yield ("rotas", name, "exceptions", at, "person"), each.person
    for at, absent in enumerate(configuration.file.absences.people):
        yield ("absences", "people", at, "person"), absent.person


def _no_agents(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """People who would be given tickets of a team that they are not in."""
    listed = {person.key for person in configuration.workspace.people}
    for name, rota in configuration.desk.rotas.items():
        teams = [team for team in configuration.desk.teams.values() if team.rota == name]
        for reference in sorted(rota.everybody):
            if (
                listed
                and reference.startswith(f"{configuration.names.workspace}:")
                and reference not in listed
            ):
                continue  # that has been said
            strange = [team.name for team in teams if not _may_be_agent(configuration, reference, team)]
            if strange:
                told = sentence(
                    "configuration.on_call_not_agent",
                    person=reference,
                    rota=name,
                    teams=tuple(map(named_in_file, strange)),
                )
                yield warning(_line_of(configuration, name, reference), told)


def _line_of(configuration: Configuration, rota: str, reference: str) -> int:
    """Where the person stands; for one of an iCalendar file where that does."""
    section = configuration.file.rotas[rota]
    if reference in section.people:
        return configuration.line_of("rotas", rota, "people", section.people.index(reference))
    exceptions = [each.person for each in section.exceptions]
    if reference in exceptions:
        return configuration.line_of("rotas", rota, "exceptions", exceptions.index(reference))
    return configuration.line_of("rotas", rota, "ical")


def _may_be_agent(configuration: Configuration, reference: str, team: Team) -> bool:
    """Yes where only a platform knows: it has the groups, and whose address is whose."""
    agents = team.agents | team.leads
    if reference in agents or any(map(is_group, agents)):
        return True
    known = [each.as_person() for each in configuration.workspace.people]
    person = next((each for each in known if each.answers_to(frozenset({reference}))), None)
    if person is not None:
        return team.has_agent(person)
    are_addresses = {"@" in each for each in agents}
    return ("@" not in reference) in are_addresses


def _without_rota(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    for name, team in configuration.desk.teams.items():
        if Assignment.ON_CALL in team.assignment and team.rota is None:
            line = configuration.line_of("teams", name, "assignment")
            yield warning(line, sentence("configuration.on_call_without_rota", team=name))


def _nobody_to_ping(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """What `ping_new` asks for, where there is nobody whom it could mean."""
    for name, team in configuration.desk.teams.items():
        key = _nobody(team)
        if key:
            yield warning(configuration.line_of("teams", name, "ping_new"), sentence(key, team=name))


def _nobody(team: Team) -> str:
    match team.ping_new:
        case NewPing.ON_CALL if team.rota is None:
            return "configuration.ping_without_rota"
        case NewPing.GROUP if not any(map(is_group, team.agents)):
            return "configuration.ping_without_group"
        case NewPing.LEAST_LOADED if not team.agents:
            return "configuration.ping_without_agents"
        case _:
            return ""


def _unheard(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Alarms that have no channel."""
    for name, team in configuration.desk.teams.items():
        for key, value in (("rota", team.rota), ("unclaimed_after", team.unclaimed_after)):
            if value is not None and team.escalation_channel is None:
                line = configuration.line_of("teams", name, key)
                yield warning(line, sentence("configuration.alerts_nowhere", team=name, option=key))


def _unused(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    rotas = {team.rota for team in configuration.desk.teams.values()}
    for name in configuration.desk.rotas:
        if name not in rotas:
            yield unused_entry(configuration, "rotas", name)
    platform = configuration.names.webhooks
    named = webhooks_named(configuration.document, platform=platform)
    webhooks = {channel.removeprefix(f"{platform}:") for _, channel in named}
    for name in configuration.desk.webhooks:
        if name not in webhooks:
            yield unused_entry(configuration, "webhooks", name)


def unused_entry(configuration: Configuration, section: str, name: str) -> ConfigurationFinding:
    unused = sentence("configuration.unused", name=name, section=section)
    return hint(configuration.line_of(section, name), unused)
