"""Who gets a ticket by itself, as people at the page live it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.test_on_call import IT, assignee, written
from tests.stories.office import Office, open_office

LIMITED = (
    IT,
    (
        "    leads: [web:lee]\n    calendar: 24x7\n    assignment: [last_agent, least_busy]\n"
        "    workload: {capacity: 1}\n  network:"
    ),
)


@pytest.fixture
async def limited(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, LIMITED, more="")) as office:
        yield office


async def test_whoever_helped_before_gets_the_next_request_and_the_team_reads_why(limited: Office) -> None:
    await limited.says("ana", "help-it", "My mouse is dead")
    assert await assignee(limited, "IT-1") == "Bo Berg"
    fewest = said("history.why_least_busy", load="0")
    why = said("history.assigned_because", name="Deskbell", owner="Bo Berg", why=fewest)
    assert why in await limited.types("lee", "/desk history IT-1")
    assert said("commands.why_assigned", reason=fewest) in await limited.types("bo", "/desk show IT-1")
    assert fewest not in await limited.types("ana", "/ticket show IT-1")
    await limited.types("lee", "/desk assign IT-1 @cleo")
    assert "fewest" not in await limited.types("bo", "/desk show IT-1")
    await limited.types("cleo", "/desk resolve IT-1 A new battery")

    await limited.says("ana", "help-it", "My screen is black")
    assert await assignee(limited, "IT-2") == "Cleo Chen"


async def test_whoever_transfers_a_ticket_that_is_assigned_at_once_reads_to_whom(limited: Office) -> None:
    await limited.says("ana", "help-it", "the vpn is down")
    told = await limited.types("cleo", "/desk transfer IT-1 desk")
    owner = await assignee(limited, "IT-1")
    assert said("answers.assigned", reference="IT-1", name=str(owner)) in told


async def test_what_no_one_has_room_for_waits_is_told_once_and_is_assigned_when_somebody_is_free(
    limited: Office,
) -> None:
    for who, text in (("ana", "Mouse"), ("dan", "Screen"), ("ana", "Keyboard")):
        await limited.says(who, "help-it", f"My {text} is dead")
    assert await assignee(limited, "IT-3") is None
    await limited.passes(minutes=6)
    told = [each for each in await limited.reads("lee", "escalations-it") if "IT-3" in each]
    assert len(told) == 1
    for name in ("Bo Berg", "Cleo Chen"):
        assert said("team.nobody_fits_full", person=name, load="1", capacity="1") in told[0]
    await limited.passes(minutes=6)
    assert len([each for each in await limited.reads("lee", "escalations-it") if "be assigned" in each]) == 1

    await limited.types("bo", "/desk wait IT-1 Which one?")
    await limited.passes(minutes=1)
    assert await assignee(limited, "IT-3") == "Bo Berg"
