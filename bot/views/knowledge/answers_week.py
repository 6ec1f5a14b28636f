"""What a team's week says of its knowledge: articles that didn't help, and questions without an article."""

from typing import Final

from bot.domain.directory import Team
from bot.messages.outbound import RichText
from bot.ports.storage.reports import ReportQuery
from bot.services.context.view import View
from bot.services.demand.answer_figures import answer_figures, failing
from bot.text.amounts import listed
from bot.text.sentences import joined, say

LISTED: Final = 3


def answers_week(view: View, team: Team, asked: ReportQuery) -> RichText:
    """Nothing where requests are not looked up, or all that was asked was answered."""
    if not view.desk.looks_up_requests:
        return ()
    found = answer_figures(view.uow, since=asked.since, until=asked.until, teams=frozenset({team.name}))
    language, lines = view.language, []
    if found.shown:
        lines.append(say(language, "knowledge.week_shown", count=found.shown, solved=found.solved))
    lines += [
        say(language, "knowledge.week_failed", title=each.title, count=each.failed)
        for each in failing(found)[:LISTED]
    ]
    lines += [
        say(
            language,
            "knowledge.week_missing",
            count=len(each.requests),
            words=listed(each.words, language),
            reference=each.requests[-1],
        )
        for each in found.missing[:LISTED]
    ]
    return joined(*lines, by="\n")
