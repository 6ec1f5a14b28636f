"""Past tickets under another desk.yaml: what really happened is before, the same deeds by other clocks are after."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.sla.timer import Measure
from bot.domain.sla.what_if import TargetOutcome
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.reports import ReportQuery
from bot.ports.storage.tickets import TicketFilter
from bot.services.policy_changes.what_if import ChangedTarget, WhatIf, WhatIfFindings, read_past
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, Office, open_office

MORE = """    next_response: 1h
    periodic_update: {urgent: 30m}
    variants:
      - {name: network, when: {words: [vpn]}, first_response: 5m}
"""
WEEK = '    week: {mon-fri: "9:00-17:00"}'
EVERYBODY = TicketFilter(statuses=frozenset(Status))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Promises of every kind, a variant, and a rule that names a policy of its own."""
    text = DESK.read_text(encoding="utf-8").replace("    resolution:", f"{MORE}    resolution:")
    text = text.replace("team: network, priority: high", "team: network, priority: high, sla_policy: swift")
    text = text.replace("\nescalation_policies:", "  swift:\n    first_response: 5m\n\nescalation_policies:")
    return written(tmp_path / "desk.yaml", text)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def changed(config: Path, *pairs: tuple[str, str]) -> Path:
    text = config.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return written(config.with_name("new.yaml"), text)


async def compared(office: Office, file: Path) -> tuple[WhatIfFindings, list[ChangedTarget]]:
    what_if = WhatIf(load_desk(file, KNOWN_PLATFORMS), until=office.clock.now())
    found: list[ChangedTarget] = []
    after = 0
    while page := await office.desk.storage.read(lambda uow: read_past(uow, EVERYBODY, after=after)):  # noqa: B023
        found += [each for past in page for each in what_if.take(past)]
        after = page[-1].ticket.id
    return what_if.findings, found


async def live_through(office: Office, random: Random, *, tickets: int) -> None:
    """A few days of an office, at random: asked, answered, put off, moved, reopened, and time in between."""
    deeds: list[Callable[[str], str]] = [
        lambda it: f"/desk reply {it} Which one is it?",
        lambda it: f"/desk claim {it}",
        lambda it: f"/desk wait {it} Which one?",
        lambda it: f"/desk hold {it} the supplier",
        lambda it: f"/desk priority {it} {random.choice(list(Priority)).value}",
        lambda it: f"/desk transfer {it} {random.choice(['it', 'network', 'people'])}",
        lambda it: f"/desk resolve {it} all done",
        lambda it: f"/desk reopen {it}",
    ]
    roots = []
    for number in range(1, tickets + 1):
        inbox = random.choice(["help-it", "help-hr"])
        roots.append(
            (inbox, await office.says("ana", inbox, f"{random.choice(['VPN', 'Mouse'])} {number} fails"))
        )
        for _ in range(random.randint(2, 5)):
            picked = random.randrange(number)
            if random.random() < 0.25:
                where, root = roots[picked]
                if where == "help-hr":  # private: its thread is in direct messages
                    await office.types("ana", f"/ticket reply IT-{picked + 1} It still does not work")
                else:
                    await office.says("ana", where, "It still does not work", thread=root)
            else:
                await office.types(random.choice(["bo", "cleo"]), random.choice(deeds)(f"IT-{picked + 1}"))
            await office.passes(minutes=random.choice([1, 7, 40, 300, 900]))


async def one_kept_and_one_missed(office: Office) -> None:
    """However chance had it: there is a promise of either kind."""
    for number in (7, 8):
        await office.says("ana", "help-it", f"Keyboard {number} fails")
        await office.passes(minutes=1)
        if number == 7:
            await office.types("bo", f"/desk reply IT-{number} Which one is it?")
    await office.passes(minutes=4_000)


@pytest.mark.seeds(1, 2, 3)
async def test_the_same_file_changes_nothing_whatever_happened(folder: Path, config: Path, seed: int) -> None:
    async with open_office(folder, config=config) as office:
        await live_through(office, Random(seed), tickets=6)
        await one_kept_and_one_missed(office)
        findings, found = await compared(office, config)
    assert found == []
    assert (findings.tickets, findings.tickets_changed, findings.untold) == (8, 0, [])
    outcomes = sum((each.before for each in findings.sums.values()), Counter[TargetOutcome]())
    assert {TargetOutcome.MET, TargetOutcome.MISSED} <= outcomes.keys()


