"""A ticket's total is the sum of its entries, whatever was started, stopped, corrected and removed."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.worked_time.typed_time import TypedTime
from bot.ports.storage.reports import ReportQuery
from bot.ports.storage.worked_time.time_entries import TimeDimension
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.worked_time.entries import change_entry, find_entry, log_time, remove_entry, today
from bot.services.tickets.worked_time.timers import start_timer, stop_timer
from bot.workers.tickets.forgotten_timers import ForgottenTimers
from storage import open_storage
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk

T = TypeVar("T")
AGENTS = st.sampled_from((BO, CLEO, LEE))
TICKETS, ENTRIES = st.integers(0, 2), st.integers(0, 5)
MINUTES = st.integers(-5, 1_500)
DAYS_AGO = st.integers(-1, 3)


class WorkingDesk(RuleBasedStateMachine):
    """Three tickets, and what agents and the clock do about the time worked on them."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self.desk = HeadlessDesk(open_storage(url))
        self.run(self.desk.meets())
        self.tickets = [self.run(self.desk.opens(f"Mouse {each} is dead")).id for each in range(3)]
        self.worker = ForgottenTimers(storage=self.desk.storage, contexts=self.desk.contexts)

    def teardown(self) -> None:
        self.run(self.desk.storage.close())
        self._runner.close()

    def run(self, deed: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(deed)

    def tries(self, who: Person, deed: Callable[[Context], object]) -> None:
        try:
            self.run(self.desk.works(who, deed))
        except Refused:
            return

    @rule(who=AGENTS, ticket=TICKETS, minutes=MINUTES, ago=DAYS_AGO)
    def logs(self, who: Person, ticket: int, minutes: int, ago: int) -> None:
        def work(context: Context) -> None:
            locked = context.uow.tickets.lock(self.tickets[ticket])
            log_time(context, locked, self._typed(context, minutes, ago))

        self.tries(who, work)

    @rule(who=AGENTS, ticket=TICKETS)
    def starts(self, who: Person, ticket: int) -> None:
        self.tries(who, lambda context: start_timer(context, self.tickets[ticket]))

    @rule(who=AGENTS)
    def stops(self, who: Person) -> None:
        self.tries(who, stop_timer)

    @rule(who=AGENTS, ticket=TICKETS, entry=ENTRIES, minutes=MINUTES, ago=DAYS_AGO)
    def corrects(self, who: Person, ticket: int, entry: int, minutes: int, ago: int) -> None:
        def work(context: Context) -> None:
            locked, found = find_entry(context, self._entry(context, ticket, entry))
            change_entry(context, locked, found, self._typed(context, minutes, ago))

        self.tries(who, work)

    @rule(who=AGENTS, ticket=TICKETS, entry=ENTRIES)
    def removes(self, who: Person, ticket: int, entry: int) -> None:
        self.tries(
            who,
            lambda context: remove_entry(context, *find_entry(context, self._entry(context, ticket, entry))),
        )

    @rule(who=AGENTS, ticket=TICKETS)
    def transfers(self, who: Person, ticket: int) -> None:
        def work(context: Context) -> None:
            locked = context.uow.tickets.lock(self.tickets[ticket])
            team = context.desk.teams["network" if locked.team == "it" else "it"]
            actions.transfer_ticket(context, locked, team=team)

        self.tries(who, work)

    @rule(minutes=st.integers(-90, 3_000))
    def the_clock_moves(self, minutes: int) -> None:
        """Backwards too; two replicas tick."""
        self.desk.clock.move(timedelta(minutes=minutes))

        async def tick() -> None:
            await asyncio.gather(self.worker.tick(), self.worker.tick())

        self.run(tick())

    @invariant()
    def totals_are_the_sums_of_entries(self) -> None:
        def look(uow: UnitOfWork) -> None:
            whole = timedelta()
            for each in self.tickets:
                entries = uow.time_entries.of_ticket(each)
                total = sum((entry.length for entry in entries), timedelta())
                assert uow.tickets.get(each).worked == total == uow.time_entries.total_of(each)
                assert all(timedelta() < entry.length <= timedelta(hours=24) for entry in entries)
                whole += total
            now = self.desk.clock.now()
            ever = ReportQuery(since=now - timedelta(days=4_000), until=now + timedelta(days=4_000))
            for by in TimeDimension:
                figures = uow.time_entries.worked_by(ever, by=by).values()
                assert sum((each.length for each in figures), timedelta()) >= whole
            assert uow.time_entries.worked(ever).length >= whole
            running = uow.stopwatches.of_agents([each.key for each in (BO, CLEO, LEE)])
            assert len({each.agent for each in running}) == len(running)

        self.run(self.desk.storage.read(look))

    @staticmethod
    def _typed(context: Context, minutes: int, ago: int) -> TypedTime:
        day = today(context) - timedelta(days=ago)
        return TypedTime(day=day, length=timedelta(minutes=minutes), text="cable")

    def _entry(self, context: Context, ticket: int, place: int) -> int | None:
        entries = context.uow.time_entries.of_ticket(self.tickets[ticket])
        return entries[place].id if place < len(entries) else None


def test_totals_are_the_sums_of_what_is_logged_over_any_history(database_url: str) -> None:
    class OnThisDatabase(WorkingDesk):
        def __init__(self) -> None:
            super().__init__(database_url)

    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            deadline=None,
            max_examples=12,
            stateful_step_count=25,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
