"""One alert a channel: what it takes over, what can be done to all of it at once, and what can be taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.alerted_office import alerts, configured, labels, last, sent, snoozes
from tests.stories.office import Office, open_office, shown


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=configured(folder)) as opened:
        yield opened


async def test_one_message_shows_every_alert_and_handles_them_together(office: Office) -> None:
    for number in range(12):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
        await office.passes(minutes=1)
    await office.passes(minutes=24)
    (told,) = await alerts(office)
    assert said("team.breached_before_title") in told
    assert "… and 3 more tickets. List them with /desk queue it at-risk." in told
    message = await last(office)
    more = said("team.button_more_tickets", count=3)
    assert labels(message) == ["Acknowledge all", "Snooze all…", more]
    assert message["content"]["menu_label"] == said("team.menu_of_alerts")
    entries = [each["label"] for each in message["content"]["menu"]]
    assert len(entries) == 36
    assert all(each.startswith("Claim IT-") for each in entries[:12])

    await office.presses("bo", message, "Claim IT-7")
    assert (await office.card("bo", "team-it", "IT-7"))["content"]["assignee"] == "Bo Berg"
    reply = await office.presses("cleo", await last(office), "Acknowledge all")
    assert shown(reply) == said("answers.acknowledged_many", count=11)
    assert labels(await last(office)) == [said("team.button_more_tickets", count=5)]
    told = (await alerts(office))[-1]
    assert told.count("acknowledged by Cleo Chen") == 6
    assert "acknowledged by Bo Berg" in told


async def test_all_are_snoozed_but_those_that_somebody_handles(office: Office) -> None:
    for number in range(3):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=24)
    await office.types("cleo", "/desk acknowledge IT-2")
    form = await office.presses("bo", await last(office), "Snooze all…")
    assert form is not None
    told = await office.submits("bo", form, channel="escalations-it", until="2h", reason="the net is down")
    snoozed = said("answers.snoozed_all", references="IT-1 and IT-3")
    assert told == f"{snoozed} {said('answers.seen_by_note', text='the net is down')}"
    (message,) = await alerts(office)
    assert message.count("snoozed by Bo Berg") == 2
    assert message.count("acknowledged by Cleo Chen") == 1
    assert labels(await last(office)) == ["End all snoozes"]

    before = await sent(office)
    reply = await office.presses("lee", await last(office), "End all snoozes")
    assert shown(reply) == said("answers.unsnoozed_all", references="IT-1 and IT-3")
    message = (await alerts(office))[-1]
    assert "snoozed by" not in message
    assert message.count("acknowledged by Cleo Chen") == 1
    assert labels(await last(office)) == ["Acknowledge all", "Snooze all…"]
    again = await office.types("lee", "/desk unsnooze-all", channel="escalations-it")
    assert again == said("answers.snoozes_none")
    await office.passes(minutes=2)
    assert await sent(office) == before + 1, "the step that the snooze had put off"


async def test_what_was_acknowledged_for_all_is_undone_for_one(office: Office) -> None:
    for number in range(2):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=24)
    await office.presses("cleo", await last(office), "Acknowledge all")
    message = await last(office)
    undo = said("team.button_unacknowledge_of", reference="IT-2")
    assert [each["label"] for each in message["content"]["menu"]][2:] == [
        said("team.button_unacknowledge_of", reference="IT-1"),
        undo,
    ]
    reply = await office.presses("cleo", message, undo)
    assert shown(reply) == said("answers.unacknowledged", reference="IT-2")
    assert (await alerts(office))[-1].count("acknowledged by Cleo Chen") == 1
    again = said("team.button_acknowledge_of", reference="IT-2")
    assert again in [each["label"] for each in (await last(office))["content"]["menu"]]


async def test_the_menu_offers_free_tickets_first_then_held_ones_by_name_and_snoozes_to_end(
    office: Office,
) -> None:
    for number in range(4):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.passes(minutes=24)
    await office.types("cleo", "/desk alert snooze IT-3 2h, the vendor rings")
    message = await last(office)
    entries = [each["label"] for each in message["content"]["menu"]]
    assert entries[:5] == [
        "Claim IT-2",
        "Claim IT-3",
        "Claim IT-4",
        "Take over IT-1 (assigned to Bo Berg)",
        "End snooze of IT-3",
    ]
    assert set(entries[5:]) == {
        *(said("team.button_acknowledge_of", reference=f"IT-{number}") for number in (1, 2, 3, 4)),
        *(said("team.button_snooze_of", reference=f"IT-{number}") for number in (1, 2, 4)),
    }
    reply = await office.presses("cleo", message, "End snooze of IT-3")
    assert shown(reply) == said("answers.unacknowledged", reference="IT-3")
    assert "snoozed by" not in (await alerts(office))[-1]


async def test_who_has_a_ticket_and_takes_it_over_is_told_that_it_is_theirs(office: Office) -> None:
    """The menu is the same for all, so it cannot leave out the reader's own."""
    for number in range(2):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.passes(minutes=24)
    label = "Take over IT-1 (assigned to Bo Berg)"
    reply = await office.presses("bo", await last(office), label)
    assert shown(reply) == said("answers.claimed_before", reference="IT-1")
    reply = await office.presses("bo", await last(office), label)
    assert shown(reply) == said("refusals.already_yours", reference="IT-1")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["assignee"] == "Bo Berg"


