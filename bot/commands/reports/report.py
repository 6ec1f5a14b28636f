"""`/desk report`: the figures of one's own teams, and other reports by their names; charts and tables too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands.framework.assistant.presence import has_model
from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_team, team_and_time
from bot.documents.document import send_to_actor
from bot.documents.report import CHARTS, JSON_LINES, TABLES, about
from bot.documents.report_kind import SLA_REPORT, USUAL_REPORT, ReportKind, declared_reports, report_named
from bot.documents.reports.forecast import FORECAST
from bot.domain.assistant.language_model import ModelTask
from bot.domain.calendars.typed_windows import Window, read_short_window
from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import NotAllowed, Refused
from bot.domain.sentence import sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.messages.plain import plain
from bot.ports.storage.reports import ReportQuery
from bot.services.assistant.jobs import LONGEST_WORDS, ask_in_general, model_for_person
from bot.services.figures.figures import previous
from bot.services.reports.reports import asked_of, teams_seen_by, zone_of
from bot.text.sentences import joined, words

IN_WORDS = "in words"
WORDS = "words"
LEADS_REPORT = "agents"
"""The example for those who may read it."""
FILES = {
    "charts": (CHARTS, "answers.report_charts"),
    "tables": (TABLES, "answers.report_tables"),
    "json_lines": (JSON_LINES, "answers.report_json_lines"),
}
PERIODS = frozenset({"week", "month", "quarter", "year"})


def report(call: Call) -> PrivateReply:
    """In words and a table, with buttons for the same as files; or, when one is pressed, the word that they come."""
    context = call.context
    wants_words, call = _without_ending(call)
    kind, first, rest = _report_and_words(call)
    team, time = _team_and_time(call, first, rest)
    wanted = None if team is None else [team.name]
    teams = teams_seen_by(context.desk, context.actor, wanted=wanted, as_lead=kind.is_for_leads)
    if wants_words:
        teams = _teams_put_in_words(call, kind, team, teams)
    window = _window(call, time, teams)
    asked = asked_of(
        context.desk,
        since=window.since,
        until=window.until,
        now=context.now,
        teams=teams,
        compared=window.before,
    )
    if call.option("files") in FILES:
        document, coming = FILES[call.option("files")]
        send_to_actor(context, document, about=about(asked, report=kind.name))
        return call.answer(coming)
    found = kind.read(context.uow, context.desk, asked, context.language)
    if found.nothing:
        return _nothing(call, kind, found.nothing)
    if wants_words:
        return _in_words(call, found.text)
    text = joined(found.text, found.quotes, by="\n")
    text = text if kind.name != USUAL_REPORT else joined(text, _others(call), by="\n")
    return PrivateReply(text=text, buttons=_buttons(call, kind, team, asked))


def _window(call: Call, time: str, teams: frozenset[str] | None) -> Window:
    """Raises Refused; for a time to come with the report that looks ahead."""
    try:
        return read_short_window(time, now=call.context.now, zone=zone_of(call.context.desk, teams))
    except Refused as refused:
        if refused.sentences[0].key != "commands.period_to_come":
            raise
        raise Refused("reports.not_yet", text=time, command=_forecast(call)) from None


def _forecast(call: Call) -> str:
    return f"{verbs.typed(call.context.desk.command_names, call.command.name)} {FORECAST.name}"


def _without_ending(call: Call) -> tuple[bool, Call]:
    """Whether the figures are wanted in words, and the call without saying so."""
    first, rest = call.option("team"), call.option("since")
    typed = f"{first} {rest}".rstrip()
    if not typed.lower().endswith(IN_WORDS):
        return has_model(call.context.desk) and call.option("files") == WORDS, call
    if not has_model(call.context.desk):
        command = verbs.typed(call.context.desk.command_names, call.command.name)
        raise Refused("reports.no_words_here", command=f"{command} {typed[: -len(IN_WORDS)]}".strip())
    if rest.lower().endswith(IN_WORDS):
        rest = rest[: -len(IN_WORDS)].strip()
    else:  # nothing was typed before it, so that it was taken for a team
        first, rest = f"{first} {rest}".rstrip()[: -len(IN_WORDS)].strip(), ""
    return True, replace(call, options={**call.options, "team": first, "since": rest})


def _teams_put_in_words(
    call: Call, kind: ReportKind, team: Team | None, teams: frozenset[str] | None
) -> frozenset[str]:
    """Those of them that let text leave; leads alone ask for it. Raises Refused."""
    desk = call.context.desk
    model = desk.language_model
    if not _is_lead(desk, call.context.actor):
        raise NotAllowed("assistant.report_for_leads")
    if team is not None and (model is None or team.name not in model.teams):
        raise NotAllowed("assistant.team_keeps_text", team=team.title)
    allowed = model.teams if model is not None else frozenset[str]()
    told = allowed if teams is None else allowed & teams
    if not told:
        raise NotAllowed("assistant.no_team_allows")
    if not _is_figures_alone(desk, kind):
        raise Refused("assistant.report_of_words", text=kind.name)
    return told


def _is_figures_alone(desk: Desk, kind: ReportKind) -> bool:
    """Whether nothing but figures stands in it, and names of agents where those may leave."""
    hides_names = desk.language_model is not None and desk.language_model.hides_names
    return not (kind.has_words_of_people or (kind.is_for_leads and hides_names))


def _in_words(call: Call, figures: RichText) -> PrivateReply:
    """The figures at once, and what a model says of them directly."""
    context = call.context
    ask_in_general(context, ModelTask.REPORT, words=plain(figures)[:LONGEST_WORDS])
    return PrivateReply(text=joined(figures, call.say("assistant.report_follows"), by="\n\n"))


def _is_lead(desk: Desk, person: Person) -> bool:
    return desk.is_admin(person) or any(team.has_lead(person) for team in desk.teams_of(person))


def _others(call: Call) -> RichText:
    """What the usual report does not tell, by the names of the others."""
    names = [name for name in _names_for(call) if name != USUAL_REPORT]
    example = LEADS_REPORT if LEADS_REPORT in names else SLA_REPORT
    command = f"{call.registry.name_of('desk', call.context.desk)} report {example}"
    return call.say("answers.report_others", command=command, names=", ".join(names))


def _names_for(call: Call) -> Sequence[str]:
    """The reports that the actor may read."""
    desk, actor = call.context.desk, call.context.actor
    is_lead = _is_lead(desk, actor)
    return [name for name, kind in sorted(declared_reports().items()) if is_lead or not kind.is_for_leads]


def _report_and_words(call: Call) -> tuple[ReportKind, str, str]:
    """The report, the team and the time, typed in any order: `inboxes network 12 weeks`, `last month network`.

    A team of a report's name comes first. What is no team and no time is left to be refused.
    """
    first, rest = call.option("team"), call.option("since")
    if call.option("report"):
        return report_named(call.option("report")), first, rest
    known, typed = declared_reports(), f"{first} {rest}".split()
    place = next(
        (at for at, word in enumerate(typed) if word.lower() in known and not _is_team(call, word)), None
    )
    kind = known[USUAL_REPORT] if place is None else known[typed.pop(place).lower()]
    team = _place_of_team(call, typed)
    if team is None:
        return kind, "".join(typed[:1]), " ".join(typed[1:])
    return kind, _unquoted(typed[team]), " ".join([*typed[: team.start], *typed[team.stop :]])


def _place_of_team(call: Call, typed: Sequence[str]) -> slice | None:
    """Where a team stands among these words: the longest name, for titles have spaces."""
    places = (slice(start, stop) for start in range(len(typed)) for stop in range(start + 1, len(typed) + 1))
    named = [each for each in places if _is_team(call, _unquoted(typed[each]))]
    return max(named, key=lambda each: each.stop - each.start, default=None)


def _unquoted(typed: Sequence[str]) -> str:
    return " ".join(typed).strip('"“”„«»')


def _team_and_time(call: Call, first: str, rest: str) -> tuple[Team | None, str]:
    """Raises Refused with the teams and the reports there are for what is neither, and no time."""
    try:
        return team_and_time(call.context, first, rest)
    except Refused as refused:
        if refused.sentences[0].key == "commands.period_to_come":
            raise Refused(
                "reports.not_yet", text=f"{first} {rest}".strip(), command=_forecast(call)
            ) from None
        if refused.sentences[0].key != "commands.unknown_team":
            raise
        if first.lower() == verbs.PROBLEMS.partition(" ")[2]:
            command = f"{verbs.typed(call.context.desk.command_names, verbs.PROBLEMS)} {rest}".rstrip()
            raise Refused("reports.problems_elsewhere", command=command) from None
        if (unit := first.lower()) in PERIODS:
            typed = f"{verbs.typed(call.context.desk.command_names, call.command.name)}"
            raise Refused(
                "reports.which_period", command=f"{typed} this {unit}", other=f"{typed} last {unit}"
            ) from None
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
    if not kind.looks_back:
        return PrivateReply(text=said)
    named = "" if kind.name == USUAL_REPORT else f" {kind.name}"
    example = f"{call.registry.name_of('desk', call.context.desk)} report{named} 12 weeks"
    return PrivateReply(text=joined(said, call.say("answers.report_look_back", command=example)))


def _buttons(call: Call, kind: ReportKind, team: Team | None, asked: ReportQuery) -> tuple[Button, ...]:
    """They bring the days that were shown, whenever they are pressed."""
    first, last = asked.days
    earlier, end = previous(asked).days
    compared = f" against {earlier} until {end}" if asked.compared else ""
    shown = {"since": f"{first} until {last}{compared}"} | ({"team": team.name} if team is not None else {})
    shown |= {} if kind.name == USUAL_REPORT else {"report": kind.name}
    files = (
        Button(
            label=words(call.context.language, f"answers.button_{each}"),
            verb=verbs.REPORT,
            options={**shown, "files": each},
            is_primary=each == "charts",
        )
        for each in FILES
    )
    return (
        *files,
        *_words_button(call, kind, team, shown),
    )


def _words_button(
    call: Call, kind: ReportKind, team: Team | None, shown: Mapping[str, str]
) -> tuple[Button, ...]:
    """For leads whose teams let a model be asked."""
    context = call.context
    model = model_for_person(context.desk, context.actor)
    is_kept = model is None or (team is not None and team.name not in model.teams)
    if is_kept or not _is_lead(context.desk, context.actor) or not _is_figures_alone(context.desk, kind):
        return ()
    label = words(context.language, "assistant.button_in_words")
    return (Button(label=label, verb=verbs.REPORT, options={**shown, "files": WORDS}),)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.REPORT,
        meant_by={"workload": "agents", "load": "agents", "digest": "", "stats": ""},
        place=260,
        who=Role.STAFF,
        handler=report,
        reads=True,
        writes_with="files",
        writes_ending=IN_WORDS,
        options=(
            Option(name="team", kind=OptionKind.TEAM, is_required=False),
            Option(name="since", is_required=False),
        ),
        by_mention=ByMention.ALONE,
        menu_group="team",
        example="report network 12 weeks",
    ),
)
