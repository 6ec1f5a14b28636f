"""What a team reads in the morning, and at the end of its week: once, quietly, and nothing when there is nothing."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

SUNDAY_NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FRIDAY_10 = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)


@pytest.fixture
def config(folder: Path) -> Path:
    """The people's desk, which keeps office hours in Berlin, reads both digests."""
    path = folder / "desk.yaml"
    team, _, rest = DESK.read_text().partition("    escalation_channel: web:escalations-people\n")
    path.write_text(
        team + "    escalation_channel: web:escalations-people\n" + rest.replace("[]", "[morning, week]", 1)
    )
    return path


@pytest.fixture
async def office(folder: Path, config: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=config, at=SUNDAY_NOON) as office:
        yield office


async def digests(office: Office, team: str = "people") -> list[str]:
    read = await office.reads("lee", f"escalations-{team}")
    return [text for text in read if text.startswith(("People ·", "Service Desk ·"))]


def change(config: Path, old: str, new: str) -> None:
    text = config.read_text()
    assert old in text
    config.write_text(text.replace(old, new, 1))


async def test_the_morning_tells_what_is_due_today_and_what_nobody_has(office: Office) -> None:
    await office.says("ana", "help-hr", "My contract is unclear")
    await office.passes(hours=19, minutes=59)
    assert await digests(office) == []
    await office.passes(minutes=2)
    assert await digests(office) == [
        (
            "People · Monday 2 March\n"
            + said("team.digest_due", number=1)
            + "\n🟠 IT-1 “(private)” · first response due 2026-03-02T08:30:00.000Z · unassigned\n"
            + said(
                "team.digest_unassigned",
                count=1,
                since="2026-03-01T12:00:00.000Z",
                command="/desk queue people unassigned",
            )
        )
    ]


async def test_the_morning_is_silent_about_what_somebody_else_is_waited_for(office: Office) -> None:
    await office.says("ana", "help-hr", "My contract is unclear")
    await office.types("bo", "/desk hold IT-1 the lawyers look at it")
    await office.passes(hours=20)
    assert await digests(office) == []


async def test_what_is_due_today_and_not_named_is_in_the_list_that_is(office: Office) -> None:
    for number in range(7):
        await office.says("ana", "help-hr", f"Contract {number} is unclear")
    await office.passes(hours=20)
    (told,) = await digests(office)
    assert "… and 2 more tickets. List them with /desk queue people today." in told
    listed = await office.types("bo", "/desk queue people today")
    assert listed.startswith(said("answers.queue_today", names="People"))
    assert said("answers.queue_today_means", filter="due:today") in listed.splitlines()
    assert [number for number in range(1, 8) if f"IT-{number} " not in listed] == []
    nothing = said("answers.queue_none_today", names="Service Desk")
    assert await office.types("bo", "/desk queue it today") == nothing


async def test_the_morning_tells_what_is_overdue_and_who_is_away(office: Office) -> None:
    await office.says("ana", "help-hr", "My contract is unclear")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk away until friday")
    await office.passes(hours=44)
    (monday, tuesday) = await digests(office)
    assert tuesday.startswith(
        "People · Tuesday 3 March\nOverdue tickets: 1\n🔴 IT-1 “(private)” · first response was due"
    )
    assert tuesday.endswith("\nAway: Bo Berg")
    assert "Tickets due today: 1" in monday


async def test_a_digest_mentions_nobody(office: Office) -> None:
    await office.says("ana", "help-hr", "My contract is unclear")
    await office.passes(hours=20)
    assert len(await digests(office)) == 1
    assert await office.mentions("lee", "escalations-people") == 0


async def test_with_nothing_to_tell_there_is_no_digest(office: Office) -> None:
    await office.passes(days=8)
    assert await digests(office) == []


async def test_there_is_no_digest_on_a_day_off(folder: Path, config: Path) -> None:
    change(config, '{mon-fri: "9:00-17:00"}', '{tue-fri: "9:00-17:00"}')
    async with open_office(folder, config=config, at=SUNDAY_NOON) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(hours=35)
        assert await digests(office) == []
        await office.passes(hours=10)
        assert len(await digests(office)) == 1


async def test_a_desk_that_was_off_in_the_morning_tells_it_once_later_that_day(
    folder: Path, config: Path
) -> None:
    async with open_office(folder, config=config, at=SUNDAY_NOON) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
    for hours in (24 * 2 + 1, 24 * 2 + 2):
        async with open_office(folder, config=config, at=SUNDAY_NOON + timedelta(hours=hours)) as office:
            await office.passes(minutes=1)
            (only,) = await digests(office)
            assert only.startswith("People · Tuesday 3 March")


