"""Whatever happens, nobody is given more than their capacity, and nobody who is away; and it is told once."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.assignment.workload import Skill, Workload
from bot.domain.desk import Desk
from bot.domain.directory import Assignment, Team
from bot.domain.errors import Refused
from bot.domain.events import TicketAssigned
from bot.domain.on_call.absence import Absence
from bot.domain.routing.router import Router, Verdict
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.assignment.choice import assign_new
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.workers.tickets.assignments import AssignmentWorker
from storage.unit_of_work import SqlUnitOfWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, HELP, MONDAY_9
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.said import said
from tests.storage.sample_rows import a_ticket
from tests.storage.test_many_at_once import replicas

UNKNOWN = "\0"
WHY = sentence("team.why_no_rule")
WEIGHTS = {"urgent": 3, "low": 0}
WAYS = (
    (Assignment.LEAST_BUSY,),
    (Assignment.ROUND_ROBIN,),
    (Assignment.LAST_AGENT, Assignment.SKILL, Assignment.LEAST_BUSY),
    (Assignment.SKILL, Assignment.ROUND_ROBIN),
)


def desk_with(**fields: object) -> Desk:
    everyday = everyday_desk()
    team: Team = replace(everyday.teams["it"], **fields)  # type: ignore[arg-type]
    return replace(everyday, teams={**everyday.teams, "it": team})


async def office(storage: Storage, **fields: object) -> HeadlessDesk:
    desk = HeadlessDesk(storage, desk=desk_with(**fields))
    await desk.meets()
    return desk


async def ticks(desk: HeadlessDesk) -> int:
    return await AssignmentWorker(storage=desk.storage, contexts=desk.contexts).tick()


async def notices(desk: HeadlessDesk) -> list[str]:
    return [each.words for each in await desk.sent(RowKind.STAFFING_NOTICE)]


def away(person: str, desk: HeadlessDesk, *, days: int = 2) -> Absence:
    return Absence(person=person, since=desk.clock.now(), until=desk.clock.now() + timedelta(days=days))


def load_of(uow: UnitOfWork, workload: Workload) -> dict[str, int]:
    counts = uow.assignments.waiting_by_priority([BO.key, CLEO.key])
    return {key: workload.load(each) for key, each in counts.items()}


class Watched:
    """A desk whose automatic assignments are looked at one by one."""

    def __init__(self, desk: HeadlessDesk) -> None:
        self.desk = desk
        self.seen = 0

    async def check(self) -> int:
        """How many there are; every new one went to somebody there, with room, in hours."""
        return await self.desk.storage.read(self._check)

    def _check(self, uow: UnitOfWork) -> int:
        team = self.desk.desk.teams["it"]
        now = self.desk.clock.now()
        given = [
            entry
            for entry in reversed(uow.audit_log.recent(limit=10_000))
            if entry.event == TicketAssigned.stored_as and entry.actor == "desk"
        ]
        new, self.seen = given[self.seen :], len(given)
        absences = uow.absences.since(now)
        load = load_of(uow, team.workload)
        for entry in new:
            person = str(entry.details["after"])
            assert entry.details["why"], "the history says why"
            assert team.calendar.is_open(now)
            assert not any(each.person == person and each.holds(now) for each in absences)
            assert load[person] <= (team.workload.per_agent.get(person) or team.workload.capacity or 0)
        return len(given)


@pytest.mark.seeds(0, 1, 2, 3)
async def test_whatever_happens_nobody_is_given_too_much_or_while_away_or_closed(
    storage: Storage, seed: int
) -> None:
    chance = random.Random(seed)
    workload = Workload(capacity=4, per_agent={CLEO.key: 3}, weights=WEIGHTS, in_hours=True)
    skills = (Skill(agents=frozenset({CLEO.key}), languages=frozenset({"de"})),)
    calendar = everyday_desk().teams["people"].calendar
    desk = await office(
        storage, assignment=WAYS[seed % len(WAYS)], workload=workload, skills=skills, calendar=calendar
    )
    watched = Watched(desk)
    for step in range(60):
        await happens(desk, chance, step)
        await watched.check()
        await ticks(desk)
        await watched.check()
    assert watched.seen > 0
    assert await ticks(desk) == 0, "what can be given out is"


async def happens(desk: HeadlessDesk, chance: random.Random, step: int) -> None:
    deed = chance.choice(
        ["open", "open", "open", "resolve", "release", "wait", "away", "back", "later", "priority"]
    )
    match deed:
        case "open":
            asker = replace(ANA, language=chance.choice(["en", "de"]))
            await desk.opens(f"Mouse {step}", by=asker)
        case "away":
            absence = away(chance.choice([BO.key, CLEO.key]), desk, days=1)
            await desk.storage.run(lambda uow: uow.absences.put(absence))
        case "back":
            await desk.storage.run(end_absences)
        case "later":
            desk.clock.move(timedelta(minutes=chance.choice([10, 120, 600])))
        case "priority":
            await desk.works(LEE, partial(weighs_otherwise, chance=chance))
        case _:
            await works_on_one(desk, chance, deed)


def weighs_otherwise(context: Context, *, chance: random.Random) -> None:
    """Something that waits becomes urgent, or counts for nothing."""
    wanted = TicketFilter(teams=frozenset({"it"}), is_unassigned=True, statuses=frozenset({Status.NEW}))
    if waiting := sorted(context.uow.tickets.last_changed(wanted)):
        ticket = context.uow.tickets.lock(chance.choice(waiting))
        priority = chance.choice([each for each in Priority if each is not ticket.priority])
        actions.set_priority(context, ticket, priority)


async def works_on_one(desk: HeadlessDesk, chance: random.Random, deed: str) -> None:
    def work(context: Context) -> None:
        wanted = TicketFilter(teams=frozenset({"it"}), statuses=frozenset({Status.OPEN}))
        live = context.uow.tickets.last_changed(wanted)
        if not live:
            return
        ticket = context.uow.tickets.lock(chance.choice(sorted(live)))
        match deed:
            case "resolve":
                actions.resolve_ticket(context, ticket, resolution="Done")
            case "release":
                actions.release_ticket(context, ticket)
            case _:
                actions.wait_for_requester(context, ticket, question="Which one?")

    try:
        await desk.works(LEE, work)
    except Refused:
        return


def end_absences(uow: UnitOfWork) -> None:
    for each in uow.absences.since(MONDAY_9):
        uow.absences.end(each)


async def test_waiting_tickets_are_given_out_as_agents_get_free_most_urgent_first(storage: Storage) -> None:
    desk = await office(storage, assignment=(Assignment.LEAST_BUSY,), workload=Workload(capacity=1))
    for number in range(1, 5):
        await desk.opens(f"Mouse {number}")
    owners = [(await desk.ticket(number)).assignee for number in range(1, 5)]
    assert owners == [BO.key, CLEO.key, None, None]
    await desk.does(LEE, partial(actions.set_priority, priority=Priority.URGENT), number=4)
    assert await ticks(desk) == 0
    await desk.does(BO, partial(actions.resolve_ticket, resolution="Done"), number=1)
    assert await ticks(desk) == 1
    owners = [(await desk.ticket(number)).assignee for number in (3, 4)]
    assert owners == [None, BO.key]


async def test_what_somebody_released_goes_to_somebody_else(storage: Storage) -> None:
    desk = await office(storage, assignment=(Assignment.LEAST_BUSY,), workload=Workload(capacity=1))
    await desk.opens()
    assert (await desk.ticket()).assignee == BO.key
    await desk.does(BO, actions.release_ticket)
    await desk.storage.run(lambda uow: uow.absences.put(away(CLEO.key, desk)))
    assert await ticks(desk) == 0
    await desk.storage.run(end_absences)
    assert await ticks(desk) == 1
    assert (await desk.ticket()).assignee == CLEO.key


async def test_closed_hours_keep_tickets_until_they_begin(storage: Storage) -> None:
    hours = everyday_desk().teams["people"].calendar
    workload = Workload(in_hours=True)
    desk = await office(storage, assignment=(Assignment.LEAST_BUSY,), workload=workload, calendar=hours)
    desk.clock.move(timedelta(hours=10))
    await desk.opens()
    assert await ticks(desk) == 0
    assert (await desk.ticket()).assignee is None
    desk.clock.move(timedelta(hours=14))
    assert await ticks(desk) == 1
    assert await notices(desk) == []


async def test_imported_history_stays_where_it_was(storage: Storage) -> None:
    desk = await office(storage, assignment=(Assignment.LEAST_BUSY,), workload=Workload(capacity=1))
    for person in (BO, CLEO):
        await desk.storage.run(lambda uow, key=person.key: uow.absences.put(away(key, desk)))  # type: ignore[misc]
    request = NewRequest(requester=ANA, text="Old", channel=HELP, said_at=MONDAY_9, is_announced=False)
    await desk.works(LEE, lambda context: open_ticket(context, request))
    await desk.storage.run(end_absences)
    assert await ticks(desk) == 0


async def test_a_rule_that_assigns_nobody_keeps_its_tickets_in_the_queue(storage: Storage) -> None:
    desk = await office(storage, assignment=(Assignment.LEAST_BUSY,), workload=Workload(capacity=1))
    router = desk.desk.router
    (vpn,) = (rule for rule in router.rules if rule.name == "network")
    by_hand = replace(vpn, team="it", assignment=(Assignment.NONE,))
    desk.desk = replace(desk.desk, router=Router([by_hand], default_team="it"))
    await desk.opens("The VPN is down")
    assert await ticks(desk) == 0
    assert (await desk.ticket()).assignee is None


async def test_when_nobody_fits_the_leads_read_why_once_and_again_when_twice_as_many_wait(
    storage: Storage,
) -> None:
    skills = (Skill(agents=frozenset({BO.key}), languages=frozenset({"de"})),)
    ways = (Assignment.SKILL, Assignment.LEAST_BUSY)
    desk = await office(storage, assignment=ways, workload=Workload(capacity=1), skills=skills)
    await desk.storage.run(lambda uow: uow.absences.put(away(BO.key, desk)))
    german = replace(ANA, language="de")
    await desk.opens(by=german)
    assert await ticks(desk) == 0
    assert await notices(desk) == []
    desk.clock.move(timedelta(minutes=6))
    await asyncio.gather(*(ticks(desk) for _ in range(3)))
    (told,) = await notices(desk)
    away_until = said("team.nobody_fits_away", person="Bo Berg", until=UNKNOWN).partition(UNKNOWN)[0]
    assert away_until in told
    assert said("team.nobody_fits_unskilled", skills="German") in told
    assert "Cleo" not in told
    await ticks(desk)
    assert await notices(desk) == []

    await desk.opens("My screen is dark", by=german)
    await desk.does(CLEO, actions.claim_ticket, number=2)
    await desk.opens("My disk is full", by=german)
    desk.clock.move(timedelta(minutes=6))
    await ticks(desk)
    (again,) = await notices(desk)
    assert said("team.nobody_fits_full", person="Cleo Chen", load="1", capacity="1") in again
    assert again.startswith("Service Desk: 2 ")

    await desk.storage.run(end_absences)
    assert await ticks(desk) == 1


async def test_leads_read_what_weighs_who_released_it_and_that_no_one_is_on_call(storage: Storage) -> None:
    workload = Workload(per_agent={CLEO.key: 1}, weights={"urgent": 2, "high": 2})
    desk = await office(storage, assignment=(Assignment.LEAST_BUSY,), workload=workload)
    await desk.opens()
    assert (await desk.ticket()).assignee == BO.key
    await desk.does(BO, actions.release_ticket)
    await desk.does(LEE, partial(actions.set_priority, priority=Priority.URGENT))
    desk.clock.move(timedelta(minutes=6))
    assert await ticks(desk) == 0
    (told,) = await notices(desk)
    assert said("team.nobody_fits_load", person="Cleo Chen", load="0", capacity="1") in told
    assert said("team.nobody_fits_released", person="Bo Berg", reference="IT-1") in told

    desk.desk = desk_with(assignment=(Assignment.ON_CALL,), workload=Workload(capacity=1))
    await desk.opens("My screen is dark")
    desk.clock.move(timedelta(minutes=6))
    await ticks(desk)
    (told,) = await notices(desk)
    assert said("team.nobody_fits_on_call") in told


async def test_what_is_no_longer_true_is_not_told(storage: Storage) -> None:
    desk = await office(storage, assignment=(Assignment.LEAST_BUSY,), workload=Workload(capacity=1))
    for number in range(3):
        await desk.opens(f"Mouse {number}")
    desk.clock.move(timedelta(minutes=6))
    await ticks(desk)
    await desk.does(LEE, partial(actions.close_ticket, reason="double"), number=3)
    assert await notices(desk) == []


async def test_replicas_that_give_out_at_once_never_go_beyond_a_capacity(postgres_url: str) -> None:
    async with replicas(postgres_url) as (first, second):
        workload = Workload(capacity=3)
        everyday = desk_with(assignment=(Assignment.LEAST_BUSY,), workload=workload)
        network = replace(everyday.teams["network"], assignment=(Assignment.LEAST_BUSY,), workload=workload)
        desks = [
            HeadlessDesk(each, desk=replace(everyday, teams={**everyday.teams, "network": network}))
            for each in (first, second)
        ]
        await desks[0].meets()
        texts = [f"{'VPN' if number % 3 == 0 else 'Mouse'} {number}" for number in range(24)]
        await asyncio.gather(*(desks[number % 2].opens(text) for number, text in enumerate(texts)))
        await asyncio.gather(*(ticks(desk) for desk in desks for _ in range(3)))
        load = await first.read(lambda uow: load_of(uow, workload))
        assert load == {BO.key: 3, CLEO.key: 3}


async def test_turns_are_kept_and_go_on_after_a_restart(storage: Storage) -> None:
    owners = []
    for number in range(1, 5):
        desk = await office(storage, assignment=(Assignment.ROUND_ROBIN,))
        await desk.opens(f"Mouse {number}")
        owners.append((await desk.ticket(number)).assignee)
        if number == 1:
            await desk.does(LEE, partial(actions.assign_ticket, to=CLEO), number=1)
    assert owners == [BO.key, CLEO.key, BO.key, CLEO.key]


async def test_only_teams_that_need_a_turn_or_a_load_ask_for_it(storage: Storage) -> None:
    sent: dict[str, int] = {}
    teams: dict[str, dict[str, object]] = {
        "none": {},
        "least busy": {"assignment": (Assignment.LEAST_BUSY,)},
        "on call": {"assignment": (Assignment.ON_CALL,)},
        "in turn": {"assignment": (Assignment.ROUND_ROBIN,)},
        "limited": {"assignment": (Assignment.LEAST_BUSY,), "workload": Workload(capacity=100)},
    }
    for name, fields in teams.items():
        desk = await office(storage, **fields)
        await desk.opens("first")

        def counted(context: Context) -> int:
            events = assign_new(context, a_ticket(context.uow), Verdict(team="it", why=WHY))
            assert isinstance(context.uow, SqlUnitOfWork)
            del events
            return context.uow.session.sent

        sent[name] = await desk.works(ANA, counted)
    assert sent == {"none": 0, "least busy": 4, "on call": 0, "in turn": 4, "limited": 5}
