"""When a look-up is asked again: once its answer is old, or after a failure, ever more rarely."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.lookups.lookup import Lookup, LookupField
from bot.domain.lookups.lookup_answer import LAST_RETRY, MOST_RETRIES, LookupAnswer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CRM = Lookup(
    name="crm",
    title="CRM",
    url="https://crm.example/{key}",
    fields=(LookupField(name="tier", label="Tier", path=("tier",)),),
)
NEW = LookupAnswer(person="web:ana", lookup="crm")
KNOWN = NEW.answered(CRM, {"tier": "gold"}, now=NOW)


def test_an_answer_is_good_for_as_long_as_it_is_kept() -> None:
    assert not NEW.is_good(CRM, now=NOW)
    assert KNOWN.is_good(CRM, now=NOW + CRM.keep - timedelta(seconds=1))
    assert not KNOWN.is_good(CRM, now=NOW + CRM.keep)
    assert not KNOWN.is_good(replace(CRM, url="https://crm.example/v2/{key}"), now=NOW)


def test_it_is_tried_again_ever_more_rarely_and_at_last_no_more() -> None:
    answer, waits = KNOWN, []
    while (answer := answer.failed(now=NOW)).due_at is not None:
        waits.append(answer.due_at - NOW)
        assert answer.facts == {"tier": "gold"}, "what was known stays known"
    assert waits == sorted(waits)
    assert len(waits) == MOST_RETRIES
    assert max(waits) == LAST_RETRY
    assert answer.wanted(now=NOW).due_at == NOW, "somebody asks for it again"
    assert answer.answered(CRM, {}, now=NOW).is_good(CRM, now=NOW)


def test_what_is_due_keeps_its_place() -> None:
    due = NEW.wanted(now=NOW)
    assert due.wanted(now=NOW + timedelta(minutes=1)) == due
    assert NEW.failed(now=NOW).wanted(now=NOW).due_at == NOW, "a new request does not wait for the retry"
