"""A ticket of somebody who gives no sign is taken from them, after a warning; nobody else loses one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.nudges.desk_that_nudges import nudging
from tests.stories.office import Office, open_office, shown, words


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=nudging(tmp_path)) as office:
        yield office


async def claimed(office: Office) -> None:
    """Bo claims a request at ten o'clock in Berlin: it lapses at two, and at one he is warned."""
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")


async def owner(office: Office) -> str | None:
    name: str | None = (await office.card("bo", "team-it", "IT-1"))["content"]["assignee"]
    return name


async def team_thread(office: Office) -> list[dict[str, Any]]:
    card = await office.card("bo", "team-it", "IT-1")
    return await office.sees_thread("bo", "team-it", card["id"])


async def warnings(office: Office) -> list[dict[str, Any]]:
    part = said("team.claim_lapsing", owner="Bo Berg", reference="IT-1", until="|").partition("|")[0]
    return [each for each in await team_thread(office) if words(each).startswith(part)]


async def test_who_gives_no_sign_is_warned_and_then_loses_it(office: Office) -> None:
    await claimed(office)
    await office.passes(hours=2, minutes=59)
    assert await warnings(office) == []
    await office.has_read("bo", "team-it")
    await office.passes(minutes=1)
    (warning,) = await warnings(office)
    assert "2026-03-02T13:00" in words(warning)
    labels = [each["label"] for each in warning["content"]["buttons"]]
    assert labels == [said("team.button_still_on_it"), said("team.button_release")]
    assert await office.mentions("bo", "team-it") == 1
    await office.passes(minutes=59)
    assert await owner(office) == "Bo Berg"
    await office.passes(minutes=1)
    assert await owner(office) is None
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "new"
    notes = {each["label"]: each["note"] for each in card["content"]["dues"]}
    assert notes[said("team.lapsed")] == said("team.lapsed_from", name="Bo Berg")
    told = said("team.claim_lapsed", reference="IT-1", owner="Bo Berg")
    assert [words(each) for each in await team_thread(office)].count(told) == 1
    history = await office.types("bo", "/desk history IT-1")
    assert said("history.claim_lapsed", person="Bo Berg") in history
    await office.passes(days=2)
    assert await owner(office) is None, "it is not given to him again"
    await office.types("cleo", "/desk claim IT-1")
    card = await office.card("bo", "team-it", "IT-1")
    assert said("team.lapsed") not in {each["label"] for each in card["content"]["dues"]}


@pytest.mark.parametrize(
    "sign",
    [
        "reply IT-1 On its way",
        "note IT-1 The supplier knows",
        "hold IT-1 the supplier",
        "wait IT-1 Which one?",
    ],
)
async def test_whoever_gives_a_sign_keeps_it(office: Office, sign: str) -> None:
    await claimed(office)
    await office.passes(hours=1)
    await office.types("bo", f"/desk {sign}")
    await office.passes(days=1)
    assert await owner(office) == "Bo Berg"
    assert await warnings(office) == []


async def test_still_on_it_gives_the_full_time_once_more(office: Office) -> None:
    await claimed(office)
    await office.passes(hours=3)
    (warning,) = await warnings(office)
    label = said("team.button_still_on_it")
    kept = shown(await office.presses("bo", warning, label))
    assert "2026-03-02T16:00" in kept or "2026-03-03T08:00" in kept
    refused = await office.types("cleo", "/desk keep IT-1")
    assert refused == said("refusals.not_your_ticket", reference="IT-1")
    again = await office.types("bo", "/desk keep IT-1")
    assert again.startswith(
        said("refusals.claim_extended_before", reference="IT-1", until="|").partition("|")[0]
    )
    await office.passes(hours=2)
    assert await owner(office) == "Bo Berg"
    await office.passes(hours=21)
    assert await owner(office) is None
    assert len(await warnings(office)) == 1, "the warning comes once"


async def test_release_from_the_warning_is_a_release_like_any_other(office: Office) -> None:
    await claimed(office)
    await office.passes(hours=3)
    (warning,) = await warnings(office)
    await office.presses("bo", warning, said("team.button_release"))
    assert await owner(office) is None
    card = await office.card("bo", "team-it", "IT-1")
    assert said("team.lapsed") not in {each["label"] for each in card["content"]["dues"]}


async def test_an_assigned_ticket_lapses_like_a_claimed_one_and_not_overnight(office: Office) -> None:
    """Assigned at four in the afternoon: one hour is left of the day, three of the next."""
    await office.passes(hours=6)
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("lee", "/desk assign IT-1 bo")
    await office.passes(hours=1)
    await office.passes(hours=17)
    assert await owner(office) == "Bo Berg"
    await office.passes(hours=2)
    assert len(await warnings(office)) == 1
    await office.passes(hours=1)
    assert await owner(office) is None


async def test_on_hold_nothing_lapses_and_then_the_full_time_counts(office: Office) -> None:
    await claimed(office)
    await office.passes(hours=2)
    await office.types("lee", "/desk hold IT-1 the supplier")
    await office.passes(days=1)
    assert await owner(office) == "Bo Berg"
    await office.types("lee", "/desk reopen IT-1")
    await office.passes(hours=3)
    assert await owner(office) == "Bo Berg"
    assert len(await warnings(office)) == 1
    await office.passes(hours=1)
    assert await owner(office) is None


async def test_a_snoozed_alert_holds_the_lapse_back(office: Office) -> None:
    await claimed(office)
    await office.passes(minutes=40)
    assert "IT-1" in await office.types("bo", "/desk alert snooze IT-1 6h, the vendor calls back")
    await office.passes(hours=5)
    assert await warnings(office) == []
    await office.passes(hours=1, minutes=10)
    assert len(await warnings(office)) == 1


async def test_who_is_told_directly_gets_the_buttons_there(office: Office) -> None:
    await office.types("bo", "/desk notify direct")
    await claimed(office)
    await office.passes(hours=3)
    channel = next(each["id"] for each in await office.channels("bo") if each["id"].startswith("@"))
    warning = (await office.sees("bo", channel))[-1]
    labels = [each["label"] for each in warning["content"]["buttons"]]
    assert labels == [said("team.button_still_on_it"), said("team.button_release")]
    await office.presses("bo", warning, said("team.button_still_on_it"))
    await office.passes(hours=1)
    assert await owner(office) == "Bo Berg"


async def test_an_extension_before_the_warning_needs_none(office: Office) -> None:
    await claimed(office)
    await office.passes(hours=1)
    await office.types("bo", "/desk keep IT-1")
    await office.passes(hours=4)
    assert await owner(office) is None
    assert await warnings(office) == []


async def test_of_a_ticket_that_does_not_lapse_it_is_said(office: Office) -> None:
    await claimed(office)
    await office.types("bo", "/desk note IT-1 I look at it")
    kept = await office.types("bo", "/desk keep IT-1")
    assert kept == said("refusals.claim_stays", reference="IT-1")
