"""Views: which there are, what they show, and how they are saved, renamed and removed."""

from bot.domain.views.saved_view import BUILT_IN
from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.said import said


def references(answer: str) -> list[str]:
    return [line.split()[0] for line in answer.splitlines() if line.startswith("IT-")]


def title(name: str) -> str:
    return said(f"lists.title_{name}")


async def some_tickets(at_work: DeskAtWork) -> None:
    """IT-1 is new, IT-2 Bo's and owed an answer, IT-3 pending, IT-4 resolved, IT-5 Network's."""
    for text in (
        "My mouse is dead",
        "My screen is dark",
        "My desk is low",
        "My chair squeaks",
        "The vpn drops",
    ):
        await at_work.asks(text)
    await at_work.types(BO, "/desk claim IT-2")
    await at_work.types(BO, "/desk wait IT-3 Which floor?")
    await at_work.types(BO, "/desk resolve IT-4 oiled")


async def test_each_built_in_view_shows_its_tickets(at_work: DeskAtWork) -> None:
    await some_tickets(at_work)
    expected = {
        "unassigned": ["IT-1", "IT-3"],
        "mine": ["IT-2"],
        "waiting-on-us": ["IT-1", "IT-2"],
        "waiting-on-requester": ["IT-3"],
        "at-risk": [],
        "snoozed": [],
        "recently-closed": ["IT-4"],
        "followed": [],
    }
    assert set(expected) == {each.name for each in BUILT_IN}
    for name, found in expected.items():
        assert sorted(references(await at_work.types(BO, f"/desk view {name}"))) == found, name
    await at_work.types(CLEO, "/desk follow IT-1")
    assert references(await at_work.types(CLEO, "/desk view followed")) == ["IT-1"]
    assert "IT-5" in references(await at_work.types(CLEO, f"/desk view {title('waiting_on_us')}"))


async def test_a_line_says_who_waits_for_whom_and_the_head_how_it_is_filtered(at_work: DeskAtWork) -> None:
    await some_tickets(at_work)
    head, how, line = (await at_work.types(BO, "/desk view waiting-on-requester")).splitlines()
    assert head == f"{title('waiting_on_requester')} · 1"
    assert how == "status:pending team:mine"
    waits = said("lists.awaits_requester", name="Ana Alves", length="0 s")
    assert line.startswith(
        f"IT-3 My desk is low · pending · normal · {said('commands.unassigned')} · {waits}"
    )


async def test_without_a_name_all_views_are_listed_with_their_counts(at_work: DeskAtWork) -> None:
    await some_tickets(at_work)
    answer = await at_work.types(BO, "/desk view")
    assert (
        f"{title('waiting_on_us')} · 2 · is:unanswered -status:pending,on-hold -is:snoozed team:mine"
        in answer
    )
    assert f"{title('snoozed')} · 0 · " in answer
    assert references(await at_work.presses(BO, title("mine"))) == ["IT-2"]
    refused = said("commands.agents_only", command="/desk view", ask="/ticket open")
    assert await at_work.types(DAN, "/desk view mine") == refused


async def test_every_list_is_sorted_and_turned_by_buttons(at_work: DeskAtWork) -> None:
    for number in range(1, 24):
        await at_work.asks(f"Mouse {number} is dead")
    await at_work.types(BO, "/desk view unassigned")
    oldest = said("lists.order_oldest")
    page = await at_work.presses(BO, oldest[:1].upper() + oldest[1:])
    assert page.splitlines()[0] == f"{title('unassigned')} · 1–20 of 23 · {oldest}"
    assert references(page)[0] == "IT-1"
    last = await at_work.presses(BO, said("commands.next_page"))
    assert last.splitlines()[0] == f"{title('unassigned')} · 21–23 of 23 · {oldest}"
    assert references(last) == ["IT-21", "IT-22", "IT-23"]
    assert len(at_work.buttons()) <= 25


async def test_who_looks_for_the_status_open_is_told_what_it_leaves_out(at_work: DeskAtWork) -> None:
    await some_tickets(at_work)
    assert said("lists.new_ones_left_out", count=2) in await at_work.types(BO, "/desk search status:open")
    assert said("lists.new_ones_left_out", count=1) in await at_work.types(
        BO, "/desk search mouse status:open"
    )
    for line in ("status:open,new", "is:open", "screen status:open"):
        assert "is:open`" not in await at_work.types(BO, f"/desk search {line}")
