"""`/desk report`: the figures of one's own teams, and other reports by their names; charts and tables too."""

from collections.abc import Sequence

from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_team, names_of_desk, team_and_time
from bot.commands.framework.parsing import split_name, split_verb
from bot.commands.framework.since import read_short_window
from bot.documents.document import send_to_actor
from bot.documents.report import CHARTS, JSON_LINES, TABLES, about
from bot.documents.report_kind import SLA_REPORT, USUAL_REPORT, ReportKind, declared_reports, report_named
from bot.domain.directory import Team
from bot.domain.errors import Refused
from bot.domain.sentence import sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.ports.storage.reports import ReportQuery
from bot.services.reports.reports import asked_of, teams_seen_by, zone_of
from bot.text.sentences import joined, words

LEADS_REPORT = "agents"
"""The example for those who may read it."""
FILES = {
    "charts": (CHARTS, "answers.report_charts"),
    "tables": (TABLES, "answers.report_tables"),
    "json_lines": (JSON_LINES, "answers.report_json_lines"),
}


def report(call: Call) -> PrivateReply:
    """In words and a table, with buttons for the same as files; or, when one is pressed, the word that they come."""
    context = call.context
    kind, first, rest = _report_and_words(call)
    team, time = _team_and_time(call, first, rest)
    wanted = None if team is None else [team.name]
    teams = teams_seen_by(context.desk, context.actor, wanted=wanted, as_lead=kind.is_for_leads)
    window = read_short_window(time, now=context.now, zone=zone_of(context.desk, teams))
    asked = asked_of(context.desk, since=window.since, until=window.until, now=context.now, teams=teams)
    if call.option("files") in FILES:
        document, coming = FILES[call.option("files")]
        send_to_actor(context, document, about=about(asked, report=kind.name))
        return call.answer(coming)
    found = kind.read(context.uow, context.desk, asked, context.language)
    if found.nothing:
        return _nothing(call, kind, found.nothing)
    text = found.text if kind.name != USUAL_REPORT else joined(found.text, _others(call), by="\n")
    return PrivateReply(text=text, buttons=_buttons(call, kind, team, asked))


def _others(call: Call) -> RichText:
    """What the usual report does not tell, by the names of the others."""
    names = [name for name in _names_for(call) if name != USUAL_REPORT]
    example = LEADS_REPORT if LEADS_REPORT in names else SLA_REPORT
    command = f"{call.registry.name_of('desk', call.context.desk)} report {example}"
    return call.say("answers.report_others", command=command, names=", ".join(names))


def _names_for(call: Call) -> Sequence[str]:
    """The reports that the actor may read."""
    desk, actor = call.context.desk, call.context.actor
    is_lead = desk.is_admin(actor) or any(team.has_lead(actor) for team in desk.teams_of(actor))
    return [name for name, kind in sorted(declared_reports().items()) if is_lead or not kind.is_for_leads]


def _report_and_words(call: Call) -> tuple[ReportKind, str, str]:
    """A report may be named before the team or after it: `inboxes network 12 weeks`, `network inboxes`.

    A team of a report's name comes first.
    """
    first, rest = call.option("team"), call.option("since")
    if call.option("report"):
        return report_named(call.option("report")), first, rest
    known = declared_reports()
    if first.lower() in known and not _is_team(call, first):
        following, after = split_name(OptionKind.TEAM, rest, names_of_desk(call.context.desk))
        return known[first.lower()], following, after
    named, after = split_verb(rest)
    if named in known and _is_team(call, first):
        return known[named], first, after
    return known[USUAL_REPORT], first, rest


def _team_and_time(call: Call, first: str, rest: str) -> tuple[Team | None, str]:
    """Raises Refused with the teams and the reports there are for what is neither, and no time."""
    try:
        return team_and_time(call.context, first, rest)
    except Refused as refused:
        if refused.sentences[0].key != "commands.unknown_team":
            raise
        names, teams = _names_for(call), sorted(call.context.desk.teams)
        raise Refused(
            "reports.no_team_or_report",
            *did_you_mean(nearest(first, [*teams, *names])),
            sentence("commands.teams", teams=tuple(teams)),
            sentence("reports.report_names", names=tuple(names)),
            text=first,
        ) from None


def _is_team(call: Call, word: str) -> bool:
    try:
        find_team(call.context, word)
    except Refused:
        return False
    return True


def _nothing(call: Call, kind: ReportKind, said: RichText) -> PrivateReply:
    named = "" if kind.name == USUAL_REPORT else f" {kind.name}"
    example = f"{call.registry.name_of('desk', call.context.desk)} report{named} 12 weeks"
    return PrivateReply(text=joined(said, call.say("answers.report_look_back", command=example)))


def _buttons(call: Call, kind: ReportKind, team: Team | None, asked: ReportQuery) -> tuple[Button, ...]:
    """They bring the days that were shown, whenever they are pressed."""
    first, last = asked.days
    shown = {"since": f"{first} until {last}"} | ({"team": team.name} if team is not None else {})
    shown |= {} if kind.name == USUAL_REPORT else {"report": kind.name}
    return tuple(
        Button(
            label=words(call.context.language, f"answers.button_{files}"),
            verb="desk report",
            options={**shown, "files": files},
            is_primary=files == "charts",
        )
        for files in FILES
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk report",
        place=260,
        who=Role.STAFF,
        handler=report,
        reads=True,
        writes_with="files",
        options=(
            Option(name="team", kind=OptionKind.TEAM, is_required=False),
            Option(name="since", is_required=False),
        ),
        by_mention=ByMention.ALONE,
        menu_group="team",
        example="report network 12 weeks",
    ),
)
