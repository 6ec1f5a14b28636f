"""What every storage keeps of earlier answers: one a ticket, what is to be looked at again, and what is left out."""

from datetime import timedelta
from functools import partial

from bot.domain.directory import Person
from bot.domain.knowledge.earlier_answer import EarlierAnswer
from bot.domain.tickets.ticket import Status
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket


def an_answer(
    ticket: int, *, team: str = "it", minutes: int = 0, text: str = "Open the tray"
) -> EarlierAnswer:
    return EarlierAnswer(
        ticket=ticket,
        message=None if minutes else 7,
        team=team,
        community="acme" if minutes else None,
        question="It \0 jams",
        text=text,
        language="en",
        said_at=NOW + timedelta(minutes=minutes),
    )


def some_tickets(uow: UnitOfWork) -> list[int]:
    """Two of `it` and one of `network`, whose ids grow."""
    teams = ("it", "it", "network")
    return [a_numbered_ticket(uow, team=team, status=Status.RESOLVED).id for team in teams]


async def test_an_answer_is_kept_whole_and_replaced(storage: Storage) -> None:
    first, second, third = await storage.run(some_tickets)

    def keep(uow: UnitOfWork) -> None:
        for answer in (an_answer(first), an_answer(second, minutes=5), an_answer(third, team="network")):
            uow.earlier_answers.put(answer)

    await storage.run(keep)
    kept = await storage.read(lambda uow: uow.earlier_answers.get(first))
    assert kept is not None
    assert (kept.message, kept.community, kept.question) == (7, None, "It \ufffd jams")
    await storage.run(lambda uow: uow.earlier_answers.put(an_answer(first, minutes=9, text="Close it")))

    def read(uow: UnitOfWork) -> tuple[list[str], int, list[int], int]:
        answers = uow.earlier_answers
        of_teams = [each.text for each in answers.of_teams(["it"], skip=0, limit=9)]
        beyond = list(answers.beyond("it", kept=1))
        return of_teams, answers.count(["it", "network"]), beyond, len(answers.get_many([first, third]))

    assert await storage.read(read) == (["Close it", "Open the tray"], 3, [second], 2)
    await storage.run(lambda uow: uow.earlier_answers.remove(first))
    assert await storage.read(lambda uow: uow.earlier_answers.get(first)) is None
    assert await storage.read(lambda uow: uow.earlier_answers.of_teams(["it"], skip=1, limit=9)) == []


async def test_tickets_are_marked_once_until_they_were_looked_at(storage: Storage) -> None:
    first, second, third = await storage.run(some_tickets)

    def marked(uow: UnitOfWork) -> list[int]:
        return list(uow.earlier_answers.marked(limit=9))

    assert not await storage.read(lambda uow: uow.earlier_answers.holds_some())
    for ticket in (first, second, first):
        await storage.run(lambda uow, ticket=ticket: uow.earlier_answers.mark(ticket))  # type: ignore[misc]
    assert await storage.read(marked) == [second, first]
    assert await storage.read(lambda uow: uow.earlier_answers.marked_among([first, third])) == {first}
    assert await storage.read(lambda uow: uow.earlier_answers.holds_some())
    await storage.run(lambda uow: uow.earlier_answers.unmark(second))

    def keep_and_mark(uow: UnitOfWork) -> None:
        uow.earlier_answers.put(an_answer(first))
        uow.earlier_answers.put(an_answer(third))
        uow.earlier_answers.mark_all_kept()

    await storage.run(keep_and_mark)
    assert await storage.read(marked) == [third, first]


async def test_an_answer_is_left_out_until_somebody_takes_it_in(storage: Storage) -> None:
    first, second, third = await storage.run(some_tickets)
    assert await storage.run(lambda uow: uow.earlier_answers.exclude(first))
    assert not await storage.run(lambda uow: uow.earlier_answers.exclude(first))
    assert await storage.run(lambda uow: uow.earlier_answers.exclude(third))
    assert await storage.read(lambda uow: uow.earlier_answers.is_excluded(first))
    assert not await storage.read(lambda uow: uow.earlier_answers.is_excluded(second))
    assert await storage.read(lambda uow: uow.earlier_answers.excluded(["it"], limit=9)) == [first]
    assert await storage.run(lambda uow: uow.earlier_answers.include(first))
    assert not await storage.run(lambda uow: uow.earlier_answers.include(first))


async def test_tickets_of_the_past_are_read_from_the_newest_on(storage: Storage) -> None:
    first, second, third = await storage.run(some_tickets)

    def before(uow: UnitOfWork, ticket: int | None, limit: int) -> list[tuple[int, str, bool]]:
        return [
            (each.id, each.team, each.is_finished)
            for each in uow.earlier_answers.tickets_before(ticket, limit=limit)
        ]

    newest = await storage.read(partial(before, ticket=None, limit=2))
    assert newest == [(third, "network", True), (second, "it", True)]
    assert await storage.read(partial(before, ticket=second, limit=2)) == [(first, "it", True)]


async def test_names_of_people_are_told_from_other_words(storage: Storage) -> None:
    def meet(uow: UnitOfWork) -> None:
        uow.people.remember(Person(key="web:mia", name="Mia-Sofie Größe"))
        uow.people.remember(Person(key="web:bot", name="Printer Alerts", is_bot=True))

    await storage.run(meet)
    words = ["Mia", "MIA-SOFIE", "Größe", "Printer", "Sofa", "web", "…"]
    found = await storage.read(lambda uow: uow.people.names_among(words))
    assert found == {"Mia", "MIA-SOFIE", "Größe"}
    assert await storage.read(lambda uow: uow.people.names_among([])) == frozenset()
