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


STANDARD = (said("sla.policy", policy="standard"), said("sla.why_default"))
"""What the team reads of a policy that is the desk's default."""


def at(moment: str) -> str:
    """As the page tells an instant of 2026."""
    return f"2026-{moment}:00.000Z"


def hours(length: str) -> str:
    return said("sla.of_business_hours", length=length)


def headed(verdict: str, *, measure: str = "First response", **facts: str) -> str:
    return said("sla.clock", measure=measure, verdict=said(verdict, **facts))


def reasons(priority: str, *more: str) -> str:
    return "; ".join((said("sla.why_priority", priority=priority), *more))


def raised_to_urgent(moment: str) -> str:
    """What is promised from then on."""
    return said("sla.target_changed", at=at(moment), target=hours("3 h"), why=reasons("urgent"))


def line(length: str, since: str, until: str, reason: str = "counted") -> str:
    sign, state = "✓" if reason == "counted" else "–", said(f"sla.reason_{reason}")
    return said("sla.line", sign=sign, length=length, since=at(since), until=at(until), state=state)


def told_of(reply: str, measure: str) -> list[str]:
    """The lines about one clock."""
    blocks = reply.split("\n\n")
    return next(block for block in blocks if block.startswith(measure)).splitlines()


async def test_a_friday_evening_request_shows_its_ten_minutes_and_the_closed_weekend(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)

    assert told_of(await friday.types("bo", "/desk sla IT-1"), "First response") == [
        headed("sla.due", at=at("03-09T11:50"), left=hours("1 h 50 min")),
        (
            said("sla.target", at=at("03-06T15:50"), target=hours("4 h"), why=reasons("normal", *STANDARD))
            + " "
            + said("sla.target_due", at=at("03-09T11:50"))
        ),
        line("10 min", "03-06T15:50", "03-06T16:00"),
        line("64 h", "03-06T16:00", "03-09T08:00", "day_off"),
        line("2 h", "03-09T08:00", "03-09T10:00"),
        said("sla.sum", counted="2 h 10 min", target="4 h"),
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
        line("5 min", "03-06T15:50", "03-06T15:55"),
        line("65 h 25 min", "03-06T15:55", "03-09T09:20", "waiting"),
        line("30 min", "03-09T09:20", "03-09T09:50"),
        said("sla.sum", counted="35 min", target="8 h"),
    ]


async def test_a_raised_priority_is_told_with_the_target_it_brought_and_from_where_it_counts(
    friday: Office,
) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=64, minutes=40)
    await friday.types("bo", "/desk priority IT-1 urgent")
    await friday.passes(minutes=30)

    first, *promised, _, _, _, total = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")

    assert first == headed("sla.due", at=at("03-09T11:30"), left=hours("2 h 30 min"))
    assert promised[1] == " ".join(
        (
            raised_to_urgent("03-09T08:30"),
            said("sla.counted_from_here"),
            said("sla.target_due", at=at("03-09T11:30")),
        )
    )
    assert total == said(
        "sla.sum_raised", counted="1 h 10 min", target="3 h 40 min", earlier="40 min", later="3 h"
    )


async def test_a_priority_raised_shortly_before_its_due_time_makes_nothing_due_later(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=67, minutes=40)  # Monday 12:30: three hours and forty minutes were spent
    await friday.types("bo", "/desk priority IT-1 urgent")
    await friday.passes(minutes=40)

    told = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")
    assert told[0] == headed("sla.overdue", at=at("03-09T11:50"), late=hours("20 min"))
    assert told[2] == " ".join(
        (
            raised_to_urgent("03-09T11:30"),
            said("sla.counted_from_here"),
            said("sla.due_no_later", at=at("03-09T11:50")),
        )
    )
    assert told[-1] == said("sla.sum", counted="4 h 20 min", target="4 h")


