"""Alerts under any history: each is told once, none is lost, and none goes on after its promise."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import Refused
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Priority, Ticket
from bot.messages.outbound import Notice
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert, make_room, told_in
from bot.services.policy_changes.reapply import reapply
from bot.services.sla.timers import policy_of
from bot.services.tickets import actions
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.views.renderer import render
from bot.workers.sla_clock import SlaClock
from storage import open_storage
from tests.said import because
from tests.services.moved_clock import MovedClock

FRIDAY_15 = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
"""Three o'clock in Berlin: two hours until the weekend."""
HELP = ChannelRef("web", "help-it")
ANA, BO, LEE = (Person(key=f"web:{name.lower()}", name=name) for name in ("Ana", "Bo", "Lee"))

DESK = """\
desk: {name: Help desk, sla_policy: standard}
inboxes:
  help-it: {channel: web:help-it}
calendars:
  office: {zone: Europe/Berlin, week: {mon-fri: "9:00-17:00"}}
teams:
  it:
    {channel: web:team-it, escalation_channel: web:alarms-it, agents: [web:bo], leads: [web:lee], calendar: office}
  network:
    {channel: web:team-net, escalation_channel: web:alarms-net, agents: [web:bo], leads: [web:lee], calendar: 24x7,
     sla_policy: short}
routing: {default_team: it}
sla_policies:
  standard:
    first_response: {urgent: 20m, high: 40m, normal: 1h, low: 3h}
    next_response: 1h
    resolution: {urgent: 1h, high: 2h, normal: 4h, low: 9h}
    escalation: tall
  short:
    resolution: {urgent: 30m, high: 1h, normal: 2h}
    escalation: low
escalation_policies:
  tall:
    - at: 50%
    - at: 80%
      notify: [escalation_channel]
      steps: [{after: 5m, mention: leads}, {after: 20m, mention: leads, priority: high}]
    - at: 100%
      notify: [escalation_channel, assignee]
      steps: [{after: 10m, mention: leads}, {after: 30m, mention: leads, transfer: network}]
      repeat: {every: 15m, times: 2}
  low:
    - at: 100%
      notify: [escalation_channel]
      page: always
      steps: [{after: 7m, mention: assignee}]
"""
DEEDS = (
    *("claim", "release", "take over", "wait", "hold", "asks", "answers", "priority", "resolve", "reopen"),
    *(
        "transfer",
        "apply",
        "acknowledge",
        "unacknowledge",
        "snooze",
        "tick",
        "tick",
        "tick",
        "tick",
        "delivery",
        "restart",
    ),
    *("reload", "clock goes back"),
)
Story = list[tuple[str, timedelta, int]]
STORIES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.timedeltas(timedelta(), timedelta(hours=3)), st.integers(0, 3)),
    max_size=20,
)
STORY_NUMBERS = count(1)
NOTHING, HOUR = timedelta(), timedelta(hours=1)


