"""Anybody may ask why a clock says what it says, and reads an account of it that adds up."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.charts.sample_pictures import is_blank, size_of
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown
from tests.stories.sla.test_reports import files as files_of

FRIDAY_16_50 = datetime(2026, 3, 6, 15, 50, tzinfo=UTC)
"""Ten to five in Berlin: the office closes in ten minutes, until Monday at nine."""

NEW_YORK = """
  new-york: {zone: America/New_York, week: {mon-fri: "9:00-17:00"}}
"""


def configured(folder: Path) -> Path:
    """The service desk and the network team in offices of their own, with four staffed hours to answer."""
    text = DESK.read_text(encoding="utf-8")
    text = text.replace("\nteams:\n", f"{NEW_YORK}\nteams:\n")
    text = text.replace("    calendar: 24x7\n", "    calendar: office\n", 1)
    text = text.replace("    calendar: 24x7\n", "    calendar: new-york\n", 1)
    text = (
        text.replace("normal: 30m", "normal: 4h")
        .replace("urgent: 10m", "urgent: 3h")
        .replace("low: 2h", "low: 10h")
    )
    path = folder / "desk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
async def friday(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=configured(folder), at=FRIDAY_16_50) as office:
        yield office


def told_of(reply: str, measure: str) -> list[str]:
    """The lines about one clock."""
    blocks = reply.split("\n\n")
    return next(block for block in blocks if block.startswith(measure)).splitlines()


async def test_a_friday_evening_request_shows_its_ten_minutes_and_the_closed_weekend(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)

    assert told_of(await friday.types("bo", "/desk sla IT-1"), "First response") == [
        "First response · due 2026-03-09T11:50:00.000Z, 1 h 50 min of opening hours left",
        (
            "2026-03-06T15:50:00.000Z promised 4 h of opening hours (priority normal; policy standard, "
            "chosen by the policy of the desk), due 2026-03-09T11:50:00.000Z"
        ),
        "✓ 10 min · 2026-03-06T15:50:00.000Z – 2026-03-06T16:00:00.000Z · counted",
        "– 64 h · 2026-03-06T16:00:00.000Z – 2026-03-09T08:00:00.000Z · closed: days off",
        "✓ 2 h · 2026-03-09T08:00:00.000Z – 2026-03-09T10:00:00.000Z · counted",
        "= 2 h 10 min counted of 4 h",
    ]


async def test_while_the_requester_was_silent_nothing_was_counted(friday: Office) -> None:
    root = await friday.says("ana", "help-it", "My mouse is dead")
    await friday.types("bo", "/desk claim IT-1")
    await friday.passes(minutes=5)
    await friday.types("bo", "/desk wait IT-1 Which one?")
    await friday.passes(hours=65, minutes=25)
    await friday.says("ana", "help-it", "The red one", thread=root)
    await friday.passes(minutes=30)

    assert told_of(await friday.types("bo", "/desk sla IT-1"), "Resolution")[2:] == [
        "✓ 5 min · 2026-03-06T15:50:00.000Z – 2026-03-06T15:55:00.000Z · counted",
        (
            "– 65 h 25 min · 2026-03-06T15:55:00.000Z – 2026-03-09T09:20:00.000Z · "
            "not counted: waiting for the requester"
        ),
        "✓ 30 min · 2026-03-09T09:20:00.000Z – 2026-03-09T09:50:00.000Z · counted",
        "= 35 min counted of 8 h",
    ]


async def test_a_raised_priority_is_told_with_the_target_it_brought_and_from_where_it_counts(
    friday: Office,
) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=64, minutes=40)
    await friday.types("bo", "/desk priority IT-1 urgent")
    await friday.passes(minutes=30)

    first, *promised, _, _, _, total = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")

    assert first == "First response · due 2026-03-09T11:30:00.000Z, 2 h 30 min of opening hours left"
    assert promised[1] == (
        "2026-03-09T08:30:00.000Z from then on 3 h of opening hours, counted from here (priority urgent), "
        "due 2026-03-09T11:30:00.000Z"
    )
    assert (
        total == "= 1 h 10 min counted of 3 h 40 min: 40 min until the priority was raised, 3 h from then on"
    )


async def test_a_priority_raised_shortly_before_its_due_time_makes_nothing_due_later(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=67, minutes=40)  # Monday 12:30: three hours and forty minutes were spent
    await friday.types("bo", "/desk priority IT-1 urgent")
    await friday.passes(minutes=40)

    told = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")
    assert told[0] == "First response · was due 2026-03-09T11:50:00.000Z, 20 min of opening hours late"
    assert told[2] == (
        "2026-03-09T11:30:00.000Z from then on 3 h of opening hours, counted from here (priority urgent), "
        "no later than before: due 2026-03-09T11:50:00.000Z"
    )
    assert told[-1] == "= 4 h 20 min counted of 4 h"


async def test_raised_twice_its_sum_is_held_against_what_the_first_raise_promised(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.types("bo", "/desk priority IT-1 low")
    await friday.passes(hours=64, minutes=40)
    await friday.types("bo", "/desk priority IT-1 normal")
    await friday.passes(hours=3, minutes=30)
    await friday.types("bo", "/desk priority IT-1 urgent")
    await friday.passes(minutes=10)

    told = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")
    assert told[0] == "First response · due 2026-03-09T12:30:00.000Z, 20 min of opening hours left"
    assert told[4].endswith("no later than before: due 2026-03-09T12:30:00.000Z")
    assert told[-1] == "= 4 h 20 min counted of 4 h 40 min"


class TestCountedFromTheOpening:
    """The policy counts a raised priority's target from the opening."""

    @pytest.fixture
    async def friday(self, folder: Path) -> AsyncIterator[Office]:
        config = configured(folder)
        text = config.read_text(encoding="utf-8")
        policy = "  standard:\n    first_response:"
        assert policy in text
        with_start = text.replace(policy, policy.replace("    first", "    raised: from_opening\n    first"))
        config.write_text(with_start, encoding="utf-8")
        async with open_office(folder, config=config, at=FRIDAY_16_50) as office:
            yield office

    async def test_a_raised_priority_is_told_with_the_target_it_brought(self, friday: Office) -> None:
        await friday.says("ana", "help-it", "My mouse is dead")
        await friday.passes(hours=64, minutes=40)
        await friday.types("bo", "/desk priority IT-1 urgent")
        await friday.passes(minutes=30)

        first, *promised, _, _, _, total = told_of(
            await friday.types("bo", "/desk sla IT-1"), "First response"
        )

        assert first == "First response · due 2026-03-09T10:50:00.000Z, 1 h 50 min of opening hours left"
        assert promised[1] == (
            "2026-03-09T08:30:00.000Z from then on 3 h of opening hours (priority urgent), "
            "due 2026-03-09T10:50:00.000Z"
        )
        assert total == "= 1 h 10 min counted of 3 h"

    async def test_raised_too_late_for_its_target_nobody_is_later_than_the_due_time_says(
        self, friday: Office
    ) -> None:
        await friday.says("ana", "help-it", "My mouse is dead")
        await friday.passes(hours=67, minutes=40)  # Monday 12:30: three hours and forty minutes were spent
        await friday.types("bo", "/desk priority IT-1 urgent")
        await friday.passes(minutes=20)

        told = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")
        assert told[0] == "First response · was due 2026-03-09T11:30:00.000Z, 20 min of opening hours late"
        assert told[2] == (
            "2026-03-09T11:30:00.000Z from then on 3 h of opening hours (priority urgent), used up by then, "
            "due 2026-03-09T11:30:00.000Z"
        )
        assert told[-1] == "= 4 h counted, 3 h 40 min of it by then"


