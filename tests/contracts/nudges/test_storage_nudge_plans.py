"""What every storage promises about what is to come of tickets on which somebody is waited for."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.nudges.plan import NudgePlan, PlanKind, PlanState
from bot.domain.tickets.ticket import Status
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

HOUR = timedelta(hours=1)


def plan_of(ticket: int, kind: PlanKind = PlanKind.PENDING) -> NudgePlan:
    """Every field of it says something."""
    return NudgePlan(
        ticket_id=ticket,
        kind=kind,
        person="web:bo",
        state=PlanState.RUNNING,
        began_at=NOW,
        steps=2,
        told_at=NOW + HOUR,
        promised_at=NOW + 2 * HOUR,
        is_extended=True,
        next_at=NOW + 3 * HOUR,
    )


async def test_a_plan_is_kept_whole_one_of_a_kind(storage: Storage) -> None:
    def puts(uow: UnitOfWork) -> NudgePlan:
        plan = plan_of(a_numbered_ticket(uow).id)
        uow.nudge_plans.put(replace(plan, steps=1, next_at=None, promised_at=None, told_at=None))
        uow.nudge_plans.put(plan)
        uow.nudge_plans.put(plan_of(plan.ticket_id, PlanKind.CLAIM))
        return plan

    plan = await storage.run(puts)
    found = await storage.read(lambda uow: uow.nudge_plans.get(plan.ticket_id, PlanKind.PENDING))
    assert found == plan
    await storage.run(lambda uow: uow.nudge_plans.remove(plan.ticket_id, PlanKind.PENDING))
    assert await storage.read(lambda uow: uow.nudge_plans.get(plan.ticket_id, PlanKind.PENDING)) is None
    assert await storage.read(lambda uow: uow.nudge_plans.get(plan.ticket_id, PlanKind.CLAIM)) is not None


async def test_they_are_due_by_desk_time_soonest_first(storage: Storage) -> None:
    def puts(uow: UnitOfWork) -> list[int]:
        tickets = [a_numbered_ticket(uow).id for _ in range(3)]
        for ticket, hours in zip(tickets, (3, 2, None), strict=True):
            next_at = None if hours is None else NOW + hours * HOUR
            uow.nudge_plans.put(replace(plan_of(ticket), next_at=next_at))
        return tickets

    first, second, _ = await storage.run(puts)

    async def due(hours: int, limit: int = 9) -> list[int]:
        at = NOW + hours * HOUR
        return [each for each, _ in await storage.read(lambda uow: uow.nudge_plans.due(at, limit=limit))]

    assert await due(1) == []
    assert await due(2) == [second]
    assert await due(3) == [second, first]
    assert await due(3, limit=1) == [second]


async def test_pending_tickets_of_a_team_that_have_no_plan_are_found_the_oldest_first(
    storage: Storage,
) -> None:
    def puts(uow: UnitOfWork) -> list[int]:
        made = [
            a_numbered_ticket(uow, status=status, team=team, updated_at=NOW - age * HOUR).id
            for status, team, age in (
                (Status.PENDING, "it", 1),
                (Status.PENDING, "it", 2),
                (Status.PENDING, "hr", 3),
                (Status.OPEN, "it", 4),
                (Status.PENDING, "it", 5),
                (Status.PENDING, "it", 6),
            )
        ]
        uow.nudge_plans.put(plan_of(made[4]))
        uow.nudge_plans.put(replace(plan_of(made[5]), state=PlanState.RESTING))
        uow.nudge_plans.put(plan_of(made[0], PlanKind.CLAIM))
        return made

    made = await storage.run(puts)
    found = await storage.read(lambda uow: uow.nudge_plans.without(PlanKind.PENDING, team="it", limit=9).ids)
    assert list(found) == [made[5], made[1], made[0]]


async def test_a_long_queue_is_looked_through_stretch_by_stretch(storage: Storage) -> None:
    """So that a look takes no longer, however many tickets wait."""

    def puts(uow: UnitOfWork) -> list[int]:
        made = [
            a_numbered_ticket(uow, status=Status.PENDING, opened_at=NOW + each * HOUR).id for each in range(5)
        ]
        uow.nudge_plans.put(plan_of(made[0]))
        a_numbered_ticket(uow, status=Status.CLOSED)
        return made

    made = await storage.run(puts)
    stretches, behind = [], None
    for _ in range(3):
        found = await storage.read(
            lambda uow: uow.nudge_plans.without(PlanKind.PENDING, team="it", behind=behind, limit=2)  # noqa: B023
        )
        stretches.append(list(found.ids))
        behind = found.more_behind
    assert stretches == [made[1:2], made[2:4], made[4:]]
    assert behind is None


async def test_open_tickets_are_found_whose_assignee_has_no_plan_of_theirs(storage: Storage) -> None:
    def puts(uow: UnitOfWork) -> list[int]:
        owners = ("web:bo", "web:cleo", None, "web:bo", "web:bo")
        made = [a_numbered_ticket(uow, status=Status.OPEN, assignee=each).id for each in owners]
        for ticket, state in ((0, "done"), (1, "running"), (3, "lapsed")):
            plan = plan_of(made[ticket], PlanKind.CLAIM)
            uow.nudge_plans.put(replace(plan, state=PlanState(state)))
        return made

    made = await storage.run(puts)
    found = await storage.read(lambda uow: uow.nudge_plans.without(PlanKind.CLAIM, team="it", limit=9).ids)
    assert sorted(found) == sorted([made[1], made[3], made[4]]), "Cleo has one of Bo's, and one lapsed"
