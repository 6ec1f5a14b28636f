"""An alert's life: nobody acts, more people are called; somebody sees to it, snoozes or takes it; it is over."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.text.sentences import words as words_of
from tests.adapters.webhook.receiver import receiving
from tests.said import said
from tests.stories.escalations.alerted_office import (
    LATER,
    OpenDesk,
    alerts,
    alerts_told_to,
    configured,
    labels,
    last,
    sent,
    snoozes,
)
from tests.stories.office import Office, open_office, shown


@pytest.fixture
def desk_with(folder: Path) -> OpenDesk:
    def make(*, step: str = LATER, more: str = "") -> AbstractAsyncContextManager[Office]:
        return open_office(folder, config=configured(folder, step=step, more=more))

    return make


@pytest.fixture
async def office(desk_with: OpenDesk) -> AsyncIterator[Office]:
    async with desk_with() as opened:
        yield opened


async def test_from_the_warning_to_the_lead_who_takes_it(office: Office) -> None:
    """Warned, nobody acts, on-call is mentioned, snoozes; it breaches, the lead is mentioned, and takes it."""
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=24)
    (warning,) = await alerts(office)
    assert warning.startswith(
        said("team.at_risk_title")
        + "\nIT-1 “My mouse is dead” · first response due 2026-03-02T09:30:00.000Z · "
    )
    assert await office.mentions("bo", "escalations-it") == 0

    await office.passes(minutes=2)
    (step,) = await alerts(office)
    assert step.startswith(said("team.step_title") + "\nIT-1 ")
    assert await office.mentions("bo", "escalations-it") == 1

    message = await last(office)
    assert labels(message) == ["Acknowledge", "Snooze…", "Claim", "Reassign…", "Open IT-1"]
    told = await snoozes(office, "bo", message, until="1h", reason="the vendor calls back")
    snoozed = said("answers.snoozed", reference="IT-1", until="2026-03-02T10:26:00.000Z")
    assert told == f"{snoozed} {said('answers.seen_by_note', text='the vendor calls back')}"
    (snoozed,) = await alerts(office)
    assert " · snoozed by Bo Berg until 2026-03-02T10:26:00.000Z: the vendor calls back" in snoozed

    await office.passes(minutes=3)
    assert await sent(office) == 2, "a snoozed alert calls nobody"
    await office.passes(minutes=1)
    (breach,) = await alerts(office)
    assert breach.startswith("Breached\nIT-1 ")

    await office.passes(minutes=5)
    assert await office.mentions("lee", "escalations-it") == 1
    card = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert card["priority"] == "high"

    reply = await office.presses("lee", await last(office), "Claim")
    assert shown(reply) == said("answers.claimed_acknowledged", reference="IT-1")
    (claimed,) = await alerts(office)
    assert " · Lee Lund · acknowledged by Lee Lund, " in claimed
    await office.passes(hours=1)
    assert await sent(office) == 4
    history = await office.types("lee", "/desk history IT-1")
    target = {"measure": "first response", "stage": "breach"}
    assert said("history.step_alerted", **target, number=1, people="Lee Lund and Max Moor") in history
    assert said("history.acknowledged", name="Lee Lund", **target) in history
    snooze = {"until": "2026-03-02T10:26:00.000Z", "reason": "the vendor calls back"}
    snoozed_at = {"measure": "first response", "stage": "80%"}
    assert said("history.snoozed", name="Bo Berg", **snoozed_at, **snooze) in history


async def test_the_leads_lead_is_told_directly(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=36)
    told = await office.everything_seen_by("max")
    assert said("team.step_title") in told


@pytest.mark.parametrize("handled", ["alert snooze IT-1 2h, the vendor rings", "acknowledge IT-1"])
async def test_who_gets_a_ticket_is_said_by_alerts_that_were_seen_to_before(
    office: Office, handled: str
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=36)
    await office.types("lee", f"/desk {handled}")
    for command, owner in (
        ("/desk assign IT-1 @cleo", "Cleo Chen"),
        ("/desk release IT-1", words_of("en", "team.unassigned")),
        ("/desk claim IT-1", "Lee Lund"),
    ):
        await office.types("lee", command)
        (alert,) = await alerts(office)
        assert f" · {owner} · " in alert
        (direct,) = await alerts_told_to(office, "max")
        assert f" · {owner} · " in direct


async def test_a_new_subject_is_that_of_its_alert_too(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    await office.types("lee", "/desk acknowledge IT-1")
    await office.types("lee", "/desk subject IT-1 A dead mouse")
    (alert,) = await alerts(office)
    assert "IT-1 “A dead mouse”" in alert


async def test_acknowledged_nobody_else_is_called_until_the_next_stage(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    reply = await office.presses("cleo", await last(office), "Acknowledge")
    assert shown(reply) == said("answers.acknowledged", reference="IT-1")
    (warning,) = await alerts(office)
    assert " · acknowledged by Cleo Chen, 2026-03-02T09:25:00.000Z" in warning
    assert labels(await last(office)) == ["Snooze…", "Un-acknowledge", "Claim", "Reassign…", "Open IT-1"]
    assert await office.types("bo", "/desk acknowledge IT-1") == said(
        "refusals.acknowledged_by", name="Cleo Chen", reference="IT-1"
    )
    await office.passes(minutes=4)
    assert await sent(office) == 1
    await office.passes(minutes=2)
    assert await sent(office) == 2, "the breach is news"


async def test_after_the_breach_it_is_repeated_until_somebody_acknowledges_it(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=56)
    (told,) = await alerts(office)
    assert told.startswith(said("team.step_title") + "\nIT-1 ")
    await office.types("bo", "/desk acknowledge IT-1")
    before = await sent(office)
    assert before == 7
    await office.passes(minutes=40)
    assert await sent(office) == before


async def test_claimed_from_the_card_is_acknowledged_too(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Claim")
    (warning,) = await alerts(office)
    assert "· Bo Berg · acknowledged by Bo Berg" in warning
    await office.passes(minutes=4)
    assert len(await alerts(office)) == 1


async def test_answered_the_alert_says_that_it_is_over(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    await office.says("bo", "help-it", "I am looking", thread=root)
    (warning,) = await alerts(office)
    assert warning == (
        said("team.over_title")
        + "\n"
        + said(
            "team.alert_kept",
            reference="IT-1",
            subject="My mouse is dead",
            measure="first response",
            at="2026-03-02T09:25:00.000Z",
        )
        + "\n"
    )
    assert (await last(office))["content"]["tone"] == "muted"
    assert labels(await last(office)) == []
    assert await office.types("bo", "/desk acknowledge IT-1") == said("refusals.no_alert", reference="IT-1")


async def test_given_to_somebody_else_the_next_step_waits_for_them(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    form = await office.presses("lee", await last(office), "Reassign…")
    assert form is not None
    await office.submits("lee", form, channel="escalations-it", person="Cleo Chen")
    await office.passes(minutes=1)
    assert await sent(office) == 1, "Cleo has her two minutes"
    await office.passes(minutes=1)
    assert await sent(office) == 2


async def test_who_claims_a_moment_too_late_is_told_who_has_it_and_may_take_over(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    message = await last(office)
    with office.without_waiting():
        await office.types("cleo", "/desk claim IT-1")
        reply = await office.presses("bo", message, "Claim")
    assert shown(reply) == said("refusals.already_assigned_to", reference="IT-1", name="Cleo Chen")
    await office.settle()
    reply = await office.presses("bo", await last(office), "Take over (assigned to Cleo Chen)")
    assert shown(reply) == said("answers.claimed", reference="IT-1"), "now he knows whose it was"


async def test_a_snooze_that_is_over_reminds_people_and_the_step_plan_goes_on(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    told = await office.types("bo", "/desk alert snooze IT-1 30 min, waiting for a spare part")
    snoozed = said("answers.snoozed_stage", reference="IT-1", until="2026-03-02T10:01:00.000Z")
    assert told == f"{snoozed} {said('answers.seen_by_note', text='waiting for a spare part')}"
    await office.passes(minutes=30)
    assert (await alerts(office))[-1].startswith(said("team.awake_title") + "\nIT-1 ")
    assert (await alerts(office))[-1].rstrip().endswith("was snoozed: waiting for a spare part")
    await office.passes(minutes=4)
    assert (await alerts(office))[-1].startswith(said("team.step_title"))


@pytest.mark.parametrize("words", ["2h", "2h,", ", because"])
async def test_a_snooze_without_a_reason_or_a_time_is_refused_with_an_example(
    office: Office, words: str
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    told = await office.types("bo", f"/desk alert snooze IT-1 {words}")
    assert told == said("answers.snooze_needs")


async def test_while_the_requester_is_waited_for_the_step_plan_rests(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "I am looking", thread=root)
    await office.passes(hours=7)
    before = await sent(office)
    await office.types("bo", "/desk wait IT-1 Which one?")
    await office.passes(hours=3)
    assert await sent(office) == before
    (told,) = await alerts(office)
    facts = {"reference": "IT-1", "subject": "My mouse is dead", "measure": "resolution", "status": "pending"}
    assert told.rstrip() == f"{said('team.paused_title')}\n{said('team.alert_paused', **facts)}"
    assert labels(await last(office)) == []
    await office.says("ana", "help-it", "The red one", thread=root)
    assert "resolution due " in (await alerts(office))[-1]
    assert "Acknowledge" in labels(await last(office)), "it is at risk again"


async def test_a_step_moves_the_ticket_to_the_next_level_and_calls_a_program(
    desk_with: OpenDesk,
) -> None:
    async with receiving() as receiver:
        hook = f"webhooks:\n  pager: {{url: '{receiver.url}'}}\n"
        async with desk_with(step="transfer: network, webhook: pager", more=hook) as office:
            await office.says("ana", "help-it", "My mouse is dead")
            await office.passes(minutes=36)
            card = (await office.card("cleo", "team-network", "IT-1"))["content"]
            assert card["why_here"] == said(
                "team.why_transferred_because", name="Test desk", reason=said("team.why_unacknowledged")
            )
            (told,) = await office.reads("lee", "escalations-network")
            assert told.startswith(said("team.step_title") + "\nIT-1 ")
            assert [body["tickets"] for body in receiver.told] == [["IT-1"]]


async def test_after_a_weekend_without_a_desk_there_is_one_message_for_all(folder: Path) -> None:
    config = configured(folder)
    async with open_office(folder, config=config) as office:
        for number in range(12):
            await office.says("ana", "help-it", f"Mouse {number} is dead")
    monday = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    async with open_office(folder, config=config, at=monday) as office:
        await office.passes(minutes=0)
        await office.desk.workers["sla_clock"].tick()
        await office.settle()
        (told,) = await alerts(office)
        assert told.startswith("Breached\n")
        assert said("team.late_by", late="6 d 23 h") in told
        more = said("team.more_tickets", count=5)
        assert said("team.and_more", more=more, command="/desk queue it overdue") in told, (
            "of twelve tickets, those by name that have room in one message of each platform"
        )


async def test_nobody_is_called_at_night_and_the_steps_follow_in_the_morning(folder: Path) -> None:
    config = configured(folder)
    text = config.read_text(encoding="utf-8").replace("    calendar: 24x7\n", "    calendar: office\n", 1)
    config.write_text(text, encoding="utf-8")
    friday = datetime(2026, 3, 6, 15, 38, tzinfo=UTC)
    async with open_office(folder, config=config, at=friday) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(hours=62)
        assert await alerts(office) == []
        await office.passes(hours=2, minutes=36)
        *_, told = await alerts(office)
        assert told.startswith(said("team.step_title") + "\nIT-1 ")


async def test_an_alert_does_not_outlive_a_restart_twice(folder: Path) -> None:
    config = configured(folder)
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=24)
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC) + timedelta(minutes=24)
    async with open_office(folder, config=config, at=at) as office:
        await office.desk.workers["sla_clock"].tick()
        await office.settle()
        assert await sent(office) == 1
        await office.passes(minutes=2)
        assert (await sent(office), len(await alerts(office))) == (2, 1)


async def test_given_back_after_it_was_taken_people_are_called_again(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    await office.presses("bo", await last(office), "Claim")
    await office.types("bo", "/desk release IT-1")
    assert "acknowledged by" not in (await alerts(office))[-1]
    await office.passes(minutes=5)
    assert (await alerts(office))[-1].startswith(said("team.step_title"))


async def test_a_missed_target_that_is_reopened_gets_its_buttons_back_and_calls_people_again(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    await office.types("bo", "/desk close IT-1 no answer is needed")
    assert labels(await last(office)) == []
    before = await sent(office)
    await office.passes(hours=1)
    assert await sent(office) == before
    await office.types("bo", "/desk reopen IT-1")
    assert (await alerts(office))[-1].startswith("Breached\nIT-1 ")
    assert labels(await last(office))[:2] == ["Acknowledge", "Snooze…"]
    await office.passes(minutes=5)
    assert (await alerts(office))[-1].startswith(said("team.step_title"))


async def test_a_program_is_told_of_every_ticket_that_falls_due_together(desk_with: OpenDesk) -> None:
    async with receiving() as receiver:
        hook = f"webhooks:\n  pager: {{url: '{receiver.url}'}}\n"
        async with desk_with(step="webhook: pager", more=hook) as office:
            for number in range(12):
                await office.says("ana", "help-it", f"Mouse {number} is dead")
            await office.passes(minutes=36)
            (told,) = receiver.told
            assert sorted(told["tickets"]) == sorted(f"IT-{number}" for number in range(1, 13))


@pytest.mark.parametrize("is_shared", [False, True])
async def test_why_a_private_ticket_was_snoozed_is_told_where_its_team_alone_reads(
    folder: Path, is_shared: bool
) -> None:
    config = configured(folder)
    text = config.read_text(encoding="utf-8").replace("board: no", "board: yes")
    if is_shared:
        text = text.replace("escalations-network", "escalations-people")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-hr", "My payslip is wrong")
        await office.passes(minutes=25)
        await office.types("bo", "/desk alert snooze IT-1 2h, her salary is being looked at")
        told = await office.reads("lee", "escalations-people")
        snoozed = [each for each in told if "snoozed by Bo Berg" in each]
        assert len(snoozed) == 2, "the alert and the board"
        assert [("salary" in each) for each in snoozed] == [not is_shared] * 2
        assert "payslip" not in "".join(told)
