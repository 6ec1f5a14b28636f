"""Reports made by hand, with as few words as a test needs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.ports.storage.reports import Dimension, Lateness, OpenTargets, ReportQuery
from bot.services.reports.reports import Report, ReportLine

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def line(label: str, kept: int = 9, missed: int = 1, **fields: Any) -> ReportLine:
    return ReportLine(value=label.casefold(), label=label, kept=kept, missed=missed, **fields)


def week(number: int, kept: int = 9, missed: int = 1, **fields: Any) -> ReportLine:
    monday = date.fromisocalendar(2026, number, 1)
    return ReportLine(value=monday.isoformat(), label=f"W{number:02}", kept=kept, missed=missed, **fields)


def a_report(**fields: Any) -> Report:
    weeks = tuple(week(number, number, 0) for number in range(1, 21))
    known: dict[str, Any] = {
        "asked": ReportQuery(since=AT, until=AT + timedelta(weeks=4)),
        "teams": "Service Desk",
        "total": line(
            "all", 396, 4, late=Lateness(median=5 * MINUTE, ninetieth=61 * MINUTE, worst=51 * 60 * MINUTE)
        ),
        "lines": dict.fromkeys(Dimension, ()) | {Dimension.WEEK: weeks},
        "open_now": OpenTargets(count=12, overdue=2),
    }
    return Report(**known | fields)
