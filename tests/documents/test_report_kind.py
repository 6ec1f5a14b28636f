"""The reports there are, found by the names that people type."""

import pytest

from bot.documents.report_kind import declared_reports, report_named
from bot.domain.errors import Refused


def test_every_report_is_found_by_its_name() -> None:
    assert set(declared_reports()) >= {"sla", "inboxes"}
    assert report_named("sla").title == "SLA report"


def test_a_name_that_no_report_has_is_answered_with_those_there_are() -> None:
    listed = ", ".join(f"`{name}`" for name in sorted(declared_reports()))
    assert "`inboxes`" in listed
    assert refused("weather") == f"There is no report `weather`. Choose one of {listed}."


def test_a_name_that_is_nearly_a_reports_is_answered_with_it() -> None:
    assert refused("inboxs") == "There is no report `inboxs`. Did you mean `inboxes`?"


def refused(name: str) -> str:
    with pytest.raises(Refused) as refusal:
        report_named(name)
    return str(refusal.value)
