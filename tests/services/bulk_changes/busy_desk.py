"""A desk with alerts, step plans and custom fields, and many tickets changed at once on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.bulk_changes.bulk_change import BulkAction, BulkChange, BulkItem
from bot.domain.bulk_changes.ticket_snapshot import TicketSnapshot
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.services.bulk_changes.progress import begin_progress
from bot.services.bulk_changes.selection import own_change, select
from bot.services.bulk_changes.snapshots import snapshot_of
from bot.services.context.context import Context
from bot.workers.bulk_changes import BulkChangeWorker
from tests.fakes.desk.headless_desk import HeadlessDesk

BUSY = """\
desk: {name: Help desk, ticket_prefix: IT, sla_policy: standard, categories: [Hardware, Network]}
inboxes:
  help-it: {channel: web:help-it}
people:
  groups: {office: [web:ana, dan@example.org], floor: ["web:@staff"], nobody: [web:nora]}
calendars:
  office: {zone: Europe/Berlin, week: {mon-fri: "9:00-17:00"}}
fields:
  asset_tag: {label: Asset tag}
teams:
  it:
    {channel: web:team-it, escalation_channel: web:alarms-it, agents: [web:bo, web:cleo], leads: [web:lee],
     calendar: office, fields: [asset_tag]}
  network:
    {channel: web:team-net, escalation_channel: web:alarms-net, agents: [web:cleo], leads: [web:lee], calendar: 24x7,
     sla_policy: short, assignment: round_robin, fields: [asset_tag]}
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


@cache
def busy_desk(folder: Path) -> Desk:
    config = folder / "desk.yaml"
    config.write_text(BUSY, encoding="utf-8")
    return load_desk(config, KNOWN_PLATFORMS)


async def starts(
    desk: HeadlessDesk,
    who: Person,
    numbers: Sequence[int],
    action: BulkAction,
    details: Mapping[str, str] | None = None,
) -> int:
    """Somebody says what is to be done with these tickets, and that it be done; returns the change's id."""

    def work(context: Context) -> int:
        found = [context.uow.tickets.find("IT", number) for number in numbers]
        change = select(context, [each for each in found if each is not None])
        change.mean(action, details or {})
        change.start()
        context.uow.bulk_changes.save(change)
        begin_progress(context, change)
        return change.id

    return await desk.works(who, work)


async def chooses(desk: HeadlessDesk, who: Person, numbers: Sequence[int]) -> int:
    """Somebody chooses these tickets, and leaves it at that."""

    def work(context: Context) -> int:
        found = [context.uow.tickets.find("IT", number) for number in numbers]
        return select(context, [each for each in found if each is not None]).id

    return await desk.works(who, work)


async def changes(
    desk: HeadlessDesk,
    who: Person,
    numbers: Sequence[int],
    action: BulkAction,
    details: Mapping[str, str] | None = None,
) -> int:
    """The same, done to its end."""
    change = await starts(desk, who, numbers, action, details)
    await at_work(desk).tick()
    return change


async def undoes(desk: HeadlessDesk, who: Person, change: int) -> None:
    def work(context: Context) -> None:
        found = own_change(context, str(change))
        found.undo(at=context.now)
        context.uow.bulk_changes.save(found)

    await desk.works(who, work)
    await at_work(desk).tick()


def at_work(desk: HeadlessDesk) -> BulkChangeWorker:
    return BulkChangeWorker(storage=desk.storage, contexts=desk.contexts)


async def outcomes(desk: HeadlessDesk, change: int) -> Mapping[int, BulkItem]:
    """What became of the tickets, by their ids."""
    items = await desk.storage.read(lambda uow: uow.bulk_changes.items(change))
    return {each.ticket: each for each in items}


async def change_now(desk: HeadlessDesk, change: int) -> BulkChange:
    found = await desk.storage.read(lambda uow: uow.bulk_changes.find(change))
    assert found is not None
    return found


async def states(desk: HeadlessDesk, numbers: Sequence[int]) -> dict[int, TicketSnapshot]:
    """By the tickets' ids."""

    def work(context: Context) -> dict[int, TicketSnapshot]:
        found = [context.uow.tickets.find("IT", number) for number in numbers]
        return {each.id: snapshot_of(context, each) for each in found if each is not None}

    return await desk.works(Person(key="desk", name="Desk"), work)


def as_people_know_it(state: TicketSnapshot, *, like: TicketSnapshot) -> TicketSnapshot:
    """Without what only grows: versions, the log, and alerts that have ended since the state that it is `like`."""
    known = {each.id for each in like.escalations}
    return replace(
        state,
        ticket=replace(state.ticket, version=1, updated_at=state.ticket.opened_at),
        escalations=tuple(
            replace(each, told=()) for each in state.escalations if each.id in known or not each.is_over
        ),
        entries=0,
    )
