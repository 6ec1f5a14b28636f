"""Promises: said in the acknowledgement, warned of before they break, and told once when they do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, Office, open_office, shown, words

FRIDAY_16 = datetime(2026, 3, 6, 15, 30, tzinfo=UTC)
"""Half past four in Berlin: the People team goes home in half an hour, until Monday at nine."""


async def pings(office: Office, team: str = "it") -> list[str]:
    return await office.reads("lee", f"escalations-{team}")


async def tone(office: Office) -> str:
    return str((await office.card("bo", "team-it", "IT-1"))["content"]["tone"])


async def test_at_half_the_time_the_card_changes_colour_and_nobody_is_pinged(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert await tone(office) == "neutral"
    await office.passes(minutes=15)
    assert await tone(office) == "attention"
    assert await pings(office) == []


async def test_near_the_end_the_escalation_channel_is_pinged_once_with_a_button_to_take_it(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=29)
    (ping,) = await office.sees("lee", "escalations-it")
    (text,) = await pings(office)
    assert text == (
        said("team.at_risk_title")
        + "\nIT-1 “My mouse is dead” · first response due 2026-03-02T09:30:00.000Z · unassigned\n"
    )
    assert await tone(office) == "warning"
    reply = await office.presses("bo", ping, "Claim")
    assert reply is not None
    assert shown(reply) == said("answers.claimed_acknowledged", reference="IT-1")
    assert await office.mentions("lee", "escalations-it") == 0


async def test_an_alert_says_that_whoever_has_the_ticket_is_away(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk away until tomorrow")
    await office.passes(hours=2)
    (ping,) = await pings(office)
    away = said("team.owner_away", until="2026-03-03T08:00:00.000Z")
    assert f" · Bo Berg {away}" in ping


async def test_a_breach_is_told_once_and_the_lead_is_mentioned(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(hours=2)
    (acknowledgement,) = await office.reads("ana", "help-it", thread=root)
    assert acknowledgement == (
        (said("requester.received", reference="IT-1", team="Service Desk") + " ")
        + said("requester.promise_broken", at="2026-03-02T09:30:00.000Z")
    )
    assert await pings(office) == [
        (
            "Breached\n"
            + said(
                "team.breached_now",
                reference="IT-1",
                subject="My mouse is dead",
                measure="first response",
                at="2026-03-02T09:30:00.000Z",
                owner="unassigned",
            )
            + "\nLee Lund "
        )
    ]
    assert await tone(office) == "alarm"
    assert await office.mentions("lee", "escalations-it") == 1


async def test_the_breach_is_a_new_message_and_the_warning_before_it_is_gone(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=29)
    (warning,) = await office.sees("lee", "escalations-it")
    await office.has_read("lee", "escalations-it")
    await office.passes(minutes=1)
    (breach,) = await office.sees("lee", "escalations-it")
    assert breach["id"] != warning["id"], "an edit of what was read already would notify nobody"
    assert words(breach).startswith("Breached\n")
    assert await office.mentions("lee", "escalations-it") == 1


async def test_whoever_has_the_ticket_is_mentioned_in_the_warning(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.passes(minutes=25)
    assert "· Bo Berg" in (await pings(office))[0]
    assert await office.mentions("bo", "escalations-it") == 1


async def test_answered_in_time_nobody_is_pinged(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=20)
    await office.says("bo", "help-it", "I am looking", thread=root)
    await office.passes(hours=2)
    assert await pings(office) == []
    assert await tone(office) == "neutral"


async def test_what_is_due_in_the_same_minute_is_told_in_one_message(office: Office) -> None:
    for number in range(3):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=29)
    (ping,) = await pings(office)
    assert [f"IT-{number}" in ping for number in (1, 2, 3)] == [True, True, True]


async def test_while_the_requester_is_awaited_the_clock_stands_still(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk wait IT-1 Which one?")
    await office.passes(days=2)
    assert await pings(office) == []
    dues = (await office.card("bo", "team-it", "IT-1"))["content"]["dues"]
    assert [(due["label"], due["note"]) for due in dues] == [("Resolution", "paused, 8 h left")]
    await office.says("ana", "help-it", "The red one", thread=root)
    await office.passes(hours=7)
    assert len(await pings(office)) == 1


async def test_a_promise_stands_still_when_the_team_goes_home(folder: Path) -> None:
    async with open_office(folder, at=FRIDAY_16 + timedelta(minutes=20)) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(hours=64)
        assert await pings(office, "people") == [], "ten minutes were Friday's, twenty are Monday's"
        await office.passes(minutes=25)
        (ping,) = await pings(office, "people")
        assert ping == (
            said("team.at_risk_title")
            + "\nIT-1 “(private)” · first response due 2026-03-09T08:20:00.000Z · unassigned\n"
        )


async def test_what_falls_due_at_night_is_told_when_the_team_comes_in(folder: Path) -> None:
    config = folder / "desk.yaml"
    config.write_text(
        DESK.read_text().replace("    first_response:", "    calendar: 24x7\n    first_response:")
    )
    async with open_office(folder, config=config, at=FRIDAY_16 + timedelta(minutes=20)) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(hours=64)
        assert await pings(office, "people") == []
        await office.passes(minutes=12)
        (ping,) = await pings(office, "people")
        assert ping.startswith("Breached\nIT-1 “(private)” · first response was due 2026-03-06T16:20:00.000Z")
        assert "not running" not in ping


async def test_nobody_on_duty_is_said_with_when_somebody_will_be(folder: Path) -> None:
    async with open_office(folder, at=FRIDAY_16 + timedelta(hours=2)) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        (acknowledgement,) = await office.reads("ana", "@ana")
        received = said("requester.received", reference="IT-1", team="People")
        off_duty = said(
            "requester.promise_off_duty", back="2026-03-09T08:00:00.000Z", at="2026-03-09T08:30:00.000Z"
        )
        assert f"{received} {off_duty}" in acknowledgement
        await office.passes(hours=48)
        assert await pings(office, "people") == []


async def test_a_changed_priority_corrects_the_promise(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk priority IT-1 urgent")
    assert await office.reads("ana", "help-it", thread=root) == [
        (
            (said("requester.received", reference="IT-1", team="Service Desk") + " ")
            + said("requester.promise", at="2026-03-02T09:10:00.000Z")
        )
    ]
    await office.types("bo", "/desk priority IT-1 low")
    await office.passes(minutes=60)
    assert await pings(office) == []


async def test_what_fell_due_while_the_desk_was_down_is_told_once_with_how_late(folder: Path) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
    for later in (timedelta(hours=1), timedelta(hours=1, minutes=1)):
        async with open_office(folder, at=MONDAY_9 + later) as office:
            await office.passes(minutes=1)
            (ping,) = await pings(office)
            assert ping == (
                "Breached\n"
                + said(
                    "team.breached_now",
                    reference="IT-1",
                    subject="My mouse is dead",
                    measure="first response",
                    at="2026-03-02T09:30:00.000Z",
                    owner="unassigned (sent 31 min late:",
                )
                + " Deskbell was not running)\nLee Lund "
            )
            assert await office.mentions("lee", "escalations-it") == 1


async def test_a_transfer_puts_the_ticket_on_the_new_teams_hours(folder: Path) -> None:
    async with open_office(folder, at=FRIDAY_16 + timedelta(hours=2)) as office:
        root = await office.says("ana", "help-it", "My contract is unclear")
        assert (
            said("requester.promise", at="2026-03-06T18:00:00.000Z")
            in (await office.reads("ana", "help-it", thread=root))[0]
        )
        await office.types("bo", "/desk transfer IT-1 people")
        assert (
            said("requester.promise_off_duty", back="2026-03-09T08:00:00.000Z", at="2026-03-09T08:30:00.000Z")
            in (await office.reads("ana", "help-it", thread=root))[0]
        )


async def test_a_changed_policy_leaves_running_clocks_alone(folder: Path) -> None:
    config = folder / "desk.yaml"
    config.write_text(DESK.read_text())
    async with open_office(folder, config=config) as office:
        first = await office.says("ana", "help-it", "My mouse is dead")
        config.write_text(DESK.read_text().replace("normal: 30m", "normal: 90m"))
        await office.types("lee", "/desk-admin reload")
        second = await office.says("ana", "help-it", "My screen is dark")
        await office.types("bo", "/desk claim IT-1")
        assert "by 2026-03-02T09:30:00.000Z" in (await office.reads("ana", "help-it", thread=first))[0]
        assert "by 2026-03-02T10:30:00.000Z" in (await office.reads("ana", "help-it", thread=second))[0]


async def test_one_ticket_with_an_unreadable_promise_stops_no_other(office: Office) -> None:
    await office.says("ana", "help-it", "the printer jams again")
    await office.says("dan", "help-it", "my chair squeaks when I lean back")
    await office.desk.storage.run(break_policy_of_first)
    await office.passes(minutes=25)
    assert ["IT-2" in line for line in await office.reads("lee", "escalations-it")] == [True]


def break_policy_of_first(uow: UnitOfWork) -> None:
    found = uow.tickets.find("IT", 1)
    assert found is not None
    ticket = uow.tickets.lock(found.id)
    ticket.sla_policy_copy = uow.sla_timers.copy_policy({"name": "not a policy"})
    uow.tickets.save(ticket)


async def test_a_lead_opens_the_ticket_from_the_warning(office: Office) -> None:
    await office.says("ana", "help-it", "the printer jams again")
    await office.types("bo", "/desk claim IT-1")
    await office.passes(minutes=25)
    (ping,) = await office.sees("lee", "escalations-it")
    opened = await office.presses("lee", ping, "Open IT-1")
    assert opened is not None
    assert "the printer jams again" in shown(opened)


async def test_the_history_tells_of_a_warning_and_a_breach_in_words(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(hours=2)
    told = [line.split(" · ")[-1] for line in (await office.types("bo", "/desk history IT-1")).splitlines()]
    due = {"measure": "first response", "at": "2026-03-02T09:30:00.000Z"}
    assert said("history.time_used", **due, stage="50%") in told
    assert said("history.at_risk", **due, stage="80%") in told
    assert said("history.breached_notified", **due, people="Lee Lund") in told
