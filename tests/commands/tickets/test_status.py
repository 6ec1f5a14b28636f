"""A ticket's way from open to closed, and back."""

from bot.domain.tickets.ticket import Status
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_each_verb_says_where_the_ticket_is_now(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    for line, told, status in (
        (
            "wait IT-1 Which mouse?",
            "IT-1 waits for its requester. The requester sees: “Which mouse?”",
            Status.PENDING,
        ),
        ("hold IT-1 a spare part", "IT-1 is on hold. The requester sees: “a spare part”", Status.ON_HOLD),
        ("resolve IT-1 new battery", "IT-1 is resolved. The requester sees: “new battery”", Status.RESOLVED),
        ("reopen IT-1", "IT-1 is open again.", Status.OPEN),
        ("close IT-1", "IT-1 is closed.", Status.CLOSED),
    ):
        assert await at_work.types(BO, f"/desk {line}") == told
        assert (await at_work.ticket()).status is status, line


async def test_the_question_one_waits_with_is_asked(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk wait IT-1 Which mouse?")
    assert {each.text for each in await at_work.desk.said()} == {"My mouse is dead", "Which mouse?"}
    await at_work.types(BO, "/desk wait IT-1")
    assert len(await at_work.desk.said()) == 2


async def test_these_are_the_agents_verbs(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for verb in ("wait", "hold", "resolve"):
        refused = said("commands.agents_only", command=verb, ask="/ticket open")
        assert await at_work.types(ANA, f"/desk {verb} IT-1") == refused
