"""What every storage counts of a team's open tickets is what queues and searches find."""

from datetime import timedelta

from bot.domain.tickets.ticket import Status
from bot.ports.storage.figures.figures import LoadPart
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

LATER = NOW + timedelta(hours=1)


async def test_open_tickets_are_counted_by_team_agent_and_status(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for fields in (
            {"due_at": NOW},
            {"due_at": NOW, "is_warned": True},
            {"due_at": LATER, "is_warned": True},
            {"due_at": LATER},
            {"assignee": "web:bo", "status": Status.PENDING, "due_at": NOW},
            {"assignee": "web:bo", "status": Status.PENDING},
            {"assignee": "web:bo", "status": Status.RESOLVED, "resolved_at": NOW},
            {"team": "hr"},
        ):
            a_numbered_ticket(uow, **{"team": "it", "status": Status.NEW, **fields})

    await storage.run(work)
    found = await storage.read(lambda uow: uow.figures.load_parts(frozenset({"it"}), now=NOW))
    assert {each.agent: each for each in found} == {
        None: LoadPart(team="it", agent=None, status=Status.NEW, many=4, overdue=2, at_risk=1),
        "web:bo": LoadPart(team="it", agent="web:bo", status=Status.PENDING, many=2, overdue=1, at_risk=0),
    }
    assert await storage.read(lambda uow: uow.figures.load_parts(frozenset(), now=NOW)) == []