async def test_a_morning_that_is_over_is_not_told_at_night(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config, at=SUNDAY_NOON) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
    async with open_office(folder, config=config, at=SUNDAY_NOON + timedelta(hours=31)) as office:
        await office.passes(minutes=1)
        assert await digests(office) == []


async def test_asked_several_times_at_once_it_is_told_once(office: Office) -> None:
    await office.says("ana", "help-hr", "My contract is unclear")
    office.clock.move(timedelta(hours=21))
    told = await asyncio.gather(*(office.desk.workers["digests"].tick() for _ in range(3)))
    await office.settle()
    assert (told.count(1), told.count(0)) == (1, 2)
    assert len(await digests(office)) == 1


async def test_the_week_is_summed_up_in_its_last_hour(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config, at=FRIDAY_10) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.types("bo", "/desk reply IT-1 I look into it")
        await office.says("dan", "help-hr", "My payslip is wrong")
        await office.types("bo", "/desk resolve IT-1 all done")
        await office.passes(hours=4, minutes=59)
        assert [text for text in await digests(office) if text.splitlines()[0].endswith(" 2026")] == []
        await office.passes(minutes=2)
        assert (await digests(office))[-1] == (
            said("team.digest_week", team="People", period="27 Feb – 6 Mar 2026")
            + "\n"
            + said("team.digest_flow", opened="2", answered="1", resolved="1", live="1")
            + "\n"
            + said("team.digest_targets_open", measure="First response", kept="1", missed="1", open="1")
            + "\n"
            + said("team.digest_targets", measure="Resolution", kept="1", missed="0")
            + "\n"
            + said("team.digest_latest", delays="IT-2 (first response, 4 h 30 min, still open)")
        )


async def test_what_was_transferred_counts_as_opened_where_it_was_opened(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config, at=FRIDAY_10) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.says("dan", "help-it", "My mouse is dead")
        await office.types("bo", "/desk transfer IT-2 people")
        await office.passes(hours=6)
        flow = said("team.digest_flow", opened="1", answered="0", resolved="0", live="2")
        assert flow in (await digests(office))[-1]


async def test_the_week_names_the_longest_delays(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config, at=FRIDAY_10) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(hours=2)
        await office.types("bo", "/desk reply IT-1 I look into it")
        await office.passes(hours=4)
        assert (await digests(office))[-1].endswith(
            "\n" + said("team.digest_latest", delays="IT-1 (first response, 1 h 30 min)")
        )


async def test_a_week_that_could_not_be_told_is_told_when_the_desk_is_back(
    folder: Path, config: Path
) -> None:
    async with open_office(folder, config=config, at=FRIDAY_10) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(hours=6)
    next_friday = FRIDAY_10 + timedelta(days=7)
    async with open_office(folder, config=config, at=next_friday) as office:
        await office.types("bo", "/desk claim IT-1")
    async with open_office(folder, config=config, at=next_friday + timedelta(days=3)) as office:
        await office.passes(minutes=1)
        titles = [text.splitlines()[0] for text in await digests(office)]
        weeks = [title for title in titles if title.endswith(" 2026")]
        assert weeks == [
            said("team.digest_week", team="People", period="27 Feb – 6 Mar 2026"),
            said("team.digest_week", team="People", period="6 – 13 Mar 2026"),
        ]


async def test_teams_that_share_a_channel_read_one_message(folder: Path, config: Path) -> None:
    change(config, "web:escalations-people", "web:escalations-it")
    change(config, "digests: []", "digests: [morning]")
    change(config, "    calendar: 24x7", "    calendar: office")
    async with open_office(folder, config=config, at=SUNDAY_NOON) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.says("dan", "help-it", "My mouse is dead")
        await office.passes(hours=20, minutes=1)
        (both,) = await digests(office, "it")
        assert "Service Desk · Monday 2 March" in both
        assert "\n\nPeople · Monday 2 March" in both


async def test_without_an_escalation_channel_nobody_is_told_unless_they_ask(
    folder: Path, config: Path
) -> None:
    change(config, "    escalation_channel: web:escalations-people\n", "")
    async with open_office(folder, config=config, at=SUNDAY_NOON) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(hours=21)
        read = await office.reads("lee", "team-people")
        assert [text for text in read if text.startswith("People · Monday")] != []
