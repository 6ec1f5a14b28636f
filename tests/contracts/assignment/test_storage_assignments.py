"""What every storage promises about turns, and about how much everybody has."""

from bot.domain.tickets.ticket import Priority, Status
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket


async def test_a_turn_is_nobodys_until_it_is_kept_and_each_team_has_its_own(storage: Storage) -> None:
    assert await storage.run(lambda uow: dict(uow.assignments.lock_turns(["it", "hr"]))) == {
        "it": None,
        "hr": None,
    }

    def give(uow: UnitOfWork) -> None:
        uow.assignments.lock_turns(["it"])
        uow.assignments.keep_turn("it", "web:bo", at=NOW)

    await storage.run(give)
    turns = await storage.run(lambda uow: dict(uow.assignments.lock_turns(["hr", "it", "new"])))
    assert turns == {"hr": None, "it": "web:bo", "new": None}


async def test_new_and_open_tickets_are_counted_by_priority_and_no_others(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> dict[str, dict[str, int]]:
        for status in Status:
            a_numbered_ticket(uow, assignee="web:bo", status=status)
        a_numbered_ticket(uow, assignee="web:bo", status=Status.OPEN, priority=Priority.URGENT)
        a_numbered_ticket(uow, assignee="web:dee", status=Status.OPEN)
        found = uow.assignments.waiting_by_priority(["web:bo", "web:cleo"])
        return {person: dict(each) for person, each in found.items()}

    assert await storage.run(work) == {"web:bo": {"normal": 2, "urgent": 1}, "web:cleo": {}}


async def test_the_last_agent_had_the_newest_earlier_ticket_of_these_accounts_and_this_team(
    storage: Storage,
) -> None:
    def work(uow: UnitOfWork) -> list[str | None]:
        a_numbered_ticket(uow, requester="web:ana", assignee="web:bo", status=Status.CLOSED)
        a_numbered_ticket(uow, requester="slack:ana", assignee="web:cleo", status=Status.CLOSED)
        a_numbered_ticket(uow, requester="web:ana", assignee="web:dee", team="hr")
        a_numbered_ticket(uow, requester="web:ana")
        now = a_numbered_ticket(uow, requester="web:ana")
        a_numbered_ticket(uow, requester="web:ana", assignee="web:eve")

        def last(*accounts: str, team: str = "it") -> str | None:
            return uow.assignments.last_agent_of(accounts, team=team, before=now.id)

        return [last("web:ana"), last("web:ana", "slack:ana"), last("web:ana", team="hr"), last("web:zoe")]

    assert await storage.run(work) == ["web:bo", "web:cleo", "web:dee", None]