async def test_all_of_a_channel_are_acknowledged_by_command_too(office: Office) -> None:
    for number in range(3):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=24)
    assert await office.types("bo", "/desk acknowledge-all", channel="escalations-it") == said(
        "answers.acknowledged_all", references="IT-1, IT-2 and IT-3"
    )
    assert await office.types("bo", "/desk acknowledge-all", channel="escalations-it") == said(
        "answers.alerts_none"
    )
    assert await office.types("bo", "/desk acknowledge-all") == said("answers.alerts_not_here")


async def test_of_a_channel_that_teams_share_others_alerts_are_left_to_them(folder: Path) -> None:
    config = configured(folder)
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("escalations-network", "escalations-it"), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "No wifi here")
        await office.passes(minutes=24)
        left = said("answers.alerts_left", references="IT-2")
        for done in (
            said("answers.acknowledged_all", references="IT-1"),
            said("answers.alerts_none"),
        ):
            answer = await office.types("bo", "/desk acknowledge-all", channel="escalations-it")
            assert answer == f"{done} {left}"


async def test_who_was_called_earlier_is_named_by_the_newest_until_somebody_handles_it(
    office: Office,
) -> None:
    """Bo was mentioned for the first ticket; a warning of another mentions nobody, and leaves no line behind."""
    await office.says("ana", "help-it", "Mouse 1 is dead")
    await office.passes(minutes=3)
    await office.says("ana", "help-it", "Mouse 2 is dead")
    await office.passes(minutes=24)
    (newest,) = await alerts(office)
    assert newest.startswith(said("team.at_risk_title") + "\nIT-2 ")
    assert (said("team.before_title") + "\nIT-1 ") in newest
    assert newest.endswith("\nBo Berg ")
    assert await office.mentions("bo", "escalations-it") == 1, "he was called once, and has not looked yet"
    await office.types("cleo", "/desk acknowledge IT-1")
    (newest,) = await alerts(office)
    assert newest.startswith(said("team.at_risk_title") + "\nIT-2 ")
    assert "Bo Berg" not in newest


async def test_acknowledged_it_may_still_be_snoozed_and_the_snooze_ended(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    await office.presses("cleo", await last(office), "Acknowledge")
    await snoozes(office, "bo", await last(office), until="1h", reason="the vendor calls back")
    assert "snoozed by Bo Berg" in (await alerts(office))[-1]
    assert "acknowledged by" not in (await alerts(office))[-1]
    reply = await office.presses("lee", await last(office), "End snooze")
    assert shown(reply) == said("answers.unacknowledged", reference="IT-1")
    before = await sent(office)
    await office.passes(minutes=5)
    assert await sent(office) == before + 1, "people are called again, after the step’s whole delay"


async def test_who_acknowledged_by_mistake_takes_it_back(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    await office.presses("cleo", await last(office), "Acknowledge")
    await office.presses("cleo", await last(office), "Un-acknowledge")
    assert "acknowledged by" not in (await alerts(office))[-1]
    assert await office.types("cleo", "/desk unacknowledge IT-1") == said(
        "refusals.nothing_acknowledged", reference="IT-1"
    )
    history = await office.types("lee", "/desk history IT-1")
    assert (
        said("history.unacknowledged", name="Cleo Chen", measure="first response", stage="breach") in history
    )
    await office.passes(minutes=5)
    assert (await alerts(office))[-1].startswith(said("team.step_title"))


async def test_what_is_breached_is_on_top_of_a_long_list_whenever_it_was_alerted(office: Office) -> None:
    await office.says("ana", "help-it", "The server is down")
    await office.passes(minutes=8)
    for number in range(11):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=24)
    (told,) = await alerts(office)
    assert told.startswith(said("team.breached_before_title") + "\nIT-1 “The server is down”")
    assert (said("team.at_risk_title") + "\nIT-2 ") in told
    assert "… and 2 more tickets. List them with /desk queue it at-risk." in told
    listed = await office.types("bo", "/desk queue it at-risk")
    assert "The server is down" not in listed
    assert "Mouse 10 is dead" in listed


async def test_the_list_that_is_named_shows_what_there_was_no_room_for(office: Office) -> None:
    for number in range(12):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=31)
    (told,) = await alerts(office)
    assert "… and 2 more tickets. List them with /desk queue it overdue." in told
    listed = await office.types("bo", "/desk queue it overdue")
    assert [f"IT-{number}" for number in range(1, 13) if f"IT-{number} " not in told + listed] == []