class Life:
    """One ticket of a desk, and what its escalation channels were told."""

    def __init__(self, storage: Storage, full: Desk, reduced: Desk) -> None:
        self._storage = storage
        self._desks = [full, reduced]
        self.clock = MovedClock(FRIDAY_15)
        self.told: list[Alert] = []
        self._start()

    async def opens(self) -> None:
        def context(uow: UnitOfWork) -> int:
            for person in (ANA, BO, LEE):
                uow.people.remember(person)
            request = NewRequest(requester=ANA, text="Dead", channel=HELP, said_at=self.clock.at)
            return open_ticket(self._contexts.context(uow, ANA), request).id

        self.ticket = await self._storage.run(context)

    async def lives(self, deed: str, choice: int) -> None:
        match deed:
            case "tick":
                await self.ticks()
            case "delivery":
                await self.delivers()
            case "restart":
                self._start()
            case "reload":
                self._desks.reverse()
            case "clock goes back":
                self.clock.at -= HOUR
                await self.ticks()
                self.clock.at += HOUR
            case _:
                await self.does(
                    lambda context, ticket: act(context, ticket, deed, choice), ANA if deed == "asks" else BO
                )

    async def does(self, deed: Callable[[Context, Ticket], object], by: Person) -> None:
        def context(uow: UnitOfWork) -> None:
            deed(self._contexts.context(uow, by), uow.tickets.lock(self.ticket))

        try:
            await self._storage.run(context)
        except Refused:
            return

    async def ticks(self) -> None:
        await self._clock.tick()

    async def delivers(self) -> None:
        """All that waits is sent, and it is kept what alerts it told of."""
        while rows := await self._storage.run(lambda uow: uow.outbox.claim(limit=500, lease=HOUR)):
            for row in rows:
                if row.kind is RowKind.ALERT and row.shown == 0:
                    alerts = map(Alert.from_json, row.payload["alarms"])
                    self.told += [alert for alert in alerts if alert.ticket == self.ticket]
                await self._storage.run(partial(self._settle, row=row))

    def _settle(self, uow: UnitOfWork, *, row: OutboxRow) -> None:
        """As the outbox worker does: what has nothing left to show is deleted, or never sent."""
        shown = render(View(uow=uow, desk=self._desks[0], now=self.clock.at), row)
        if shown is None and not row.parts and not row.kind.is_state:
            uow.outbox.give_up(row, RowState.DROPPED, error=because("no longer true"))
            return
        uow.outbox.settle(row, parts=() if shown is None else (f"p{row.id}",))
        if row.kind is RowKind.ALERT and not row.parts:
            make_room(uow, row)

    async def looks(self, check: Callable[["Life", Context, Ticket], None]) -> None:
        await self._storage.run(
            lambda uow: check(self, self._contexts.context(uow), uow.tickets.get(self.ticket))
        )

    def _start(self) -> None:
        self._contexts = ContextFactory(desk=lambda: self._desks[0], clock=self.clock)
        self._clock = SlaClock(storage=self._storage, contexts=self._contexts)


def act(context: Context, ticket: Ticket, deed: str, choice: int) -> None:
    if deed in SIMPLE:
        SIMPLE[deed](context, ticket)
        return
    match deed:
        case "asks":
            actions.write_as_requester(context, ticket, text="And?")
        case "answers":
            actions.reply_as_agent(context, ticket, text="Soon.")
        case "priority":
            actions.set_priority(context, ticket, list(Priority)[choice])
        case "transfer":
            to = "network" if ticket.team == "it" else "it"
            actions.transfer_ticket(context, ticket, team=context.desk.teams[to])
        case "apply":
            reapply(context, ticket, policy=("standard", "short")[choice % 2])
        case _:
            until = context.now + choice * HOUR + timedelta(minutes=10)
            actions.snooze(context, ticket, until=until, reason="the vendor calls back")


def take_over(context: Context, ticket: Ticket) -> None:
    actions.take_over_ticket(context, ticket, seen=ticket.assignee or "nobody")


SIMPLE: Mapping[str, Callable[[Context, Ticket], None]] = {
    "claim": actions.claim_ticket,
    "release": actions.release_ticket,
    "take over": take_over,
    "wait": lambda context, ticket: actions.wait_for_requester(context, ticket, question="Which one?"),
    "hold": lambda context, ticket: actions.hold_ticket(context, ticket, reason="the vendor"),
    "resolve": partial(actions.resolve_ticket, resolution="Done"),
    "reopen": actions.reopen_ticket,
    "acknowledge": actions.acknowledge,
    "unacknowledge": actions.unacknowledge,
}


def each_clock_in_alert_has_one_step_plan(life: Life, context: Context, ticket: Ticket) -> None:
    """And no other clock has one; it climbs where somebody is waited for, and rests elsewhere."""
    policy = policy_of(context, ticket)
    assert policy is not None
    timers = {timer.id: timer for timer in context.uow.sla_timers.of_ticket(ticket.id)}
    under_way = context.uow.escalations.under_way([ticket.id])
    alerting = [
        timer.id
        for timer in timers.values()
        if timer.stopped_at is None and any(policy.stages[index].raises_alert for index in timer.reached)
    ]
    assert sorted(each.timer_id for each in under_way) == sorted(alerting)
    for each in under_way:
        timer, stage = timers[each.timer_id], policy.stages[each.stage]
        assert each.stage in timer.reached
        assert stage.raises_alert
        assert each.is_breach is stage.is_breach
        is_climbing = each.is_unacknowledged and timer.running_since is not None
        is_ahead = each.is_snoozed or each.climbed < stage.step_plan.length
        assert (each.next_at is not None) is (is_climbing and is_ahead)