async def test_moved_to_a_team_in_another_zone_the_clock_goes_by_its_hours(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=65, minutes=10)
    await friday.types("bo", "/desk transfer IT-1 network it is the switch")
    await friday.passes(hours=5)

    lines = told_of(await friday.types("cleo", "/desk sla IT-1"), "First response")

    assert lines[2].startswith(
        "2026-03-09T09:00:00.000Z from then on 4 h of opening hours (priority normal; moved to another team; "
        "policy standard, chosen by the policy of the desk), due "
    )
    assert lines[3:] == [
        "✓ 10 min · 2026-03-06T15:50:00.000Z – 2026-03-06T16:00:00.000Z · counted",
        "– 64 h · 2026-03-06T16:00:00.000Z – 2026-03-09T08:00:00.000Z · closed: days off",
        "✓ 1 h · 2026-03-09T08:00:00.000Z – 2026-03-09T09:00:00.000Z · counted",
        "– 4 h · 2026-03-09T09:00:00.000Z – 2026-03-09T13:00:00.000Z · closed: outside hours",
        "✓ 1 h · 2026-03-09T13:00:00.000Z – 2026-03-09T14:00:00.000Z · counted",
        "= 2 h 10 min counted of 4 h",
    ]


async def test_requesters_read_their_own_account_without_what_chose_the_policy(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)

    reply = await friday.types("ana", "/ticket sla IT-1")

    assert told_of(reply, "First response")[-1] == "= 2 h 10 min counted of 4 h"
    assert "policy" not in reply
    refused = said("commands.others_request", reference="IT-1", team="Service Desk")
    assert await friday.types("dan", "/ticket sla IT-1") == refused
    refused = said("commands.agents_only", command="sla", ask="/ticket open")
    assert await friday.types("ana", "/desk sla IT-1") == refused


