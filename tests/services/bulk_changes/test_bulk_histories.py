"""A change of many tickets and its undoing are exact inverses, whatever the tickets have been through."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.domain.bulk_changes.bulk_change import BulkAction, BulkOutcome, BulkStage
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Priority, Ticket
from bot.domain.worked_time.typed_time import TypedTime
from bot.services.context.context import Context
from bot.services.sla.explanation import explain
from bot.services.sla.timers import policy_of
from bot.services.tickets import actions
from bot.services.tickets.worked_time.entries import log_time, today
from bot.services.tickets.worked_time.timers import start_timer
from storage import open_storage
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.bulk_changes.busy_desk import (
    as_people_know_it,
    at_work,
    busy_desk,
    change_now,
    changes,
    outcomes,
    starts,
    states,
    undoes,
)

T = TypeVar("T")
DEEDS: Final[Mapping[str, Callable[[Context, Ticket], object]]] = {
    "claims": actions.claim_ticket,
    "releases": actions.release_ticket,
    "assigns Cleo": lambda context, ticket: actions.assign_ticket(context, ticket, to=CLEO),
    "replies": lambda context, ticket: actions.reply_as_agent(context, ticket, text="On it"),
    "waits": lambda context, ticket: actions.wait_for_requester(context, ticket, question="Which one?"),
    "holds": lambda context, ticket: actions.hold_ticket(context, ticket, reason="the vendor"),
    "resolves": lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="Done"),
    "closes": actions.close_ticket,
    "reopens": actions.reopen_ticket,
    "raises": lambda context, ticket: actions.set_priority(context, ticket, Priority.URGENT),
    "lowers": lambda context, ticket: actions.set_priority(context, ticket, Priority.LOW),
    "tags": lambda context, ticket: actions.tag_ticket(context, ticket, add=("vpn",), remove=()),
    "acknowledges": actions.acknowledge,
    "logs time": lambda context, ticket: log_time(
        context, ticket, TypedTime(day=today(context), length=timedelta(minutes=25), text="cable")
    ),
    "starts a timer": lambda context, ticket: start_timer(context, ticket.id),
    "snoozes": lambda context, ticket: actions.snooze(
        context, ticket, until=context.now + timedelta(hours=1), reason="the vendor calls back"
    ),
    "transfers": lambda context, ticket: actions.transfer_ticket(
        context, ticket, team=context.desk.teams["network" if ticket.team == "it" else "it"]
    ),
}
WRITES: Final = "the requester writes"
BULK: Final[list[tuple[BulkAction, dict[str, str]]]] = [
    (BulkAction.CLAIM, {}),
    (BulkAction.RELEASE, {}),
    (BulkAction.ASSIGN, {"person": CLEO.key}),
    (BulkAction.ASSIGN, {"person": BO.key}),
    (BulkAction.TAG, {"add": "vpn office", "remove": "network"}),
    *((BulkAction.PRIORITY, {"priority": str(each)}) for each in Priority),
    (BulkAction.SET_FIELDS, {"field.asset_tag": "4711"}),
    (BulkAction.SET_FIELDS, {"field.category": "Network", "field.asset_tag": ""}),
    (BulkAction.TRANSFER, {"team": "network", "reason": "the switch"}),
    (BulkAction.TRANSFER, {"team": "it"}),
    (BulkAction.SNOOZE, {"reason": "a storm"}),
    (BulkAction.RESOLVE, {"resolution": "The switch was replaced"}),
    (BulkAction.RESOLVE, {}),
]
MINUTES: Final = st.integers(0, 90)
AGENTS: Final = (BO, CLEO, LEE)
NUMBERS: Final = count(1)


class BusyDesk(RuleBasedStateMachine):
    """Three tickets, what people and the clock do to them, and changes of all of them."""

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self.desk = HeadlessDesk(open_storage(url), desk=busy_desk(folder))
        self.run(self.desk.meets())
        opened = [self.run(self.desk.opens(f"Mouse {next(NUMBERS)}")) for _ in range(3)]
        self.numbers = [each.number or 0 for each in opened]
        self.ahead: list[tuple[Any, int]] = []

    def teardown(self) -> None:
        self.run(self.desk.storage.close())
        self._runner.close()

    def run(self, deed: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(deed)

    @rule(deed=st.sampled_from((*DEEDS, WRITES)), place=st.integers(0, 2), by=st.sampled_from(AGENTS))
    def somebody_acts(self, deed: str, place: int, by: Any) -> None:
        def work(context: Context, ticket: Ticket) -> None:
            if deed == WRITES:
                actions.write_as_requester(context, ticket, text="Any news?")
            else:
                DEEDS[deed](context, ticket)

        try:
            self.run(self.desk.does(ANA if deed == WRITES else by, work, number=self.numbers[place]))
        except Refused:
            return

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.run(self.desk.passes(minutes=minutes))

    @rule(what=st.sampled_from(BULK), by=st.sampled_from(AGENTS), minutes=st.integers(0, 29))
    def changed_and_undone_all_is_as_it_was(
        self, what: tuple[BulkAction, dict[str, str]], by: Any, minutes: int
    ) -> None:
        """However many minutes pass in between, as long as nothing falls due in them."""
        before = self.run(states(self.desk, self.numbers))
        reasons = self.run(self.desk.works(by, self._untold))

        change = self.run(changes(self.desk, by, self.numbers, what[0], self._details(what)))
        changed = self.run(states(self.desk, self.numbers))
        for ticket, item in self.run(outcomes(self.desk, change)).items():
            is_same = as_people_know_it(changed[ticket], like=before[ticket]) == as_people_know_it(
                before[ticket], like=before[ticket]
            )
            assert is_same is (item.outcome is BulkOutcome.LEFT), item
            assert (item.reason is not None) is is_same

        self.desk.clock.move(timedelta(minutes=minutes))
        self.run(undoes(self.desk, by, change))

        after = self.run(states(self.desk, self.numbers))
        for ticket, state in after.items():
            assert as_people_know_it(state, like=before[ticket]) == as_people_know_it(
                before[ticket], like=before[ticket]
            )
        assert self.run(self.desk.works(by, self._untold)) == reasons
        assert {each.outcome for each in self.run(outcomes(self.desk, change)).values()} <= {
            BulkOutcome.UNDONE,
            BulkOutcome.LEFT,
        }

    @rule(what=st.sampled_from(BULK), by=st.sampled_from(AGENTS))
    def many_are_changed(self, what: tuple[BulkAction, dict[str, str]], by: Any) -> None:
        change = self.run(changes(self.desk, by, self.numbers, what[0], self._details(what)))
        self.ahead.append((by, change))

    @rule(what=st.sampled_from(BULK), by=st.sampled_from(AGENTS))
    def two_replicas_work_on_one_change(self, what: tuple[BulkAction, dict[str, str]], by: Any) -> None:
        change = self.run(starts(self.desk, by, self.numbers, what[0], self._details(what)))

        async def both() -> None:
            await asyncio.gather(at_work(self.desk).tick(), at_work(self.desk).tick())

        self.run(both())
        assert self.run(change_now(self.desk, change)).stage is BulkStage.DONE
        self.ahead.append((by, change))

    @rule()
    def what_others_changed_since_is_left(self) -> None:
        if not self.ahead:
            return
        by, change = self.ahead.pop()
        before = self.run(states(self.desk, self.numbers))
        try:
            self.run(undoes(self.desk, by, change))
        except Refused:
            return
        after = self.run(states(self.desk, self.numbers))
        for ticket, item in self.run(outcomes(self.desk, change)).items():
            assert item.outcome in (BulkOutcome.UNDONE, BulkOutcome.KEPT, BulkOutcome.LEFT)
            if item.outcome is not BulkOutcome.UNDONE:
                assert after[ticket] == before[ticket]

    @invariant()
    def each_clock_in_alert_has_one_step_plan(self) -> None:
        def work(context: Context) -> None:
            for number in self.numbers:
                ticket = context.uow.tickets.find("IT", number)
                assert ticket is not None
                policy = policy_of(context, ticket)
                assert policy is not None
                alerting = [
                    timer.id
                    for timer in context.uow.sla_timers.of_ticket(ticket.id)
                    if timer.stopped_at is None
                    and any(policy.stages[index].raises_alert for index in timer.reached)
                ]
                under_way = [each.timer_id for each in context.uow.escalations.under_way([ticket.id])]
                assert sorted(under_way) == sorted(alerting)

        self.run(self.desk.works(LEE, work))

    def _details(self, what: tuple[BulkAction, dict[str, str]]) -> dict[str, str]:
        if what[0] is not BulkAction.SNOOZE:
            return what[1]
        return what[1] | {"until": (self.desk.clock.now() + timedelta(hours=2)).isoformat()}

    def _untold(self, context: Context) -> list[bool]:
        """Of each clock, whether the log cannot tell how it came to what it says."""
        tickets = [context.uow.tickets.find("IT", number) for number in self.numbers]
        return [
            each.replayed is None
            for ticket in tickets
            if ticket is not None
            for each in explain(context.uow, ticket, now=context.now, copies=context.policies)
        ]


def test_undone_a_change_of_many_tickets_leaves_no_trace_on_them(database_url: str, tmp_path: Path) -> None:
    class OnThisDatabase(BusyDesk):
        def __init__(self) -> None:
            super().__init__(database_url, tmp_path)

    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            deadline=None,
            max_examples=12,
            stateful_step_count=15,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
