"""Every figure is computed twice: by the desk, and from the audit log by a slow and obvious count; both agree.

The histories are random: requests are answered, handed on, resolved, reopened and closed by the desk's own use cases,
changed many at once and back again, on both databases.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.domain.bulk_changes.bulk_change import BulkAction
from bot.domain.directory import DESK, ChannelRef, Person
from bot.domain.errors import Refused
from bot.domain.events import NO_REPLY, NO_SIGN
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.figures.figures import KeptFact, RequestDimension
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context
from bot.services.figures.figures import read_by_agent, read_figures
from bot.services.reports.reports import asked_of
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record_changes
from bot.workers.figures import FiguresWorker
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, person
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.bulk_changes.busy_desk import busy_desk, changes, undoes
from tests.services.figures.slow_count import (
    History,
    agents,
    all_tickets,
    histories_of,
    slow_counts,
    slow_loads,
    slow_opened,
    slow_period,
)

DAN = replace(
    person("Dan Doe"), language="de", email="Dan@example.org", groups=frozenset({"web:@staff", "web:@guests"})
)
HELP = ChannelRef("web", "help-it")
MANY = 24
DEEDS = 130
TEAMS: tuple[frozenset[str] | None, ...] = (None, frozenset({"it"}), frozenset({"network"}))


@pytest.mark.seeds(1, 2, 3)
async def test_each_figure_is_what_the_audit_log_says(storage: Storage, seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    desk = HeadlessDesk(storage, desk=busy_desk(tmp_path))
    await some_weeks(desk, random)
    histories = await storage.read(lambda uow: histories_of(uow, desk.desk))
    now = desk.clock.now()
    for teams in TEAMS:
        for days in (3, 7, 20):
            until = now + timedelta(microseconds=1) - random.choice([0, 2]) * timedelta(days=1)
            asked = asked_of(desk.desk, since=until - timedelta(days=days), until=until, now=now, teams=teams)
            await compare(storage, asked, histories)
            earlier = asked.since - timedelta(days=days)
            part = (earlier, earlier + timedelta(hours=random.randint(1, 24 * days)))
            await compare(storage, replace(asked, compared=part), histories)
    assert {fact for each in histories for fact in each.kinds} == {
        "answered",
        "resolved",
        "withdrawn",
        "reopened",
        "moved",
        "lapsed",
    }
    assert any(each.is_silent for history in histories for each in history.happened)


@pytest.mark.seeds(4)
async def test_facts_read_again_from_the_logs_are_those_that_were_kept(
    storage: Storage, seed: int, tmp_path: Path
) -> None:
    desk = HeadlessDesk(storage, desk=busy_desk(tmp_path))
    await some_weeks(desk, Random(seed))
    kept = await storage.read(all_facts)
    assert sum(map(len, kept.values())) > MANY

    await storage.run(lambda uow: forget(uow, kept))
    await storage.run(lambda uow: uow.figures.begin_anew())
    assert not await storage.read(lambda uow: uow.figures.is_complete())
    assert await FiguresWorker(storage=storage, contexts=desk.contexts).tick() == 1

    assert await storage.read(all_facts) == kept
    assert await storage.read(lambda uow: uow.figures.is_complete())


def forget(uow: UnitOfWork, tickets: Iterable[int]) -> None:
    for each in tickets:
        uow.figures.forget(each)


def all_facts(uow: UnitOfWork) -> dict[int, Sequence[KeptFact]]:
    return {each.id: uow.figures.facts(each.id) for each in all_tickets(uow)}


async def compare(storage: Storage, asked: ReportQuery, histories: Sequence[History]) -> None:
    found = await storage.read(lambda uow: read_figures(uow, asked, team_times=True))
    first, last = asked.earlier
    assert found.now == slow_period(histories, asked.since, asked.until, asked.teams)
    earlier = slow_period(histories, first, last, asked.teams)
    assert found.before == replace(earlier, at_start=None)
    in_words = {
        team: slow_counts(histories, asked.since, asked.until, frozenset({team})) for team in found.by_team
    }
    assert found.by_team == in_words
    if asked.teams is None:
        assert found.now.at_start is not None
        start, end = found.now.at_start.many, found.now.at_end.many
        counts = found.now.counts
        ended = counts.resolved + counts.withdrawn
        assert start + counts.opened + counts.reopened - ended == end
    by_agent = await storage.read(lambda uow: read_by_agent(uow, asked))
    slow = {
        each: slow_counts(histories, asked.since, asked.until, asked.teams, agent=each)
        for each in agents(histories)
    }
    assert by_agent == {agent: each for agent, each in slow.items() if not each.is_empty}
    for by in RequestDimension:
        opened = await storage.read(lambda uow, d=by: uow.figures.opened(asked, by=d))  # type: ignore[misc]
        assert opened == slow_opened(histories, asked, by)
    loads = await storage.read(lambda uow: uow.figures.loads(asked.teams))
    assert list(loads) == slow_loads(histories, asked.teams)


# What happens


async def some_weeks(desk: HeadlessDesk, random: Random) -> None:
    await desk.meets(ANA, BO, CLEO, LEE, DAN)
    opened = 0
    for _ in range(DEEDS):
        await desk.passes(minutes=random.choice([0, 3, 40, 300, 900]))
        if opened < MANY and random.random() < 0.3:
            await desk.opens(
                random.choice(["My mouse is dead", "The vpn is down"]), by=random.choice([ANA, DAN])
            )
            opened += 1
        elif opened > 5 and random.random() < 0.05:
            await many_at_once(desk, random, opened)
        elif opened:
            await something(desk, random, random.randint(1, opened))
    await desk.passes(minutes=random.choice([0, 500]))


async def something(desk: HeadlessDesk, random: Random, number: int) -> None:
    who = random.choice([BO, CLEO, CLEO, LEE])
    other = random.choice([BO, CLEO])
    tag = random.choice(["red", "blue"])
    deeds: Sequence[tuple[Person | None, Callable[[Context, Ticket], object]]] = [
        (who, actions.claim_ticket),
        (who, actions.release_ticket),
        (who, lambda context, ticket: actions.assign_ticket(context, ticket, to=other)),
        (who, lambda context, ticket: actions.reply_as_agent(context, ticket, text="We look")),
        (who, lambda context, ticket: actions.reply_as_agent(context, ticket, text="We look on")),
        (who, lambda context, ticket: actions.hold_ticket(context, ticket, reason="the vendor")),
        (who, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="done")),
        (who, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="done at last")),
        (who, actions.close_ticket),
        (who, actions.reopen_ticket),
        (None, lambda context, ticket: actions.write_as_requester(context, ticket, text="And now?")),
        (None, actions.close_ticket),
        (who, lambda context, ticket: actions.tag_ticket(context, ticket, add=(tag,), remove=())),
        (who, transfer),
        (who, lapse),
        (who, resolve_without_a_word),
    ]
    ticket = await desk.ticket(number)
    actor, deed = random.choice(deeds)
    try:
        await desk.does(actor or (ANA if ticket.requester == ANA.key else DAN), deed, number=number)
    except Refused:
        return


def transfer(context: Context, ticket: Ticket) -> None:
    other = "network" if ticket.team == "it" else "it"
    actions.transfer_ticket(context, ticket, team=context.desk.teams[other])


def lapse(context: Context, ticket: Ticket) -> None:
    """As the nudges do it."""
    if ticket.assignee is not None and ticket.status.is_live:
        record_changes(context, ticket, ticket.release(actor=DESK, at=context.now, cause=NO_SIGN))


def resolve_without_a_word(context: Context, ticket: Ticket) -> None:
    if ticket.status.is_live:
        record_changes(context, ticket, ticket.resolve(actor=DESK, at=context.now, cause=NO_REPLY))


async def many_at_once(desk: HeadlessDesk, random: Random, opened: int) -> None:
    """Several tickets are changed at once, and mostly put back, now or later."""
    action, details = random.choice(
        [(BulkAction.TRANSFER, {"team": "network"}), (BulkAction.RESOLVE, {}), (BulkAction.CLAIM, {})]
    )
    numbers = sorted(random.sample(range(1, opened + 1), min(opened, 4)))
    change = await changes(desk, LEE, numbers, action, details)
    if random.random() < 0.7:
        await desk.passes(minutes=random.choice([0, 2]))
        await undoes(desk, LEE, change)
