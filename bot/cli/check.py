"""`check`, `route` and `schema`: questions about `desk.yaml` that touch nothing."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.bootstrap.platforms import platforms_set_up
from bot.cli.terminal import load_settings, said_plainly
from bot.config import Configuration, load_configuration
from bot.config.checks.desk import check_desk
from bot.config.checks.findings import ConfigurationFinding
from bot.config.json_schema import schema_text
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Inbox, Person
from bot.domain.errors import ConfigurationError
from bot.domain.findings import Severity
from bot.domain.routing.router import Request
from bot.domain.suggestions import nearest
from bot.text.language_detector import LanguageDetector

Config = Annotated[
    Path | None, typer.Option("--config", help="The file to look at, instead of the configured one.")
]
Demo = Annotated[bool, typer.Option("--demo", help="Look at the demo's desk.")]


def check(
    config: Config = None,
    samples: Annotated[
        Path | None,
        typer.Option(help="Texts people might write: one a line, or a .csv with a column `text`."),
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on what is probably not meant too.")] = False,
    demo: Demo = False,
) -> None:
    """Check desk.yaml: what is wrong, and what is probably not meant."""
    with said_plainly():
        settings = load_settings(is_demo=demo)
        configuration = load_configuration(config or settings.config, KNOWN_PLATFORMS)
        platforms = platforms_set_up(settings, configuration.desk)
        texts = list(_texts(samples)) if samples else []
        findings = check_desk(configuration, _requests(configuration.desk, texts), platforms=platforms)
        for finding in findings:
            _print_finding(configuration, finding)
        desk = configuration.desk
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        warnings = sum(finding.severity is Severity.WARNING for finding in findings)
        typer.echo(
            f"{configuration.path} can be used: {len(desk.teams)} teams, {len(desk.inboxes)} inboxes, "
            f"{len(desk.sla_policies)} SLA policies; {errors} errors, {warnings} warnings."
        )
        if strict and errors + warnings:
            raise typer.Exit(1)


def route(
    text: Annotated[str, typer.Argument(help="What somebody writes.")],
    inbox: Annotated[str, typer.Option(help="The inbox, by its name or as platform:channel.")],
    person: Annotated[str, typer.Option(help="Who asks, as platform:id or an e-mail address.")] = "",
    category: Annotated[str, typer.Option(help="The form's category.")] = "",
    config: Config = None,
    *,
    demo: Demo = False,
) -> None:
    """Say where a request would go and why, rule by rule, without opening a ticket."""
    with said_plainly():
        desk = _configuration(config, is_demo=demo).desk
        found = find_inbox(desk, inbox)
        request = Request(
            text=text,
            platform=found.channel.platform,
            inbox=found.name,
            person=_person(person, found.channel),
            at=datetime.now(UTC),
            fields={"category": category} if category else {},
            community=_community(desk, found),
            language=lambda: LanguageDetector()(text),
        )
        verdict = desk.router.route(request)
        has_matched = False
        for report in desk.router.explain(request):
            sign = "✗" if not report.matched else "·" if has_matched else "✓"
            has_matched = has_matched or report.matched
            typer.echo(f"  {sign} {report.rule}: {report.why}")
        typer.secho(f"→ {desk.teams[verdict.team].title}: {verdict.why}", bold=True)
        for label, value in (
            ("priority", verdict.priority),
            ("tags", ", ".join(verdict.tags)),
            ("SLA policy", verdict.sla_policy),
            ("private", "yes" if verdict.is_private or found.is_private else ""),
            ("assigned to", verdict.assignee or verdict.assignment),
        ):
            if value:
                typer.echo(f"  {label}: {value}")


def schema() -> None:
    """Print the JSON Schema of desk.yaml, for editors."""
    typer.echo(schema_text(), nl=False)


def find_inbox(desk: Desk, name: str) -> Inbox:
    """An inbox by its name in desk.yaml, its channel's name, or `platform:channel`."""
    for inbox in desk.inboxes.values():
        if name in (inbox.name, inbox.channel.channel, str(inbox.channel)):
            return inbox
    meant = nearest(name, [*desk.inboxes, *(str(inbox.channel) for inbox in desk.inboxes.values())])
    hint = f" Did you mean `{meant}`?" if meant else ""
    raise ConfigurationError(
        f"There is no inbox `{name}`.{hint} Inboxes: {', '.join(desk.inboxes) or 'none'}."
    )


def _configuration(config: Path | None, *, is_demo: bool) -> Configuration:
    return load_configuration(config or load_settings(is_demo=is_demo).config, KNOWN_PLATFORMS)


def _person(reference: str, channel: ChannelRef) -> Person:
    if ":" in reference:
        return Person(key=reference, name=reference)
    email = reference.lower() if "@" in reference else None
    return Person(key=f"{channel.platform}:{reference or 'somebody'}", name=reference, email=email)


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
            community=_community(desk, inbox),
        )
        for text in texts
        for inbox in desk.inboxes.values()
    ]


def _community(desk: Desk, inbox: Inbox) -> str | None:
    """Whose requests come from there: where an inbox does not say, the only server's of its platform."""
    if inbox.community is not None:
        return inbox.community
    served = desk.communities_on(inbox.channel.platform)
    return served[0].name if len(served) == 1 else None


def _print_finding(configuration: Configuration, finding: ConfigurationFinding) -> None:
    color = typer.colors.YELLOW if finding.severity is Severity.WARNING else None
    typer.secho(f"{configuration.path}:{finding.line}: {finding.severity}: {finding.sentence}", fg=color)
