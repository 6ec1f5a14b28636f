"""What a digest says: a team's morning, week or figures. It pings nobody; with nothing to say it says nothing."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.documents.reports.figures import figures_text
from bot.domain.calendars.day_boundaries import day_is_over, ends
from bot.domain.calendars.typed_windows import whole_days
from bot.domain.directory import Digest, Team
from bot.domain.sla.timer import Measure
from bot.domain.tickets.queue_order import QueuePart
from bot.messages.outbound import Bold, Moment, Notice, RichText
from bot.ports.storage.figures.figures import RequestDimension
from bot.ports.storage.reports import DecidedTarget, ReportQuery
from bot.ports.storage.tickets import TicketFilter
from bot.services.boards.at_risk import LOOKED_AT, worst_of_each
from bot.services.context.membership import people_meant
from bot.services.context.view import View
from bot.services.figures.figures import read_figures
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.staffing_findings import unclaimed
from bot.services.reports.overdue import decided_targets
from bot.services.reports.reports import asked_of
from bot.text import terms
from bot.text.amounts import listed, working_time
from bot.text.instants import day_in_words, period
from bot.text.sentences import joined, say, words
from bot.views.alert_states import is_of_one_team
from bot.views.board import BoardLines, queue_command
from bot.views.knowledge.answers_week import answers_week
from bot.views.knowledge.reviews import reviews_due

LISTED = 5
DELAYS_LISTED = 3
DELAYS_LOOKED_AT = 500
"""Newest broken promises among which the longest delays are looked for."""


def digest(view: View, payload: Mapping[str, Any]) -> Notice | None:
    """None when no team of it has anything to read any more."""
    page = _PAGES.get(payload["digest"], _figures)
    known = [each for each in payload["teams"] if each["team"] in view.desk.teams]
    pages = [text for each in known if (text := page(view, view.desk.teams[each["team"]], each))]
    if not pages:
        return None
    text = pages[0]
    for following in pages[1:]:
        text += ("\n\n", *following)
    return Notice(text=text)


def _figures(view: View, team: Team, told: Mapping[str, Any]) -> RichText:
    """Those of a period that is over, however late they are shown."""
    asked, zone = _asked(view, team, told), team.calendar.zone
    first, after = (each.astimezone(zone).date() for each in (asked.since, asked.until))
    asked = replace(asked, compared=whole_days(first, after, zone=zone).before)
    found = read_figures(view.uow, asked)
    if found.now.counts.is_empty and found.before.counts.is_empty and not found.now.at_end.many:
        return ()
    heading = words(view.language, "figures.heading", teams=team.title)
    return figures_text(view.uow, view.desk, found, heading=heading, language=view.language)


def _asked(view: View, team: Team, told: Mapping[str, Any]) -> ReportQuery:
    """As a report of this time asks, so that both say the same."""
    return asked_of(
        view.desk,
        since=datetime.fromisoformat(told["since"]),
        until=datetime.fromisoformat(told["until"]),
        now=view.now,
        teams=view.desk.kept_names([team.name]),
    )


def _morning(view: View, team: Team, told: Mapping[str, Any]) -> RichText:
    """Nothing once the day is over: the next morning has its own."""
    day = date.fromisoformat(told["day"])
    over = ends(team.calendar, day)
    if over is None or view.now >= over:
        return ()
    by = day_is_over(team.calendar, day)
    text = (
        _listed(view, team, "team.digest_overdue", by=view.now, which=QueuePart.OVERDUE),
        _listed(view, team, "team.digest_due", by=by, after=view.now, which=QueuePart.TODAY),
        _unclaimed(view, team),
    )
    if not any(text):
        return ()
    title = say(view.language, "team.digest_morning", team=Bold(team.title), day=_named(view, day))
    return joined(title, *text, _staff(view, team), by="\n")


def _listed(
    view: View, team: Team, key: str, *, by: datetime, after: datetime | None = None, which: QueuePart
) -> RichText:
    """Tickets of which something is due by then and nothing was `after`: counted, and the worst named."""
    many = view.uow.tickets.count(TicketFilter(teams=team.names, due_before=by, due_after=after))
    due = view.uow.boards.due_by(team.names, by, after=after, limit=LOOKED_AT)
    shown = worst_of_each(view.uow, due, now=view.now)[:LISTED]
    if not shown:
        return ()
    language = view.language
    text = say(language, key, number=many)
    is_own = is_of_one_team(view.desk, team, team.digest_channel)
    drawing = BoardLines(view, shown, tells_private=is_own, stay=True)
    for each in shown:
        text += ("\n", *drawing.line(each))
    if many > len(shown):
        command = queue_command(view, [team], which)
        more = say(language, "team.more_tickets", count=many - len(shown))
        text = joined(text, say(language, "team.and_more", more=more, command=command), by="\n")
    return text


def _unclaimed(view: View, team: Team) -> RichText:
    wanted = replace(unclaimed(team), awake_at=view.now)
    many = view.uow.tickets.count(wanted)
    oldest = view.uow.tickets.oldest_opened_at(wanted)
    if oldest is None:
        return ()
    command = queue_command(view, [team], QueuePart.UNASSIGNED)
    return say(view.language, "team.digest_unassigned", count=many, since=Moment(oldest), command=command)


def _staff(view: View, team: Team) -> RichText:
    language = view.language
    roster, rota = Roster(view.uow, view.desk, now=view.now), rota_of(view.desk, team)
    person = roster.on_call(rota, at=view.now) if rota is not None else None
    text = say(language, "team.digest_on_call", name=person.name) if person is not None else ()
    staff = people_meant(view.uow, team.staff)
    names = [each.name for each in staff if roster.absence_of(each, at=view.now) is not None]
    away = say(language, "team.digest_away", names=listed(names, language)) if names else ()
    return joined(text, away, by="\n")


def _week(view: View, team: Team, told: Mapping[str, Any]) -> RichText:
    asked = _asked(view, team, told)
    flow, language = view.uow.reports.flow(asked), view.language
    targets = _by_measure(view, asked)
    reviews = joined(
        reviews_due(view, team, date.fromisoformat(told["day"])), answers_week(view, team, asked), by="\n"
    )
    new = view.uow.figures.opened(asked, by=RequestDimension.TEAM)
    opened = sum(many for (is_before, _), many in new.items() if not is_before)
    if not (opened or flow.answered or flow.resolved or flow.live or targets):
        return reviews
    days = period(*asked.days, language=language)
    lines = [say(language, "team.digest_week", team=Bold(team.title), period=days)]
    tickets = {name: getattr(flow, name) for name in ("answered", "resolved", "live")} | {"opened": opened}
    lines.append(say(language, "team.digest_flow", **tickets))
    for measure in Measure:
        counts = targets.get(measure, Counter())
        if counts["kept"] or counts["missed"]:
            key = "team.digest_targets_open" if counts["open"] else "team.digest_targets"
            facts = {name: counts[name] for name in ("kept", "missed", "open")}
            lines.append(say(language, key, measure=terms.measure_title(measure, language), **facts))
    if excluded := sum(counts["excluded"] for counts in targets.values()):
        lines.append(say(language, "team.digest_excluded", number=excluded))
    is_any_missed = any(counts["missed"] for counts in targets.values())
    return joined(*lines, _delays(view, asked) if is_any_missed else (), reviews, by="\n")


def _by_measure(view: View, asked: ReportQuery) -> Mapping[Measure, Counter[str]]:
    """How many were kept and missed, how many of those are still open, and how many do not count."""
    targets: dict[Measure, Counter[str]] = {}
    for tally in view.uow.reports.tallies(asked):
        counts = targets.setdefault(Measure(tally.measure), Counter())
        counts.update(kept=tally.kept, missed=tally.missed, open=tally.unfulfilled, excluded=tally.excluded)
    return targets


def _delays(view: View, asked: ReportQuery) -> RichText:
    """The longest ones, in time of each promise's own calendar; of what is still open, up to now."""
    promises = decided_targets(view.uow, asked, limit=DELAYS_LOOKED_AT)
    late = [(by, each) for each in promises if (by := each.overrun or each.overdue)]
    longest = sorted(late, key=lambda pair: pair[0], reverse=True)[:DELAYS_LISTED]
    if not longest:
        return ()
    language = view.language
    delays = ", ".join(_delay(promise, by, language) for by, promise in longest)
    return say(language, "team.digest_latest", delays=delays)


def _delay(promise: DecidedTarget, by: timedelta, language: str) -> str:
    key = "team.digest_delay_open" if promise.is_overdue else "team.digest_delay"
    return words(
        language,
        key,
        reference=promise.ticket,
        measure=terms.measure(Measure(promise.measure), language),
        late=working_time(by, language),
    )


_PAGES: Mapping[str, Callable[[View, Team, Mapping[str, Any]], RichText]] = {
    Digest.MORNING: _morning,
    Digest.WEEK: _week,
}


def _named(view: View, day: date) -> str:
    return day_in_words(day, language=view.language)