def everything_was_told_once(life: Life, context: Context, ticket: Ticket) -> None:
    counts = Counter(
        (entry.event, entry.details.get("measure")) for entry in context.uow.audit_log.of_ticket(ticket.id)
    )
    policy = policy_of(context, ticket)
    assert policy is not None
    for measure in {each.measure for each in life.told}:
        told = [each for each in life.told if each.measure is measure]
        assert sum(each.step > 0 for each in told) == counts["EscalationStepTaken", measure]
        at_stages = [each for each in told if not each.step and not each.is_awake]
        assert len(at_stages) <= counts["SlaStageReached", measure]
    broken = {timer.id for timer in context.uow.sla_timers.of_ticket(ticket.id) if _is_broken(timer)}
    for each in context.uow.escalations.under_way([ticket.id]):
        if (
            each.timer_id in broken and each.is_unacknowledged
        ):  # nobody is told anew of what was acknowledged at night
            assert any(alert.timer == each.timer_id and alert.is_breach for alert in life.told)
            assert each.climbed == policy.stages[each.stage].step_plan.length


def the_newest_alert_offers_what_is_active(life: Life, context: Context, ticket: Ticket) -> None:
    """Nothing else there has buttons, and those of a ticket that is reopened come back."""
    view = View(uow=context.uow, desk=context.desk, now=context.now)
    for channel in filter(None, {team.escalation_channel for team in context.desk.teams.values()}):
        conversation = context.uow.conversations.of_channel(channel)
        rows = [
            context.uow.outbox.get(each.id) for each in context.uow.outbox.current_alerts(conversation.id)
        ]
        notices = [render(view, row) for row in rows if row is not None]
        shown = [notice for notice in notices if isinstance(notice, Notice)]
        assert all(not notice.buttons for notice in shown[:-1])
        if shown:
            told = [
                each
                for each in context.uow.escalations.under_way([ticket.id])
                if any(key.startswith(told_in(conversation.id)) for key in each.told)
            ]
            timers = {timer.id: timer for timer in context.uow.sla_timers.of_ticket(ticket.id)}
            active = [
                each
                for each in told
                if timers[each.timer_id].running_since or timers[each.timer_id].breached_at
            ]
            is_here = context.team_of(ticket).escalation_channel == channel
            assert bool(shown[-1].buttons) == (bool(active) and is_here)


def _is_broken(timer: SlaTimer) -> bool:
    return timer.running_since is not None and timer.breached_at is not None


async def live(url: str, folder: Path, story: Story) -> None:
    config = folder / "desk.yaml"
    own = DESK.replace("web:alarms-", f"web:alarms-{next(STORY_NUMBERS)}-")  # no other story is told there
    config.write_text(own, encoding="utf-8")
    full = load_desk(config, KNOWN_PLATFORMS)
    config.write_text(
        own.replace("[{after: 7m, mention: assignee}]", "[]").replace("80%", "90%"), encoding="utf-8"
    )
    storage = open_storage(url)
    try:
        life = Life(storage, full, load_desk(config, KNOWN_PLATFORMS))
        await life.opens()
        for deed, passed, choice in story:
            life.clock.at += passed
            await life.lives(deed, choice)
            await life.looks(each_clock_in_alert_has_one_step_plan)
        for _ in range(5 * 24):
            life.clock.at += HOUR
            await life.ticks()
        await life.delivers()
        await life.looks(each_clock_in_alert_has_one_step_plan)
        await life.looks(everything_was_told_once)
        await life.looks(the_newest_alert_offers_what_is_active)
        await life.does(actions.close_ticket, BO)
        await life.looks(each_clock_in_alert_has_one_step_plan)
    finally:
        await storage.close()


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(STORIES)
def test_whatever_happens_each_alert_is_told_once_and_none_is_lost(
    sqlite_url: str, tmp_path: Path, story: Story
) -> None:
    asyncio.run(live(sqlite_url, tmp_path, story))