async def test_raised_twice_its_sum_is_held_against_what_the_first_raise_promised(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.types("bo", "/desk priority IT-1 low")
    await friday.passes(hours=64, minutes=40)
    await friday.types("bo", "/desk priority IT-1 normal")
    await friday.passes(hours=3, minutes=30)
    await friday.types("bo", "/desk priority IT-1 urgent")
    await friday.passes(minutes=10)

    told = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")
    assert told[0] == headed("sla.due", at=at("03-09T12:30"), left=hours("20 min"))
    assert told[4].endswith(said("sla.due_no_later", at=at("03-09T12:30")))
    assert told[-1] == said("sla.sum", counted="4 h 20 min", target="4 h 40 min")


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

        assert first == headed("sla.due", at=at("03-09T10:50"), left=hours("1 h 50 min"))
        assert promised[1] == (
            raised_to_urgent("03-09T08:30") + " " + said("sla.target_due", at=at("03-09T10:50"))
        )
        assert total == said("sla.sum", counted="1 h 10 min", target="3 h")

    async def test_raised_too_late_for_its_target_nobody_is_later_than_the_due_time_says(
        self, friday: Office
    ) -> None:
        await friday.says("ana", "help-it", "My mouse is dead")
        await friday.passes(hours=67, minutes=40)  # Monday 12:30: three hours and forty minutes were spent
        await friday.types("bo", "/desk priority IT-1 urgent")
        await friday.passes(minutes=20)

        told = told_of(await friday.types("bo", "/desk sla IT-1"), "First response")
        assert told[0] == headed("sla.overdue", at=at("03-09T11:30"), late=hours("20 min"))
        assert told[2] == (raised_to_urgent("03-09T11:30") + " " + said("sla.used_up", at=at("03-09T11:30")))
        assert told[-1] == said("sla.sum_by_then", counted="4 h", target="3 h 40 min")


async def test_moved_to_a_team_in_another_zone_the_clock_goes_by_its_hours(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=65, minutes=10)
    await friday.types("bo", "/desk transfer IT-1 network it is the switch")
    await friday.passes(hours=5)

    lines = told_of(await friday.types("cleo", "/desk sla IT-1"), "First response")

    assert lines[2].startswith(
        said(
            "sla.target_changed",
            at=at("03-09T09:00"),
            target=hours("4 h"),
            why=reasons("normal", said("sla.why_moved"), *STANDARD),
        )
    )
    assert lines[3:] == [
        line("10 min", "03-06T15:50", "03-06T16:00"),
        line("64 h", "03-06T16:00", "03-09T08:00", "day_off"),
        line("1 h", "03-09T08:00", "03-09T09:00"),
        line("4 h", "03-09T09:00", "03-09T13:00", "outside_hours"),
        line("1 h", "03-09T13:00", "03-09T14:00"),
        said("sla.sum", counted="2 h 10 min", target="4 h"),
    ]


async def test_requesters_read_what_was_promised_until_when_and_whether_it_was_kept(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)

    reply = await friday.types("ana", "/ticket sla IT-1")

    due = said("sla.own_due", measure="First response", due=at("03-09T11:50"))
    assert due in reply.splitlines()
    assert "✓" not in reply
    assert "policy" not in reply
    refused = said(
        "commands.others_request", reference="IT-1", team="Service Desk", command="/ticket add IT-1"
    )
    assert await friday.types("dan", "/ticket sla IT-1") == refused
    refused = said("commands.agents_only", command="/desk sla", ask="/ticket open")
    assert await friday.types("ana", "/desk sla IT-1") == refused
    await friday.types("bo", "/desk reply IT-1 Which one?", channel="team-it")
    met = said("sla.own_met", measure="First response", due=at("03-09T11:50"), at=at("03-09T10:00"))
    assert met in (await friday.types("ana", "/ticket sla IT-1")).splitlines()
    await friday.passes(hours=28)
    await friday.types("bo", "/desk resolve IT-1 A new one", channel="team-it")
    missed = said(
        "sla.own_missed",
        measure="Resolution",
        due=at("03-09T15:50"),
        at=at("03-10T14:00"),
        late=hours("6 h 10 min"),
    )
    assert missed in (await friday.types("ana", "/ticket sla IT-1")).splitlines()


async def test_kept_and_missed_promises_say_by_how_much(friday: Office) -> None:
    root = await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)
    await friday.says("bo", "help-it", "I am looking", thread=root)
    await friday.passes(hours=28)
    await friday.types("bo", "/desk resolve IT-1 A new one")

    reply = await friday.types("bo", "/desk sla IT-1")

    assert told_of(reply, "First response")[0] == headed(
        "sla.met", left=hours("1 h 50 min"), at=at("03-09T10:00")
    )
    assert told_of(reply, "Resolution")[0] == headed(
        "sla.missed", measure="Resolution", late=hours("6 h 10 min"), at=at("03-10T14:00")
    )


