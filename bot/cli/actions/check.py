"""Check desk.yaml: what is wrong, and what is probably not meant. Exit code 1: errors; `is_strict`: warnings, too."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.bootstrap.platforms import platforms_set_up
from bot.cli.actions.desk_file import community_of, read_configuration
from bot.cli.actions.environment import doubtful_settings, load_settings
from bot.cli.terminal import say
from bot.config.checks.desk import check_desk
from bot.config.checks.findings import ConfigurationFinding
from bot.config.loading import Configuration
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import ConfigurationError
from bot.domain.findings import Severity
from bot.domain.routing.router import Request
from bot.text.catalogue import languages, missing
from bot.text.english import counted
from bot.text.error_text import english


def check_file(config: Path | None, samples: Path | None, *, is_strict: bool, is_demo: bool) -> None:
    settings = load_settings(is_demo=is_demo)
    configuration = read_configuration(config, settings)
    texts = list(_texts(samples)) if samples else []
    platforms = platforms_set_up(settings, configuration.desk)
    findings = check_desk(configuration, _requests(configuration.desk, texts), platforms=platforms)
    for finding in findings:
        _print_finding(configuration, finding)
    desk = configuration.desk
    untranslated = languages_of(desk)
    for sentence in untranslated:
        say(f"{configuration.path}: {Severity.WARNING}: {sentence}", color=typer.colors.YELLOW)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    warnings += len(doubtful_settings()) + len(untranslated)
    verdict = "has errors" if errors else "can be used"
    typer.echo(
        f"{configuration.path} {verdict}: {counted(len(desk.teams), 'team')}, "
        f"{counted(len(desk.inboxes), 'inbox', 'inboxes')}, "
        f"{counted(len(desk.sla_policies), 'SLA policy', 'SLA policies')}; "
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}."
    )
    if errors or (is_strict and warnings):
        raise typer.Exit(1)


def languages_of(desk: Desk) -> list[str]:
    """Languages that the file asks for and Deskbell does not speak, or not whole."""
    asked = {desk.language: "desk.language"} | {
        team.language: f"teams.{team.name}.language" for team in desk.teams.values() if team.language
    }
    return [problem for code, where in asked.items() if (problem := _untranslated(code, where))]


def _untranslated(code: str, where: str) -> str:
    if code not in languages():
        return f"`{where}`: Deskbell does not speak `{code}`; it uses English. It speaks {', '.join(languages())}."
    keys = missing(code)
    rest = f" and {len(keys) - 5:,} more" if len(keys) > 5 else ""
    names = ", ".join(keys[:5])
    return (
        f"`{where}`: these sentences are not in `{code}` yet and are said in English: {names}{rest}."
        if keys
        else ""
    )


def _texts(path: Path) -> Iterator[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise ConfigurationError(f"The samples {path} cannot be read: {error.strerror}.") from None
    if path.suffix.lower() == ".csv":
        rows = csv.DictReader(lines.splitlines())
        if "text" not in (rows.fieldnames or ()):
            raise ConfigurationError(f"{path}, line 1: there is no column `text`.")
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
        )
        for text in texts
        for inbox in desk.inboxes.values()
    ]


def _print_finding(configuration: Configuration, finding: ConfigurationFinding) -> None:
    color = typer.colors.YELLOW if finding.severity is Severity.WARNING else None
    say(f"{configuration.path}:{finding.line}: {finding.severity}: {english(finding.sentence)}", color=color)
