"""What is at risk is one thing: whatever happens, searches, views, queues, boards, pages and digests agree on it."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.import_requests import NoProcess
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Call
from bot.commands.framework.registry import Registry
from bot.commands.tickets import queue
from bot.config import load_desk
from bot.domain.bulk_changes.bulk_change import BulkAction
from bot.domain.desk import Desk
from bot.domain.directory import Digest, Person
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Priority, Ticket
from bot.messages.inbound import Location
from bot.messages.outbound import HomeSection
from bot.messages.plain import plain
from bot.services.boards.at_risk import at_risk
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.context.view import View
from bot.services.policy_changes.reapply import reapply
from bot.services.search.ticket_search import SearchScope, find_tickets, read_search, visibility_in
from bot.services.sla.timers import policy_of
from bot.services.tickets import actions
from bot.services.views.ticket_views import count_view, find_view, read_view
from bot.views.digest import digest
from bot.views.home import home
from storage import open_storage
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, TEAM
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.said import said
from tests.services.bulk_changes.busy_desk import changes, undoes

T = TypeVar("T")
Numbers = set[int | None]
DESK: Final = """\
desk: {name: Help desk, ticket_prefix: IT, sla_policy: tall}
inboxes:
  help-it: {channel: web:help-it}
calendars:
  office: {zone: Europe/Berlin, week: {mon-fri: "9:00-17:00"}}
teams:
  it:
    {channel: web:team-it, escalation_channel: web:alarms-it, agents: [web:bo, web:cleo, web:lee], leads: [web:lee],
     calendar: 24x7}
  network:
    {channel: web:team-net, escalation_channel: web:alarms-net, agents: [web:cleo, web:lee], leads: [web:lee],
     calendar: office, sla_policy: early}
routing: {default_team: it}
sla_policies:
  tall:
    {first_response: {urgent: 20m, normal: 1h, low: 3h}, next_response: 1h, resolution: {urgent: 1h, normal: 4h},
     escalation: tall}
  early: {first_response: 2h, resolution: 3h, escalation: early}
  silent: {resolution: {urgent: 2h, high: 2h, normal: 3h}, escalation: silent}
escalation_policies:
  tall:
    - at: 50%
    - {at: 80%, notify: [escalation_channel], steps: [{after: 20m, mention: leads, priority: high}]}
    - {at: 100%, notify: [escalation_channel]}
  early:
    - {at: 25%, notify: [assignee]}
    - {at: 100%, notify: [escalation_channel], page: always}
  silent:
    - at: 40%
    - at: 70%
