"""Nudges under any history: each once and never too soon, in hours, and in the end nothing is forgotten.

What happened is judged by the audit log alone.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.calendars.calendar import Calendar
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.nudges.claims import extend_claim
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.snoozes import snooze_ticket, unsnooze_ticket
from bot.workers.sla_clock import SlaClock
from bot.workers.tickets.nudge_backlog import NudgeBacklog
from bot.workers.tickets.nudges import Nudges
from bot.workers.tickets.snoozes import SnoozesWorker
from storage import open_storage
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.nudges.judge import Judge
from tests.stories.office import SetClock

HOUR = timedelta(hours=1)
FAR = datetime(2999, 1, 1, tzinfo=UTC)
CONFIG = """\
desk: {{name: Help desk, sla_policy: standard}}
inboxes:
  help-it: {{channel: web:help-it}}
calendars:
  office: {{zone: Europe/Berlin, week: {{mon-fri: "9:00-17:00"}}, holidays: {{dates: {{2026-03-10: closed}}}}}}
teams:
  it:
    channel: web:team-it
    escalation_channel: web:alarms-it
    agents: [web:bo, web:cleo]
    leads: [web:lee]
    calendar: office
    {it}
  network:
    channel: web:team-net
    agents: [web:cleo]
    leads: [web:lee]
    assignment: round_robin
    {network}
routing: {{default_team: it}}
sla_policies:
  standard: {{first_response: 1h, resolution: 4h, escalation: tell}}
escalation_policies:
  tell:
    - {{at: 50%, notify: [escalation_channel]}}
    - {{at: 100%, notify: [escalation_channel]}}
"""
FULL = CONFIG.format(
    it="nudges: {pending: {nudge_after: [1 day, 2 days], resolve_after: 4 days}, claims: {lapse_after: 4h}}",
    network="nudges: {claims: {lapse_after: 2h, warn_before: 30m}}",
)
CHANGED = CONFIG.format(
    it="nudges: {pending: {nudge_after: 2 days, resolve_after: 3 days}}",
    network="nudges: {pending: {nudge_after: 1 day}, claims: {lapse_after: 3h}}",
)
DEEDS = (
    *("claim", "assign", "release", "wait", "wait", "hold", "asks", "thanks", "answers", "notes", "reopen"),
    *(
        "resolve",
        "transfer",
        "keep",
        "snooze",
        "snooze ticket",
        "snooze ticket",
        "unsnooze ticket",
        "tick",
        "tick",
        "tick",
        "all tick at once",
        "backlog",
    ),
    *("reload", "clock goes back", "days go by"),
)
Story = list[tuple[str, timedelta, int]]
STORIES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.timedeltas(timedelta(), timedelta(hours=9)), st.integers(0, 3)),
    max_size=25,
)
SNOOZED_FOR_DAYS: Story = [("snooze ticket", timedelta(), 3), *[("tick", timedelta(hours=3), 0)] * 20]
CLAIMED_AND_SNOOZED: Story = [("claim", timedelta(), 0), *SNOOZED_FOR_DAYS]
PENDING_AND_SNOOZED: Story = [("claim", timedelta(), 0), ("wait", timedelta(), 0), *SNOOZED_FOR_DAYS]


class Life:
    """One ticket of a desk with three replicas, of which two have clocks that are a little off."""

    def __init__(self, desk: HeadlessDesk, folder: Path) -> None:
        self.desk = desk
        self._desks = [_loaded(folder, FULL), _loaded(folder, CHANGED)]
        self.nudges_shown = 0
        self._replicas = [
            self._replica(off) for off in (timedelta(), timedelta(minutes=2), -timedelta(minutes=2))
        ]
        self._alerts = SlaClock(storage=desk.storage, contexts=desk.contexts)
        self._snoozes = SnoozesWorker(storage=desk.storage, contexts=desk.contexts)

    def _replica(self, off: timedelta) -> tuple[Nudges, NudgeBacklog]:
        contexts = replace(self.desk.contexts, clock=_OffClock(self.desk.clock, off))
        storage = self.desk.storage
        return Nudges(storage=storage, contexts=contexts), NudgeBacklog(storage=storage, contexts=contexts)

    async def begins(self) -> None:
        self.desk.desk = self._desks[0]
        await self.desk.meets()
        self.number = (await self.desk.opens()).number or 0
        await self.shows()

    async def lives(self, deed: str, choice: int) -> None:
        clock = self.desk.clock
        match deed:
            case "tick":
                await self.ticks()
            case "all tick at once":
                await asyncio.gather(*(nudges.tick() for nudges, _ in self._replicas))
            case "backlog":
                await asyncio.gather(*(backlog.tick() for _, backlog in self._replicas))
            case "reload":
                self._desks.reverse()
                self.desk.desk = self._desks[0]
            case "clock goes back":
                clock.move(-HOUR)
                await self.ticks()
                clock.move(HOUR)
            case "days go by":
                clock.move(timedelta(days=choice))
            case _:
                try:
                    await self.does(_DOERS.get(deed, BO), partial(act, deed=deed, choice=choice))
                except Refused:
                    return

    async def does(self, who: Person, deed: Callable[[Context, Ticket], object]) -> None:
        await self.desk.does(who, deed, number=self.number)

    async def ticket(self) -> Ticket:
        return await self.desk.ticket(self.number)

    async def ticks(self) -> None:
        await self._alerts.tick()
        await self._snoozes.tick()
        await self._replicas[0][0].tick()

    async def shows(self) -> None:
        """All that waits is sent, and it is counted how many nudges came new."""
        for each in await self.desk.sent(RowKind.NOTICE):
            is_nudge = each.row.payload.get("sentence") == "requester.nudged"
            self.nudges_shown += is_nudge and each.row.shown == 0

    async def waits_out(self) -> None:
        """By the first configuration, for as long as anything may take."""
        self.desk.desk = next(each for each in self._desks if each.teams["network"].nudges.pending is None)
        for _ in range(16 * 6):
            self.desk.clock.move(4 * HOUR)
            await self.ticks()
            await self._replicas[0][1].tick()

    async def ends(self) -> None:
        """The next story's ticket is the only one that is not closed."""
        if (await self.ticket()).status is not Status.CLOSED:
            await self.does(BO, actions.close_ticket)

    async def log(self) -> Sequence[AuditEntry]:
        ticket = await self.ticket()
        return await self.desk.looks(lambda view: view.uow.audit_log.of_ticket(ticket.id))

    def calendar(self, team: str) -> Calendar:
        return self.desk.desk.teams[team].calendar


