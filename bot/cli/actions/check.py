"""Check desk.yaml: what is wrong, and what is probably not meant. Exit code 1: errors; `is_strict`: warnings, too."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer

from adapters.identity.routes import back_to
from bot.bootstrap.platforms import platforms_set_up
from bot.bootstrap.sessions.identity_client import has_library
from bot.cli.actions.desk_file import community_of, read_configuration
from bot.cli.actions.environment import doubtful_settings, load_settings
from bot.cli.actions.kb.written_articles import written_articles
from bot.cli.terminal import say
from bot.config.checks.answers.faq import faq_findings
from bot.config.checks.answers.knowledge import article_problems
from bot.config.checks.answers.language_model import doubtful_model
from bot.config.checks.desk import check_desk
from bot.config.checks.findings import ConfigurationFinding, warning
from bot.config.checks.lookups import unset_settings
from bot.config.checks.sessions.providers import doubtful_providers
from bot.config.file.problems import DeskFileError, Problem
from bot.config.loading import Configuration, FaultyDesk
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.findings import Severity
from bot.domain.routing.router import Request
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.privacy_words import is_marked_private
from bot.services.sessions.sign_in_links import no_links
from bot.services.sorting.findings import unlearnable
from bot.settings import Settings
from bot.text.catalogue import languages, missing
from bot.text.error_text import english

MOST_KEYS = 5
"""Sentences without a translation that are named."""


def check_file(config: Path | None, samples: Path | None, *, is_strict: bool, is_demo: bool) -> None:
    settings = load_settings(is_demo=is_demo)
    try:
        configuration = read_configuration(config, settings)
    except FaultyDesk as error:
        raise _with_later_errors(error, settings) from None
    texts = list(_texts(samples)) if samples else []
    platforms = platforms_set_up(settings, configuration.desk)
    findings = check_desk(configuration, _requests(configuration.desk, texts), platforms=platforms)
    findings += unset_settings(configuration, settings.lookup_secrets)
    findings += doubtful_model(configuration, settings.model_keys)
    findings += doubtful_providers(
        configuration,
        settings.sign_in_secrets,
        platforms=platforms,
        address=settings.public_url or "",
        redirect=lambda name: back_to(_address_of(settings), name),
        has_library=has_library(),
    )
    findings += faq_findings(configuration, lambda: written_articles(settings))
    for finding in findings:
        _print_finding(configuration, finding)
    desk = configuration.desk
    of_whole = [*article_problems(configuration), *unlearnable(desk)]
    for problem in of_whole:
        say(f"{Severity.WARNING}: {english(problem)}", color=typer.colors.YELLOW)
    if not (settings.public_url or settings.is_opened_where_it_listens or is_demo):
        say(f"{configuration.path}: {Severity.HINT}: {english(no_links(desk))}")
    untranslated = list(languages_of(configuration))
    for finding in untranslated:
        _print_finding(configuration, finding)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    warnings += len(doubtful_settings()) + len(of_whole) + len(untranslated)
    say(
        sentence(
            "terminal.check_has_errors" if errors else "terminal.check_can_be_used",
            file=str(configuration.path),
            teams=sentence("terminal.teams", count=len(desk.teams)),
            inboxes=sentence("terminal.inboxes", count=len(desk.inboxes)),
            policies=sentence("terminal.policies", count=len(desk.sla_policies)),
            errors=sentence("terminal.errors", count=errors),
            warnings=sentence("terminal.warnings", count=warnings),
        )
    )
    if errors or (is_strict and warnings):
        raise typer.Exit(1)


def _address_of(settings: Settings) -> str:
    """Where people open the desk, as far as the settings say."""
    return settings.public_url or f"http://127.0.0.1:{settings.http_port}"


def _with_later_errors(faulty: FaultyDesk, settings: Settings) -> ConfigurationError:
    """Besides its faults, what of the rest would keep the desk from working."""
    later: list[ConfigurationFinding] = []
    if faulty.rest is not None:
        later = check_desk(faulty.rest, platforms=platforms_set_up(settings, faulty.rest.desk))
    errors = [
        Problem(each.line, each.sentence)
        for each in later
        if each.severity is Severity.ERROR and not faulty.hides(each.line)
    ]
    every = DeskFileError(faulty.path, [*faulty.problems, *errors], unchecked=faulty.unchecked)
    return ConfigurationError(*every.lines, sentence("terminal.check_warnings_later"))


def languages_of(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Languages that the file asks for and Deskbell does not speak, or not whole."""
    desk = configuration.desk
    asked: dict[str, tuple[str, ...]] = {desk.language: ("desk", "language")} | {
        team.language: ("teams", team.name, "language") for team in desk.teams.values() if team.language
    }
    for code, at in asked.items():
        if problem := _untranslated(code, ".".join(at)):
            yield warning(configuration.line_of(*at), problem)


def _untranslated(code: str, where: str) -> Sentence | None:
    if code not in languages():
        return sentence("terminal.language_unknown", where=where, code=code, languages=languages())
    keys = missing(code)
    if not keys:
        return None
    if len(keys) <= MOST_KEYS:
        return sentence("terminal.untranslated", where=where, code=code, names=keys)
    names, more = ", ".join(keys[:MOST_KEYS]), len(keys) - MOST_KEYS
    return sentence("terminal.untranslated_more", where=where, code=code, names=names, more=more)


def _texts(path: Path) -> Iterator[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise ConfigurationError(
            sentence("terminal.samples_unreadable", file=str(path), reason=reason_of(error))
        ) from None
    if path.suffix.lower() == ".csv":
        rows = csv.DictReader(lines.splitlines())
        if "text" not in (rows.fieldnames or ()):
            raise ConfigurationError(sentence("terminal.samples_no_column", file=str(path)))
        yield from (row["text"] for row in rows if row["text"])
    elif path.suffix.lower() == ".jsonl":
        yield from (str(json.loads(line)["text"]) for line in lines.splitlines() if line.strip())
    else:
        yield from (line for line in lines.splitlines() if line.strip())


def _requests(desk: Desk, texts: list[str]) -> list[Request]:
    """Each sample as if written in every inbox, by nobody in particular."""
    somebody = Person(key="sample:somebody", name="Somebody")
    return [
        Request(
            text=text,
            platform=inbox.channel.platform,
            inbox=inbox.name,
            person=somebody,
            at=datetime.now(UTC),
            community=community_of(desk, inbox),
            is_private=inbox.is_private or is_marked_private(text),
        )
        for text in texts
        for inbox in desk.inboxes.values()
    ]


def _print_finding(configuration: Configuration, finding: ConfigurationFinding) -> None:
    color = typer.colors.YELLOW if finding.severity is Severity.WARNING else None
    say(f"{configuration.path}:{finding.line}: {finding.severity}: {english(finding.sentence)}", color=color)
