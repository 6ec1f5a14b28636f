"""What may not be seen is not chosen, counted or changed; what may only be seen is counted as left, for everybody."""

import pytest

from bot.domain.bulk_changes.bulk_change import BulkAction
from bot.domain.directory import Person
from bot.domain.search.query import Query
from bot.domain.search.visibility import visibility_of
from bot.ports.unit_of_work import UnitOfWork
from bot.services.bulk_changes.preview import preview
from bot.services.bulk_changes.selection import select, select_found
from bot.services.context.context import Context
from bot.workers.bulk_changes import BulkChangeWorker
from storage.store import DeskStorage
from tests.domain.search.searchable_desk import PEOPLE, a_desk, covered, tickets
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.storage.sample_rows import a_message

EVERY = {each.id: each for each in tickets()}


@pytest.fixture(params=[True, False], ids=["servers", "one server"])
async def desk(request: pytest.FixtureRequest, storage: DeskStorage) -> HeadlessDesk:
    """A ticket of each kind, on each database."""
    desk = HeadlessDesk(storage, desk=a_desk(with_servers=request.param))

    def work(uow: UnitOfWork) -> None:
        for person in PEOPLE:
            uow.people.remember(person)
        for ticket in EVERY.values():
            uow.tickets.add(ticket)
            a_message(uow, ticket, text="a tiger")

    await storage.run(work)
    return desk


async def test_everybody_chooses_among_what_they_see_and_changes_what_is_their_teams(
    desk: HeadlessDesk,
) -> None:
    for person in PEOPLE:
        seen = covered(visibility_of(desk.desk, person))
        workable = {each.id for each in EVERY.values() if _works_on(desk, person, each.id)}
        assert workable <= seen

        def work(context: Context) -> tuple[set[int], set[int], int]:
            selection = select_found(context, Query(text=""))
            if selection.change is None:
                return set(), set(), 0
            selection.change.mean(BulkAction.TAG, {"add": "vpn"})
            found = preview(context, selection.change)
            changed = {each.id for each in found.changed}
            return changed, {each.id for each, _ in found.left}, selection.found.count

        changed, left, count = await desk.works(person, work)
        assert (changed, left, count) == (workable, seen - workable, len(seen)), person


async def test_even_a_forged_choice_changes_nothing_of_what_is_not_theirs(desk: HeadlessDesk) -> None:
    for person in PEOPLE:
        seen = covered(visibility_of(desk.desk, person))
        mark = person.key.replace(":", "-")

        def work(context: Context, mark: str = mark) -> tuple[int, set[int]]:
            change = select(context, EVERY.values())
            change.mean(BulkAction.TAG, {"add": mark})
            found = preview(context, change)
            change.start()
            context.uow.bulk_changes.save(change)
            shown = {each.id for each in found.changed} | {each.id for each, _ in found.left}
            return change.id, shown

        _, shown = await desk.works(person, work)
        assert shown <= seen, "what may not be seen is named nowhere"
        await BulkChangeWorker(storage=desk.storage, contexts=desk.contexts).tick()
        after = await desk.storage.read(lambda uow: uow.tickets.get_many(EVERY))
        changed = {each.id for each in after.values() if mark in each.tags}
        assert changed == {each for each in EVERY if _works_on(desk, person, each)}, person


def _works_on(desk: HeadlessDesk, person: Person, ticket: int) -> bool:
    found = EVERY[ticket]
    return person.key != found.requester and desk.desk.team_of(found).has_agent(person)