async def test_kept_and_missed_promises_say_by_how_much(friday: Office) -> None:
    root = await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)
    await friday.says("bo", "help-it", "I am looking", thread=root)
    await friday.passes(hours=28)
    await friday.types("bo", "/desk resolve IT-1 A new one")

    reply = await friday.types("bo", "/desk sla IT-1")

    assert told_of(reply, "First response")[0] == (
        "First response · kept with 1 h 50 min of opening hours to spare, at 2026-03-09T10:00:00.000Z"
    )
    assert told_of(reply, "Resolution")[0] == (
        "Resolution · missed: done 6 h 10 min of opening hours late, at 2026-03-10T14:00:00.000Z"
    )


async def test_the_card_offers_to_explain_its_clocks(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    card = await friday.card("bo", "team-it", "IT-1")

    reply = await friday.presses("bo", card, said("team.button_explain_sla"))

    assert reply is not None
    assert "First response" in str(reply["text"])


async def test_a_ticket_without_a_policy_has_no_clocks_to_explain(folder: Path) -> None:
    config = configured(folder)
    text = config.read_text(encoding="utf-8").replace("  sla_policy: standard\n", "")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config, at=FRIDAY_16_50 + timedelta(days=3)) as office:
        await office.says("ana", "help-it", "My mouse is dead")

        assert await office.types("bo", "/desk sla IT-1") == (
            "IT-1 has no clocks: no SLA policy promises it anything."
        )


async def test_the_account_comes_as_a_time_line_too_with_the_words_beside_it(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)
    reply = (await friday.types_for_reply("ana", "/ticket sla IT-1"))["reply"]

    answered = await friday.presses_private("ana", reply, 0, channel="help-it")

    assert shown(answered) == "The time line of IT-1 comes in your direct messages."
    *_, (said, made) = await files_of(friday, "ana")
    assert said == "The clocks of IT-1: a time line, and all of it in words."
    assert list(made) == ["IT-1-clocks.png", "IT-1-clocks.txt"]
    assert size_of(made["IT-1-clocks.png"])[0] == 1440
    assert not is_blank(made["IT-1-clocks.png"])
    account = made["IT-1-clocks.txt"].decode()
    assert "✓ 2 h · Mon 09 Mar 2026 08:00 – Mon 09 Mar 2026 10:00 · counted\n" in account
    assert "Times are those of Europe/Lisbon." in account
    assert "policy" not in account