"""
AGENTS: Final = (CLEO, LEE)
DEEDS: Final[Mapping[str, Callable[[Context, Ticket], object]]] = {
    "claims": actions.claim_ticket,
    "releases": actions.release_ticket,
    "replies": lambda context, ticket: actions.reply_as_agent(context, ticket, text="On it"),
    "writes": lambda context, ticket: actions.write_as_requester(context, ticket, text="Any news?"),
    "waits": lambda context, ticket: actions.wait_for_requester(context, ticket, question="Which one?"),
    "holds": lambda context, ticket: actions.hold_ticket(context, ticket, reason="the vendor"),
    "resolves": lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="Done"),
    "reopens": actions.reopen_ticket,
    "raises": lambda context, ticket: actions.set_priority(context, ticket, Priority.URGENT),
    "lowers": lambda context, ticket: actions.set_priority(context, ticket, Priority.LOW),
    "acknowledges": actions.acknowledge,
    "snoozes": lambda context, ticket: actions.snooze(
        context, ticket, until=context.now + timedelta(hours=1), reason="the vendor calls back"
    ),
    "transfers": lambda context, ticket: actions.transfer_ticket(
        context, ticket, team=context.desk.teams["network" if ticket.team == "it" else "it"]
    ),
    "applies tall": partial(reapply, policy="tall"),
    "applies early": partial(reapply, policy="early"),
    "applies silent": partial(reapply, policy="silent"),
}
BULK: Final[list[tuple[BulkAction, dict[str, str]]]] = [
    (BulkAction.PRIORITY, {"priority": "urgent"}),
    (BulkAction.PRIORITY, {"priority": "low"}),
    (BulkAction.TRANSFER, {"team": "network", "reason": "the switch"}),
    (BulkAction.TRANSFER, {"team": "it"}),
    (BulkAction.RESOLVE, {"resolution": "The switch was replaced"}),
]
SUBJECTS: Final = count(1)
REGISTRY: Final = Registry(all_commands())
MORNING: Final = {
    "digest": Digest.MORNING,
    "teams": [{"team": each, "day": "2026-03-02"} for each in ("it", "network")],
}


@cache
def desk_in(folder: Path) -> Desk:
    config = folder / "desk.yaml"
    config.write_text(DESK, encoding="utf-8")
    return load_desk(config, KNOWN_PLATFORMS)


class DeskUnderWay(RuleBasedStateMachine):
    """Three tickets of two teams, what people and the clock do to them, and who lists them as what."""

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self.desk = HeadlessDesk(open_storage(url), desk=desk_in(folder))
        self.run(self.desk.meets(ANA, BO, CLEO, LEE))
        opened = [self.run(self.desk.opens(f"Mouse {next(SUBJECTS)}")) for _ in range(3)]
        self.numbers = [each.number or 0 for each in opened]
        self.changed: list[tuple[Person, int]] = []

    def teardown(self) -> None:
        """The next example begins with a calm desk."""
        for number in self.numbers:
            self._does("resolves", number, LEE)
        self.run(self.desk.storage.close())
        self._runner.close()

    def run(self, deed: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(deed)

    @rule(deed=st.sampled_from(sorted(DEEDS)), place=st.integers(0, 2), by=st.sampled_from(AGENTS))
    def somebody_acts(self, deed: str, place: int, by: Person) -> None:
        self._does(deed, self.numbers[place], ANA if deed == "writes" else by)

    @rule(minutes=st.integers(0, 90))
    def time_passes(self, minutes: int) -> None:
        self.run(self.desk.passes(minutes=minutes))

    @rule(minutes=st.integers(0, 20))
    def time_passes_and_no_clock_ticks(self, minutes: int) -> None:
        self.desk.clock.move(timedelta(minutes=minutes))

    @rule(what=st.sampled_from(BULK), by=st.sampled_from(AGENTS))
    def many_are_changed(self, what: tuple[BulkAction, dict[str, str]], by: Person) -> None:
        self.changed.append((by, self.run(changes(self.desk, by, self.numbers, *what))))

    @rule(what=st.sampled_from(BULK), by=st.sampled_from(AGENTS))
    def many_are_changed_once_they_are_warned_of_and_it_is_undone(
        self, what: tuple[BulkAction, dict[str, str]], by: Person
    ) -> None:
        self.run(self.desk.passes(minutes=50))
        change = self.run(changes(self.desk, by, self.numbers, *what))
        self.all_agree_on_what_is_at_risk_and_what_is_overdue()
        self.run(undoes(self.desk, by, change))

    @rule()
    def a_change_is_undone(self) -> None:
        if not self.changed:
            return
        by, change = self.changed.pop()
        try:
            self.run(undoes(self.desk, by, change))
        except Refused:
            return

    @invariant()
    def all_agree_on_what_is_at_risk_and_what_is_overdue(self) -> None:
        risky, overdue = self.run(self.desk.works(LEE, self._by_the_timers))
        found = self.run(self.desk.works(LEE, _found))
        assert found == {
            "sla:at-risk": risky,
            "sla:overdue": overdue,
            "sla:overdue,at-risk": risky | overdue,
            "view": risky | overdue,
            "queue at-risk": risky,
            "queue overdue": overdue,
        }
        assert self.run(self.desk.works(LEE, _counted_in_view)) == len(risky | overdue)
        shown = self.run(self.desk.looks(_shown))
        assert shown == {
            "board, at risk": risky,
            "board, breached": overdue,
            "home, at risk": risky,
            "home, breached": overdue,
        }
        self._digests_say(len(overdue))

    def _digests_say(self, overdue: int) -> None:
        notice = self.run(self.desk.looks(lambda view: digest(view, MORNING)))
        if notice is not None:
            counts = re.findall(r"Overdue tickets: (\d+)", plain(notice.text))
            assert sum(map(int, counts)) == overdue

    def _by_the_timers(self, context: Context) -> tuple[Numbers, Numbers]:
        """By the rule itself: warned by a stage that notifies, by a second stage or by a breach, and not overdue."""
        risky: Numbers = set()
        overdue: Numbers = set()
        for number in self.numbers:
            ticket = context.uow.tickets.find("IT", number)
            assert ticket is not None
            policy = policy_of(context, ticket)
            running = [
                each for each in context.uow.sla_timers.of_ticket(ticket.id) if each.due_at is not None
            ]
            if any(each.due_at <= context.now for each in running if each.due_at is not None):
                overdue.add(number)
            elif policy is not None and any(
                len(each.reached) > 1 or any(policy.stages[place].notify for place in each.reached)
                for each in running
            ):
                risky.add(number)
        return risky, overdue

    def _does(self, deed: str, number: int, by: Person) -> None:
        try:
            self.run(self.desk.does(by, DEEDS[deed], number=number))
        except Refused:
            return


def _found(context: Context) -> dict[str, Numbers]:
    visibility = visibility_in(context, SearchScope.SEEN)
    asked = {
        text: read_search(context, f"{text} team:mine", scope=SearchScope.SEEN, zone=zone_of(context))
        for text in ("sla:at-risk", "sla:overdue", "sla:overdue,at-risk")
    }
    asked["view"] = read_view(context, find_view(context, "at-risk"))
    found: dict[str, Numbers] = {}
    for name, query in asked.items():
        page = find_tickets(context, query, visibility=visibility, limit=20)
        found[name] = {each.number for each in page.tickets}
        assert page.count == len(found[name])
    for part in ("at-risk", "overdue"):
        found[f"queue {part}"] = _queue(context, part)
    return found


def _counted_in_view(context: Context) -> int | None:
    counted = count_view(
        context, find_view(context, "at-risk"), visibility=visibility_in(context, SearchScope.SEEN)
    )
    return counted.count if counted is not None else None


def _queue(context: Context, part: str) -> Numbers:
    command = next(each for each in queue.COMMANDS if each.handler is queue.queue)
    answer = queue.queue(
        Call(
            context=context,
            command=command,
            location=Location(channel=TEAM),
            options={"team": part},
            operations=NoProcess(),
            registry=REGISTRY,
        )
    )
    return _named(plain(answer.text))


def _shown(view: View) -> dict[str, Numbers]:
    targets, _ = at_risk(view.uow, view.desk.teams.values(), now=view.now)
    breached = {each.target.ticket.number for each in targets if each.is_breached(view.now)}
    page = {each.title: each for each in home(view, LEE.key).sections}
    return {
        "board, at risk": {each.target.ticket.number for each in targets} - breached,
        "board, breached": breached,
        "home, at risk": _listed(page[said("home.at_risk")]),
        "home, breached": _listed(page[said("home.breached")]),
    }


def _listed(section: HomeSection) -> Numbers:
    return {number for line in section.lines for number in _named(plain(line.text))}


def _named(text: str) -> Numbers:
    return {int(number) for number in re.findall(r"\bIT-(\d+)", text)}


def test_whatever_happens_all_lists_agree_on_what_is_at_risk(database_url: str, tmp_path: Path) -> None:
    class OnThisDatabase(DeskUnderWay):
        def __init__(self) -> None:
            super().__init__(database_url, tmp_path)

    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            deadline=None,
            max_examples=6,
            stateful_step_count=12,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