async def test_a_ticket_with_several_targets_has_one_line_that_names_them(office: Office) -> None:
    for number in range(3):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(hours=7)
    told = (await alerts(office))[-1]
    lines = [each for each in told.splitlines() if each.startswith("IT-")]
    assert sorted(each.split(" ")[0] for each in lines) == ["IT-1", "IT-2", "IT-3"]
    assert all("resolution" in each and "first response" in each and " · also " in each for each in lines)


async def test_the_last_reminder_says_so_and_names_who_was_notified(folder: Path) -> None:
    config = configured(folder)
    text = config.read_text(encoding="utf-8").replace("{every: 10m}", "{every: 10m, times: 1}")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=28)
        last_line = said(
            "team.last_reminder_to", targets="IT-1 (first response)", names="Lee Lund and Max Moor"
        )
        begins = last_line.partition(",")[0]
        assert begins not in (await alerts(office))[-1], "the breach will alert people"
        await office.passes(minutes=7)
        assert begins not in (await alerts(office))[-1]
        await office.passes(minutes=10)
        assert last_line in (await alerts(office))[-1]
        direct = [each["id"] for each in await office.channels("max") if each["id"].startswith("@")]
        assert last_line in (await office.reads("max", direct[0]))[-1]
        before = await sent(office)
        await office.passes(hours=1)
        assert await sent(office) == before

        await office.says("ana", "help-it", "My screen is dark")
        await office.passes(minutes=24)
        assert last_line in (await alerts(office))[-1], "a newer alert still says it"
        await office.types("bo", "/desk resolve IT-2 all done")
        assert "Acknowledge" in labels(await last(office))
        await office.presses("bo", await last(office), "Acknowledge")
        told = (await alerts(office))[-1]
        assert "acknowledged by Bo Berg" in told
        assert last_line not in told


async def test_the_last_reminder_for_several_targets_of_a_ticket_names_it_once(folder: Path) -> None:
    config = configured(folder)
    text = config.read_text(encoding="utf-8").replace("{every: 10m}", "{every: 10m, times: 1}")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(hours=9)
        targets = "IT-1 (first response and resolution)"
        told = said("team.last_reminder_to", targets=targets, names="Lee Lund and Max Moor")
        assert told in (await alerts(office))[-1]


async def test_an_answer_promises_no_reminder_where_none_is_left(folder: Path) -> None:
    """The default stages have no steps: after each alert nobody is notified before the next stage."""
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=25)
        assert await taken_back(office) == (
            said("answers.unacknowledged_stage", reference="IT-1"),
            said("answers.unsnoozed_all_stage", references="IT-1"),
        )
        await office.passes(hours=9)
        assert await taken_back(office) == (
            said("answers.unacknowledged_last", reference="IT-1"),
            said("answers.unsnoozed_all_last", references="IT-1"),
        )


async def taken_back(office: Office) -> tuple[str, str]:
    """What Bo is told who takes back an acknowledgement, and a snooze of all."""
    await office.types("bo", "/desk acknowledge IT-1")
    acknowledged = await office.types("bo", "/desk unacknowledge IT-1")
    await office.types("bo", "/desk snooze-all 2h, the vendor", channel="escalations-it")
    return acknowledged, await office.types("bo", "/desk unsnooze-all", channel="escalations-it")