class _OffClock:
    def __init__(self, clock: SetClock, off: timedelta) -> None:
        self._clock, self._off = clock, off

    def now(self) -> datetime:
        return self._clock.now() + self._off


def act(context: Context, ticket: Ticket, *, deed: str, choice: int) -> None:
    if deed in SIMPLE:
        SIMPLE[deed](context, ticket)
        return
    match deed:
        case "asks" | "thanks":
            actions.write_as_requester(context, ticket, text="And?", is_courtesy=deed == "thanks")
        case "assign":
            actions.assign_ticket(context, ticket, to=(BO, CLEO)[choice % 2])
        case "transfer":
            to = "network" if ticket.team == "it" else "it"
            actions.transfer_ticket(context, ticket, team=context.desk.teams[to])
        case "snooze ticket":
            snooze_ticket(context, ticket, until=context.now + (choice + 1) * 24 * HOUR)
        case "keep":
            record_changes(context, ticket, [extend_claim(context, ticket)])
        case _:
            until = context.now + (choice + 1) * HOUR
            actions.snooze(context, ticket, until=until, reason="the vendor calls back")


SIMPLE: Mapping[str, Callable[[Context, Ticket], object]] = {
    "claim": actions.claim_ticket,
    "release": actions.release_ticket,
    "wait": lambda context, ticket: actions.wait_for_requester(context, ticket, question="Which one?"),
    "hold": lambda context, ticket: actions.hold_ticket(context, ticket, reason="the vendor"),
    "answers": lambda context, ticket: actions.reply_as_agent(context, ticket, text="Soon."),
    "notes": lambda context, ticket: actions.add_note(context, ticket, text="A cable?"),
    "resolve": partial(actions.resolve_ticket, resolution="Done"),
    "reopen": actions.reopen_ticket,
    "unsnooze ticket": unsnooze_ticket,
}
_DOERS = {"asks": ANA, "thanks": ANA, "assign": LEE, "transfer": LEE, "hold": LEE}


def check_log(life: Life, log: Sequence[AuditEntry]) -> None:
    """Every step that the desk took of itself was due, and was taken once."""
    judge = Judge(life.calendar)
    for entry in log:
        judge.hear(entry)


async def live(url: str, folder: Path, story: Story) -> None:
    storage = open_storage(url)
    try:
        life = Life(HeadlessDesk(storage), folder)
        await life.begins()
        for deed, passed, choice in story:
            life.desk.clock.move(passed)
            await life.lives(deed, choice)
            await life.shows()
        check_log(life, await life.log())
        await life.waits_out()
        await life.shows()
        log = await life.log()
        check_log(life, log)
        assert life.nudges_shown == sum(each.event == "RequesterNudged" for each in log)
        await nothing_is_forgotten(life)
        await life.ends()
    finally:
        await storage.close()


async def nothing_is_forgotten(life: Life) -> None:
    """Nobody is waited for any more who said nothing: requesters of IT's, and whoever has an open ticket."""
    ticket = await life.ticket()
    assert not (ticket.team == "it" and ticket.status is Status.PENDING)
    plans = await life.desk.looks(lambda view: view.uow.nudge_plans.due(FAR, limit=9))
    assert [kind for _, kind in plans] == []


def _loaded(folder: Path, text: str) -> Desk:
    config = folder / "desk.yaml"
    config.write_text(text, encoding="utf-8")
    return load_desk(config, KNOWN_PLATFORMS)


_CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(deadline=None, max_examples=40, suppress_health_check=_CHECKS)
@given(STORIES)
@example(CLAIMED_AND_SNOOZED)
@example(PENDING_AND_SNOOZED)
def test_whatever_happens_each_step_is_taken_once_and_nothing_is_forgotten(
    sqlite_url: str, tmp_path: Path, story: Story
) -> None:
    """All stories in one database, one after the other."""
    asyncio.run(live(sqlite_url, tmp_path, story))


@settings(deadline=None, max_examples=12, suppress_health_check=_CHECKS)
@given(STORIES)
def test_whatever_happens_postgresql_agrees(postgres_url: str, tmp_path: Path, story: Story) -> None:
    asyncio.run(live(postgres_url, tmp_path, story))
