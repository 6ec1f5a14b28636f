"""Say where a request would go and why, rule by rule, without opening a ticket."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.cli.actions.desk_file import community_of, find_inbox, read_configuration
from bot.cli.actions.environment import load_settings
from bot.cli.terminal import for_terminal, say
from bot.domain.directory import ChannelRef, Person
from bot.domain.routing.router import Request
from bot.domain.tickets.privacy_words import is_marked_private
from bot.text.error_text import english
from bot.text.language_detector import LanguageDetector


def show_route(
    text: str, *, inbox: str, person: str, category: str, config: Path | None, is_demo: bool
) -> None:
    desk = read_configuration(config, load_settings(is_demo=is_demo)).desk
    found = find_inbox(desk, inbox)
    request = Request(
        text=text,
        platform=found.channel.platform,
        inbox=found.name,
        person=_person(person, found.channel),
        at=datetime.now(UTC),
        fields={"category": category} if category else {},
        community=community_of(desk, found),
        is_private=found.is_private or is_marked_private(text),
        language=lambda: LanguageDetector()(text),
    )
    verdict = desk.router.route(request)
    has_matched = False
    for report in desk.router.explain(request):
        sign = "✗" if not report.matched else "·" if has_matched else "✓"
        has_matched = has_matched or report.matched
        say(f"  {sign} {report.rule}: {english(report.why)}")
    typer.secho(for_terminal(f"→ {desk.teams[verdict.team].title}: {english(verdict.why)}"), bold=True)
    for label, value in (
        ("priority", verdict.priority),
        ("tags", ", ".join(verdict.tags)),
        ("SLA policy", verdict.sla_policy),
        ("private", "yes" if verdict.is_private or found.is_private else ""),
        ("assigned to", verdict.assignee or ", ".join(verdict.assignment or ())),
    ):
        if value:
            typer.echo(f"  {label}: {value}")


def _person(reference: str, channel: ChannelRef) -> Person:
    if ":" in reference:
        return Person(key=reference, name=reference)
    email = reference.lower() if "@" in reference else None
    return Person(key=f"{channel.platform}:{reference or 'somebody'}", name=reference, email=email)