async def test_the_card_offers_to_explain_its_clocks(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    card = await friday.card("bo", "team-it", "IT-1")

    reply = await friday.presses("bo", card, said("team.button_explain_sla"))

    assert reply is not None
    assert "First response" in str(reply["text"])


@pytest.mark.parametrize(
    ("minutes", "ending"),
    [
        (1, said("answers.sla_earlier", count=2)),
        (31, said("answers.sla_earlier_missed", count=2, missed=1)),
    ],
)
async def test_of_many_responses_the_newest_are_told_and_the_others_counted(
    folder: Path, minutes: int, ending: str
) -> None:
    text = DESK.read_text(encoding="utf-8")
    targets = "    resolution: {urgent: 2h"
    config = folder / "desk.yaml"
    config.write_text(
        text.replace(targets, f"    next_response: {{normal: 30m}}\n{targets}"), encoding="utf-8"
    )
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 Which one?")
        for number in range(6):
            await office.says("ana", "help-it", f"Number {number}", thread=root)
            await office.passes(minutes=1 if number else minutes)
            await office.types("bo", f"/desk reply IT-1 Not {number}, I hope")

        told = await office.types("bo", "/desk sla IT-1")

        assert told.count("Next response") == 4
        assert told.endswith(f"\n\n{ending}")


async def test_a_ticket_without_a_policy_has_no_clocks_to_explain(folder: Path) -> None:
    config = configured(folder)
    text = config.read_text(encoding="utf-8").replace("  sla_policy: standard\n", "")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config, at=FRIDAY_16_50 + timedelta(days=3)) as office:
        await office.says("ana", "help-it", "My mouse is dead")

        assert await office.types("bo", "/desk sla IT-1") == said("answers.sla_none", reference="IT-1")


async def test_the_account_comes_as_a_time_line_too_with_the_words_beside_it(friday: Office) -> None:
    await friday.says("ana", "help-it", "My mouse is dead")
    await friday.passes(hours=66, minutes=10)
    reply = (await friday.types_for_reply("ana", "/ticket sla IT-1"))["reply"]

    answered = await friday.presses_private("ana", reply, 0, channel="help-it")

    assert shown(answered) == said("answers.sla_picture", reference="IT-1")
    *_, (heading, made) = await files_of(friday, "ana")
    assert heading == said("reports.timeline", reference="IT-1")
    assert list(made) == ["IT-1-clocks.png", "IT-1-clocks.txt"]
    assert size_of(made["IT-1-clocks.png"])[0] == 1440
    assert not is_blank(made["IT-1-clocks.png"])
    account = made["IT-1-clocks.txt"].decode()
    assert (
        said(
            "sla.line",
            sign="✓",
            length="2 h",
            since="Mon, 9 Mar 2026, 08:00",
            until="Mon, 9 Mar 2026, 10:00",
            state=said("sla.reason_counted"),
        )
        in account
    )
    heading = said(
        "reports.timeline_text", reference="IT-1", subject="My mouse is dead", zone="Europe/Lisbon"
    )
    assert account.startswith(f"{heading}\n")
    assert "policy" not in account
