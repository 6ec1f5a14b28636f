"""The live board of an escalation channel: what is breached or about to be, soonest first, and who sees to it.

It is drawn whenever something on it changes, and every few minutes while there is something on it. It pings nobody:
pings are messages of their own.
"""

from collections.abc import Collection, Mapping, Sequence

from bot.domain.directory import Person, Team
from bot.domain.escalations.escalation import Escalation
from bot.messages import verbs
from bot.messages.outbound import Board, Bold, Code, Moment, RichText, Span, Tone
from bot.ports.storage.boards import RunningTarget
from bot.ports.storage.outbox import OutboxRow
from bot.services.boards.at_risk import at_risk
from bot.services.context.view import View
from bot.text import terms
from bot.text.amounts import length
from bot.text.sentences import joined, say, words
from bot.views.alert_line import DOT, due_soon, reason_told, seen_to

LISTED = 20
SUBJECT_LIMIT = 60
REASON_LIMIT = 60


def board(view: View, row: OutboxRow) -> Board | None:
    """None where it continues in a newer message; a line where its channel has no board any more."""
    teams = view.desk.boards().get(row.conversation.channel, ())
    kept = view.uow.boards.find(row.conversation.id)
    if not teams or kept is None or kept.has_ended or kept.number != row.subject:
        has_newer = bool(teams) or (kept is not None and kept.number != row.subject)
        return _ended(view) if row.parts and not has_newer else None
    targets, is_more = at_risk(view.uow, teams, now=view.now)
    if not targets:
        return Board(title=say(view.language, "team.board_calm"), tone=Tone.GOOD)
    breached = sum(each.due_at <= view.now for each in targets)
    listed = targets[:LISTED]
    drawing = BoardLines(view, listed, names_teams=len(teams) > 1)
    return Board(
        title=_title(view, breached=breached, close=len(targets) - breached),
        lines=tuple(drawing.line(each) for each in listed),
        more=_more(view, teams, len(targets) - LISTED, is_more=is_more),
        shortened=say(view.language, "team.board_shortened", command=queue_command(view, teams)),
        tone=Tone.ALERT if breached else Tone.WARNING,
    )


def _ended(view: View) -> Board:
    return Board(title=say(view.language, "team.board_ended"), tone=Tone.MUTED)


def _title(view: View, *, breached: int, close: int) -> RichText:
    language = view.language
    counted = [("team.count_breached", breached), ("team.count_at_risk", close)]
    counts = ", ".join(words(language, key, count=count) for key, count in counted if count)
    return say(language, "team.board_title", counts=Bold(counts), at=Moment(view.now))


def _more(view: View, teams: Sequence[Team], many: int, *, is_more: bool) -> RichText:
    if many <= 0:
        return ()
    language = view.language
    more: RichText = say(language, "team.more_tickets", count=many)
    more = say(language, "team.at_least", more=more) if is_more else more
    return say(language, "team.and_more", more=more, command=queue_command(view, teams))


class BoardLines:
    """The lines, with what they need of people and alerts asked for once."""

    def __init__(
        self, view: View, listed: Sequence[RunningTarget], *, names_teams: bool = False, stay: bool = False
    ) -> None:
        """`stay`: in a message that nobody brings up to date, where "due in 12 min" is wrong 12 minutes later."""
        self._view = view
        self._names_teams = names_teams
        self._stay = stay
        self._alerts: dict[int, Escalation] = {
            each.timer_id: each for each in view.uow.escalations.under_way(each.ticket.id for each in listed)
        }
        keys = [each.ticket.assignee for each in listed]
        for alert in self._alerts.values():
            keys += [alert.acknowledged_by, alert.snoozed_by]
        self._people: Mapping[str, Person] = view.uow.people.find_many({key for key in keys if key})

    def line(self, each: RunningTarget) -> RichText:
        ticket, language = each.ticket, self._view.language
        facts: dict[str, Span] = {
            "reference": self._view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
            "subject": words(language, "team.private")
            if ticket.is_private
            else _cut(ticket.subject, SUBJECT_LIMIT),
            "measure": terms.measure(each.timer.measure, language),
            "at": Moment(each.due_at),
            "owner": self._name(ticket.assignee) if ticket.assignee else words(language, "team.unassigned"),
        }
        team: RichText = (self._view.team(ticket).title,) if self._names_teams else ()
        return joined(self._target(each, facts), team, self._seen_to(each), by=DOT)

    def _target(self, each: RunningTarget, facts: dict[str, Span]) -> RichText:
        now, language = self._view.now, self._view.language
        if self._stay:
            is_late = each.due_at <= now
            sign, key = ("🔴 ", "team.breached_now") if is_late else ("🟠 ", "team.at_risk_by")
            return (sign, *say(language, key, **facts))
        if each.due_at <= now:
            late_s = (now - each.due_at).total_seconds()
            key = "team.breached" if late_s >= 60 else "team.breached_now"
            return ("🔴 ", *say(language, key, **facts, late=length(late_s, language)))
        return ("🟠 ", *due_soon(self._view, each.ticket, each.due_at, facts))

    def _seen_to(self, each: RunningTarget) -> RichText:
        """Whether somebody has said that they see to it; where there is no alert, nobody was asked."""
        alert, language = self._alerts.get(each.timer.id), self._view.language
        if alert is None:
            return ()
        if alert.acknowledged_by is not None and alert.acknowledged_by == each.ticket.assignee:
            return say(language, "team.board_acknowledged")
        reason = _cut(reason_told(each.ticket, alert, language), REASON_LIMIT)
        seen = seen_to(language, alert, name_of=self._name, reason=reason)
        return seen or say(language, "team.board_unacknowledged")

    def _name(self, key: str) -> str:
        person = self._people.get(key)
        return person.name if person is not None else key.partition(":")[2] or key


def _cut(text: str, limit: int) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def queue_command(view: View, teams: Collection[Team], which: str = "") -> Code:
    """The command that lists what a message only counts: `/desk queue network overdue`; without a part, all of it.

    Readers of a message about several teams are in some of them, and see those.
    """
    names = [each.name for each in teams] if len(teams) == 1 else []
    return Code(
        " ".join([verbs.typed(view.desk.command_names, verbs.QUEUE), *names, *([which] if which else [])])
    )