async def test_shorter_promises_would_have_been_missed_and_longer_ones_kept(
    folder: Path, config: Path
) -> None:
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=20)
        await office.says("bo", "help-it", "Which one?", thread=root)
        await office.says("ana", "help-it", "My screen is dark")
        await office.passes(minutes=50)
        stricter = changed(config, ("normal: 30m", "normal: 15m"))
        _, (first,) = await compared(office, stricter)
        assert (first.ticket.reference, first.comparison.before, first.comparison.after) == (
            "IT-1",
            TargetOutcome.MET,
            TargetOutcome.MISSED,
        )
        assert first.comparison.missed_at_after == MONDAY_9 + timedelta(minutes=15)
        kinder = changed(config, ("normal: 30m", "normal: 90m"))
        findings, (second,) = await compared(office, kinder)
    assert (second.ticket.reference, second.comparison.before, second.comparison.after) == (
        "IT-2",
        TargetOutcome.MISSED,
        TargetOutcome.OPEN,
    )
    sums = findings.sums["it", Priority.NORMAL, Measure.FIRST_RESPONSE]
    assert (sums.targets, sums.missed) == ((2, 2), (1, 0))


async def test_other_hours_of_a_team_count_too(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(minutes=45)
        await office.types("bo", "/desk reply IT-1 What about it?")
        later = changed(config, (WEEK, '    week: {mon-fri: "10:30-17:00"}'))
        _, found = await compared(office, later)
    assert [(each.comparison.measure, each.comparison.before, each.comparison.after) for each in found] == [
        (Measure.FIRST_RESPONSE, TargetOutcome.MISSED, TargetOutcome.MET)
    ]


async def test_variants_and_policies_that_rules_name_are_those_of_the_other_file(
    folder: Path, config: Path
) -> None:
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "The VPN drops")
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=6)
        to_mice = ("when: {words: [vpn]}", "when: {words: [mouse]}")
        other = changed(config, to_mice, (", sla_policy: swift", ""))
        _, found = await compared(office, other)
    assert [(each.ticket.reference, each.comparison.before, each.comparison.after) for each in found] == [
        ("IT-1", TargetOutcome.MISSED, TargetOutcome.OPEN),
        ("IT-1", TargetOutcome.NONE, TargetOutcome.OPEN),
        ("IT-2", TargetOutcome.OPEN, TargetOutcome.MISSED),
    ]
    assert found[-1].comparison.policy_after == "standard/network"


async def test_an_edited_request_is_chosen_for_by_its_first_words(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "My screen is dark, as with the VPN")
        await office.edits("ana", root, "My screen is dark")
        await office.passes(minutes=6)
        findings, found = await compared(office, config)
    assert (findings.tickets, found) == (1, [])


async def test_what_was_closed_without_an_answer_is_counted_nowhere(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=29)
        await office.types("bo", "/desk close IT-1 duplicate")
        explained = await office.types("bo", "/desk sla IT-1")
        assert explained.count(said("sla.excluded", at="2026-03-02T09:29:00.000Z")) == 2
        findings, changes = await compared(office, changed(config, ("normal: 30m", "normal: 90m")))
    assert (findings.tickets, findings.tickets_excluded, findings.sums, changes) == (1, 1, {}, [])


async def test_before_is_what_the_report_says_of_what_was_missed(folder: Path, config: Path) -> None:
    """By whose it was then, and also where the request was taken back later."""
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "My screen is dark")
        await office.passes(minutes=40)
        await office.types("bo", "/desk transfer IT-1 people")
        await office.types("dan", "/ticket close IT-2 it works again")
        now = office.clock.now()
        asked = ReportQuery(since=MONDAY_9, until=now + timedelta(seconds=1), now=now)
        told = await office.desk.storage.read(lambda uow: uow.reports.tallies(asked))
        findings, _ = await compared(office, config)
    missed = {(team, measure): each.missed[0] for (team, _, measure), each in findings.sums.items()}
    assert {each: many for each, many in missed.items() if many} == {("it", Measure.FIRST_RESPONSE): 2}
    assert [(each.team, each.measure, each.missed) for each in told if each.missed] == [
        ("it", Measure.FIRST_RESPONSE, 2)
    ]


async def test_a_team_that_the_other_file_lacks_is_told(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        without = changed(
            config,
            ("  people:\n    title: People", "  staff:\n    title: People"),
            ("team: people", "team: staff"),
        )
        findings, _ = await compared(office, without)
    assert findings.teams_missing == {"people": 1}


async def test_a_ticket_whose_history_tells_too_little_is_named_and_the_others_go_on(
    folder: Path, config: Path
) -> None:
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("ana", "help-it", "My screen is dark")
        first, second = await office.desk.storage.read(lambda uow: read_past(uow, EVERYBODY, after=0))
        what_if = WhatIf(load_desk(config, KNOWN_PLATFORMS), until=office.clock.now())
        broken = AuditEntry(ticket_id=1, event="StatusChanged", actor="desk", at=MONDAY_9, details={})
        what_if.take(replace(first, entries=[*first.entries, broken]))
        what_if.take(second)
    findings = what_if.findings
    assert (findings.tickets, findings.tickets_untold, findings.untold) == (2, 1, ["IT-1"])
    assert findings.sums["it", Priority.NORMAL, Measure.FIRST_RESPONSE].targets == (1, 1)
