"""The reports there are, found by the names that people type."""

import pytest

from bot.documents.report_kind import declared_reports, report_named
from bot.domain.errors import Refused


def test_every_report_is_found_by_its_name() -> None:
    assert set(declared_reports()) >= {"sla", "inboxes"}
    assert report_named("sla").title == "SLA report"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("inboxs", "There is no report `inboxs`. Did you mean `inboxes`?"),
        ("weather", "There is no report `weather`. Choose one of `inboxes`, `sla`."),
    ],
)
def test_a_name_that_no_report_has_is_answered_with_those_there_are(name: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        report_named(name)
    assert str(refusal.value) == said
