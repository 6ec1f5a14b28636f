"""Which tickets there are to work on."""

import pytest

from bot.ports.storage.tickets import MOST_COUNTED
from bot.ports.unit_of_work import UnitOfWork
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said
from tests.storage.sample_rows import a_numbered_ticket


async def test_the_queue_is_that_of_all_ones_teams_or_of_one(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("The vpn drops")
    everything = await at_work.types(CLEO, "/desk queue")
    assert "IT-1 My mouse is dead · new · normal · unassigned" in everything
    assert "IT-2 The vpn drops" in everything
    network = await at_work.types(CLEO, "/desk queue network")
    assert network.startswith(said("answers.queue", names="Network"))
    assert "IT-1" not in network
    assert await at_work.types(BO, "/desk queue people") == said("answers.queue_none", names="People")


async def test_the_queue_of_another_team_is_not_shown(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk queue network") == said("answers.queue_not_yours", team="Network")
    refused = said("commands.agents_only", command="/desk queue", ask="/ticket open")
    assert await at_work.types(ANA, "/desk queue") == refused


def not_understood(word: str, *, meant: str = "") -> str:
    facts = {"text": word, "command": "/desk queue it unassigned 2", "names": "it and people"}
    if meant:
        return said("answers.queue_not_understood_meant", word=meant, **facts)
    return said("answers.queue_not_understood", **facts)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/desk queue netwrk", not_understood("netwrk", meant="network")),
        ("/desk queue it urgent", not_understood("urgent")),
        ("/desk queue 0", said("commands.not_a_page", text="0")),
        ("/desk queue it 2 please", not_understood("please")),
        ("/desk queue it unassigned 2 please", not_understood("please")),
        (
            "/desk queue it unassigned oldest 2 please",
            said("commands.not_understood", text="please"),
        ),
        (
            "/desk mine soon",
            said("lists.not_an_order", text="soon", orders="due, oldest, newest or last-word"),
        ),
        (
            "/desk mine oldest 1 more",
            said("commands.not_understood", text="more"),
        ),
        ("/ticket list shut", said("answers.not_all_or_page", text="shut", command="/ticket list all 2")),
    ],
)
async def test_words_that_a_list_does_not_know_are_refused_with_what_is_possible(
    at_work: DeskAtWork, line: str, answer: str
) -> None:
    await at_work.asks()
    assert (await at_work.types(BO, line)).startswith(answer)


async def test_team_kind_and_page_may_come_in_any_order_or_not_at_all(at_work: DeskAtWork) -> None:
    for number in range(23):
        await at_work.asks(f"Mouse {number} is dead")
    title = said("answers.queue_unassigned", names="Service Desk")
    for line in ("/desk queue 2 it unassigned", "/desk queue unassigned it 2"):
        assert (await at_work.types(BO, line)).startswith(
            f"{title} · 21–23 of 23 · {said('lists.order_due')}\n"
        )
    last = (await at_work.types(BO, "/desk queue newest 9")).splitlines()
    assert last[0].endswith(f"· 21–23 of 23 · {said('lists.order_newest')}")
    assert last[1].startswith("IT-3 ")


async def test_a_ticket_that_no_message_shows_yet_has_a_button_that_does(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk queue")
    assert list(at_work.buttons()) == ["IT-1"]
    assert (await at_work.presses(BO, "IT-1")).startswith("IT-1 My mouse is dead")


async def test_choosing_a_ticket_says_how_many_there_are(at_work: DeskAtWork) -> None:
    for number in range(57):
        await at_work.asks(f"Mouse {number} is dead")
    asked = await at_work.types(BO, "/desk claim")
    facts = {"example": "/desk claim IT-12"}
    assert asked == said("commands.which_ticket_of_many", shown=10, total=57, **facts)
    assert len(at_work.buttons()) == 10


async def test_of_very_many_tickets_one_reads_that_there_are_more(at_work: DeskAtWork) -> None:
    many = MOST_COUNTED + 1

    def opens(uow: UnitOfWork) -> None:
        for _ in range(many):
            a_numbered_ticket(uow)

    await at_work.desk.storage.run(opens)
    asked = await at_work.types(BO, "/desk claim")
    assert asked == said(
        "commands.which_ticket_of_more", shown=10, total=MOST_COUNTED, example="/desk claim IT-12"
    )
    listed = await at_work.types(BO, "/desk queue")
    assert said("lists.range_of_more", first=1, last=20, total=MOST_COUNTED) in listed


async def test_mine_are_those_one_has(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk mine") == said("answers.mine_none")
    await at_work.types(BO, "/desk claim IT-1")
    assert "IT-1 My mouse is dead" in await at_work.types(BO, "/desk mine")


async def test_a_page_that_there_is_not_is_said_to_be_none(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk queue unassigned 2")
    assert said("commands.no_such_page", number=2, total=1) in told
    assert said("commands.no_such_page", number=2, total=1) not in await at_work.types(BO, "/desk queue")


async def test_what_is_at_risk_is_asked_for_as_boards_write_it(at_work: DeskAtWork) -> None:
    nothing = said("answers.queue_none_at_risk", names="People")
    assert await at_work.types(BO, "/desk queue people at risk") == nothing
    assert await at_work.types(BO, "/desk queue people at-risk") == nothing


async def test_parts_of_a_queue_go_by_the_words_that_people_try(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for typed, meant in (("it late", "it overdue"), ("free", "unassigned"), ("it risk", "it at-risk")):
        told = await at_work.types(BO, f"/desk queue {typed}")
        assert told == await at_work.types(BO, f"/desk queue {meant}")
    await at_work.types(BO, "/desk claim IT-1")
    assert await at_work.types(BO, "/desk queue mine") == await at_work.types(BO, "/desk mine")
