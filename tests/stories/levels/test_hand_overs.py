"""One region's day ends and the next one's goes on, as people at the page live it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.test_on_call import written
from tests.stories.office import Office, open_office

EMEA = "    leads: [web:lee]\n    calendar: 24x7\n  network:"
HANDS_OVER = (
    "    leads: [web:lee]\n    calendar: office\n    hands_over: {to: network, at: '17:00'}\n  network:"
)
GIVES_OUT = ("    team_thread: shared", "    team_thread: shared\n    assignment: least_busy")
AFTERNOON = 7.5
"""Hours until half past five in Berlin."""


def emea(**changes: str) -> tuple[str, str]:
    text = HANDS_OVER
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return EMEA, text


@pytest.fixture
async def sun(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, emea(), more="")) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "My screen is dark")
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk reply IT-1 I ordered a new one")
        await office.types("bo", "/desk note IT-1 next: call the vendor")
        yield office


async def told(office: Office, channel: str = "team-network", who: str = "lee") -> list[str]:
    begins = said("team.hand_over", team="Service Desk", count=2).partition("2")[0]
    return [each for each in await office.reads(who, channel) if each.startswith(begins)]


async def test_the_next_region_reads_who_had_each_ticket_what_was_done_and_what_is_next(sun: Office) -> None:
    await sun.passes(hours=AFTERNOON)
    (message,) = await told(sun)
    first, second = (next(line for line in message.splitlines() if each in line) for each in ("IT-1", "IT-2"))
    assert said("team.hand_over", team="Service Desk", count=2) in message
    assert said("team.hand_over_had", name="Bo Berg") in first
    assert said("team.hand_over_last", text="I ordered a new one", name="Bo Berg") in first
    assert said("team.hand_over_next", text="call the vendor") in first
    assert said("team.hand_over_unassigned") in second
    assert said("team.hand_over_no_last") in second
    assert said("team.hand_over_answer", name="Dan Dietz") in second
    card = await sun.card("cleo", "team-network", "IT-1")
    assert card["content"]["assignee"] is None
    assert said("team.why_handed_over", name="Service Desk") in card["content"]["why_here"]
    history = await sun.types("cleo", "/desk history IT-1")
    assert said("history.handed_over", old_team="Service Desk", team="Network") in history


async def test_the_requesters_hear_nothing_of_it(sun: Office) -> None:
    (root, *_) = await sun.sees("ana", "help-it")
    before = await sun.reads("ana", "help-it", thread=root["id"])
    await sun.passes(hours=AFTERNOON)
    after = await sun.reads("ana", "help-it", thread=root["id"])
    assert len(after) == len(before)
    assert "vendor" not in await sun.everything_seen_by("ana")


async def test_it_happens_once_and_again_the_next_day(sun: Office) -> None:
    await sun.passes(hours=AFTERNOON)
    await sun.passes(minutes=30)
    assert len(await told(sun)) == 1
    await sun.types("cleo", "/desk transfer IT-1 it", channel="team-network")
    await sun.passes(minutes=30)
    assert len(await told(sun)) == 1
    await sun.passes(hours=24)
    assert len([each for each in await sun.reads("lee", "team-network") if "IT-1" in each]) >= 2


async def test_the_receiving_teams_assignment_gives_them_out(folder: Path) -> None:
    async with open_office(folder, config=written(folder, emea(), GIVES_OUT, more="")) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(hours=AFTERNOON)
        card = await office.card("cleo", "team-network", "IT-1")
        assert card["content"]["assignee"] == "Cleo Chen"


async def test_what_waits_for_others_rests_or_is_private_stays(folder: Path) -> None:
    async with open_office(folder, config=written(folder, emea(), more="")) as office:
        for number in range(1, 5):
            await office.says("ana", "help-it", f"My mouse {number} is dead")
        await office.types("bo", "/desk wait IT-1 Which one?")
        await office.types("bo", "/desk snooze IT-2 until tomorrow 10:00", channel="team-it")
        await office.says("dan", "@dan", "Somebody reads my mail")
        await office.passes(hours=AFTERNOON)
        message = "\n".join(await office.reads("lee", "team-network"))
        assert [number for number in range(1, 6) if f"IT-{number} " in message] == [3, 4]


async def test_only_some_priorities_go_where_the_team_says_so(folder: Path) -> None:
    only = emea(**{"at: '17:00'": "at: '17:00', priorities: [urgent], statuses: [new, pending]"})
    async with open_office(folder, config=written(folder, only, more="")) as office:
        for number in (1, 2):
            await office.says("ana", "help-it", f"My mouse {number} is dead")
        await office.types("bo", "/desk priority IT-2 urgent")
        await office.passes(hours=AFTERNOON)
        message = "\n".join(await office.reads("lee", "team-network"))
        assert [number for number in (1, 2) if f"IT-{number} " in message] == [2]


CLOSED = """
  closed:
    zone: Asia/Singapore
    week: {wed: "9:00-17:00"}
"""


async def test_a_region_with_a_day_off_is_passed_over_and_the_next_one_reads_why(folder: Path) -> None:
    changes = (
        emea(**{"to: network": "to: people"}),
        ("\nteams:", f"{CLOSED}\nteams:"),
        (
            "    calendar: office\n\nrouting",
            "    calendar: closed\n    hands_over: {to: network, at: '17:00'}\n\nrouting",
        ),
    )
    async with open_office(folder, config=written(folder, *changes, more="")) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(hours=AFTERNOON)
        (message,) = [each for each in await office.reads("lee", "team-network") if "IT-1" in each][-1:]
        off = said("team.hand_over_off_until", team="People", until="\0").partition("\0")[0]
        assert off in message


async def test_where_no_one_is_there_the_team_keeps_its_tickets_and_reads_why(folder: Path) -> None:
    changes = (
        emea(**{"to: network": "to: people"}),
        ("\nteams:", f"{CLOSED}\nteams:"),
        ("    calendar: office\n\nrouting", "    calendar: closed\n\nrouting"),
    )
    async with open_office(folder, config=written(folder, *changes, more="")) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(hours=AFTERNOON)
        await office.passes(minutes=30)
        kept = said("team.hand_over_kept", team="Service Desk", count=1)
        assert len([each for each in await office.reads("lee", "team-it") if kept in each]) == 1
        assert (await office.card("bo", "team-it", "IT-1"))["content"]["reference"] == "IT-1"
