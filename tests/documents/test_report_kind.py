"""The reports there are, found by the names that people type."""

import pytest

from bot.documents.report_kind import declared_reports, report_named
from bot.domain.errors import Refused
from tests.said import said, told

CHOICES = (
    "agents, categories, fields, figures, forecast, groups, hours, inboxes, languages, sla, tags or time"
)


def test_every_report_is_found_by_its_name() -> None:
    assert set(declared_reports()) >= {"sla", "inboxes"}
    assert report_named("sla").heading == "reports.heading_sla"


def test_a_name_that_no_report_has_is_answered_with_those_there_are() -> None:
    assert refused("weather") == said("reports.unknown", text="weather", choices=CHOICES)


def test_a_name_that_is_nearly_a_reports_is_answered_with_it() -> None:
    assert refused("inboxs") == said("reports.unknown_nearly", text="inboxs", choices="inboxes")


def refused(name: str) -> str:
    with pytest.raises(Refused) as refusal:
        report_named(name)
    return told(refusal.value)
