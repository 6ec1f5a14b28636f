"""The live board of an escalation channel: what is breached or about to be, and who sees to it; the worst is on top.

It is drawn whenever something on it changes, and every few minutes while there is something on it. It pings nobody:
pings are messages of their own.
"""

from collections.abc import Collection, Mapping, Sequence

from bot.domain.directory import Person, Team
from bot.domain.tickets.queue_order import QueuePart
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Board, Bold, Code, Moment, RichText, Span, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.boards.at_risk import WorstTarget, at_risk
from bot.services.context.view import View
from bot.text import terms
from bot.text.amounts import length, listed
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
    breached = sum(each.is_breached(view.now) for each in targets)
    tickets = [each.target.ticket for each in targets]
    listed = targets[:LISTED]
    drawing = BoardLines(view, listed, names_teams=len(teams) > 1, tells_private=len(teams) == 1)
    return Board(
        title=_title(view, breached=breached, close=len(targets) - breached),
        lines=tuple(drawing.line(each) for each in listed),
        more=more_tickets(view, teams, tickets[LISTED:], is_more=is_more),
        shortened=say(view.language, "team.board_shortened", command=_queues(view, teams, tickets)),
        tone=Tone.ALERT if breached else Tone.WARNING,
    )


def _ended(view: View) -> Board:
    return Board(title=say(view.language, "team.board_ended"), tone=Tone.MUTED)


def _title(view: View, *, breached: int, close: int) -> RichText:
    language = view.language
    counted = [("team.count_breached", breached), ("team.count_at_risk", close)]
    counts = ", ".join(words(language, key, count=count) for key, count in counted if count)
    return say(language, "team.board_title", counts=Bold(counts), at=Moment(view.now))


def more_tickets(
    view: View, teams: Collection[Team], left: Sequence[Ticket], *, is_more: bool = False
) -> RichText:
    """How many tickets there is no room for, and the lists that they are in: overdue, at risk, or both."""
    if not left:
        return ()
    language = view.language
    more: RichText = say(language, "team.more_tickets", count=len(left))
    more = say(language, "team.at_least", more=more) if is_more else more
    return say(language, "team.and_more", more=more, command=_queues(view, teams, left))


def _queues(view: View, teams: Collection[Team], tickets: Sequence[Ticket]) -> RichText:
    are_overdue = {ticket.due_at is not None and ticket.due_at <= view.now for ticket in tickets}
    parts = {QueuePart.OVERDUE: True, QueuePart.AT_RISK: False}
    commands = [queue_command(view, teams, part) for part, is_it in parts.items() if is_it in are_overdue]
    return joined(*((each,) for each in commands), by=", ")


class BoardLines:
    """The lines, with what they need of people and alerts asked for once."""

    def __init__(
        self,
        view: View,
        listed: Sequence[WorstTarget],
        *,
        names_teams: bool = False,
        tells_private: bool = False,
        stay: bool = False,
    ) -> None:
        """`tells_private`: only the team reads it, so why a private ticket was snoozed may be said.

        `stay`: in a message that nobody brings up to date, where "due in 12 min" is wrong 12 minutes later.
        """
        self._view = view
        self._names_teams = names_teams
        self._tells_private = tells_private
        self._stay = stay
        keys = [each.target.ticket.assignee for each in listed]
        for alert in (each.alert for each in listed if each.alert is not None):
            keys += [alert.acknowledged_by, alert.snoozed_by]
        self._people: Mapping[str, Person] = view.uow.people.find_many({key for key in keys if key})

    def line(self, each: WorstTarget) -> RichText:
        ticket, language = each.target.ticket, self._view.language
        facts: dict[str, Span] = {
            "reference": self._view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
            "subject": words(language, "team.private")
            if ticket.is_private
            else _cut(ticket.subject, SUBJECT_LIMIT),
            "measure": terms.measure(each.target.timer.measure, language),
            "at": Moment(each.target.due_at),
            "owner": self._name(ticket.assignee) if ticket.assignee else words(language, "team.unassigned"),
        }
        team: RichText = (self._view.team(ticket).title,) if self._names_teams else ()
        return joined(self._target(each, facts), team, self._seen_to(each), self._also(each), by=DOT)

    def _target(self, each: WorstTarget, facts: dict[str, Span]) -> RichText:
        now, language = self._view.now, self._view.language
        is_late, due_at = each.is_breached(now), each.target.due_at
        if self._stay:
            sign, key = ("🔴 ", "team.breached_now") if is_late else ("🟠 ", "team.at_risk_by")
            return (sign, *say(language, key, **facts))
        if is_late:
            late_s = (now - due_at).total_seconds()
            key = "team.breached" if late_s >= 60 else "team.breached_now"
            return ("🔴 ", *say(language, key, **facts, late=length(late_s, language)))
        return ("🟠 ", *due_soon(self._view, each.target.ticket, due_at, facts))

    def _seen_to(self, each: WorstTarget) -> RichText:
        """Whether somebody has said that they see to it; where there is no alert, nobody was asked."""
        alert, ticket, language = each.alert, each.target.ticket, self._view.language
        if alert is None:
            return ()
        if alert.acknowledged_by is not None and alert.acknowledged_by == ticket.assignee:
            return say(language, "team.board_acknowledged")
        told = reason_told(ticket, alert, language, tells_private=self._tells_private)
        reason = _cut(told, REASON_LIMIT)
        seen = seen_to(language, alert, name_of=self._name, reason=reason)
        return seen or say(language, "team.board_unacknowledged")

    def _also(self, each: WorstTarget) -> RichText:
        """What nobody handles of a ticket whose worst target somebody does."""
        language = self._view.language
        others = [terms.measure(measure, language) for measure in each.unhandled]
        if not others:
            return ()
        return say(language, "team.board_also_unacknowledged", targets=listed(others, language))

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
