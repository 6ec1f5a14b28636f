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
    assert said("team.before_title") in told
    assert "… and 2 more" in told
    message = await last(office)
    assert labels(message) == ["Acknowledge all", "Snooze all…"]
    assert message["content"]["menu_label"] == "Claim…"
    assert len(message["content"]["menu"]) == 12

    await office.presses("bo", message, "Claim IT-7")
    assert (await office.card("bo", "team-it", "IT-7"))["content"]["assignee"] == "Bo Berg"
    reply = await office.presses("cleo", await last(office), "Acknowledge all")
    assert shown(reply) == "You’ve acknowledged 11 tickets; no one else is notified until the next stage."
    assert labels(await last(office)) == []
    told = (await alerts(office))[-1]
    assert told.count("acknowledged by Cleo Chen") == 9
    assert "acknowledged by Bo Berg" in told


async def test_all_are_snoozed_but_those_that_somebody_handles(office: Office) -> None:
    for number in range(3):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=24)
    await office.types("cleo", "/desk acknowledge IT-2")
    form = await office.presses("bo", await last(office), "Snooze all…")
    assert form is not None
    told = await office.submits("bo", form, channel="escalations-it", until="2h", reason="the net is down")
    assert told.startswith("You’ve snoozed IT-1 and IT-3. ")
    (message,) = await alerts(office)
    assert message.count("snoozed by Bo Berg") == 2
    assert message.count("acknowledged by Cleo Chen") == 1


async def test_all_of_a_channel_are_acknowledged_by_command_too(office: Office) -> None:
    for number in range(3):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.passes(minutes=24)
    assert await office.types("bo", "/desk acknowledge-all", channel="escalations-it") == (
        "You’ve acknowledged IT-1, IT-2 and IT-3; no one else is notified until the next stage."
    )
    assert await office.types("bo", "/desk acknowledge-all", channel="escalations-it") == (
        "No alert there is waiting for you."
    )
    assert "no alerts in this channel" in await office.types("bo", "/desk acknowledge-all")


async def test_who_was_called_keeps_a_line_until_somebody_handles_it(office: Office) -> None:
    """Bo was mentioned for the first ticket; a warning of another mentions nobody."""
    await office.says("ana", "help-it", "Mouse 1 is dead")
    await office.passes(minutes=3)
    await office.says("ana", "help-it", "Mouse 2 is dead")
    await office.passes(minutes=24)
    line, newest = await alerts(office)
    assert line == (said("team.alert_replaced") + " Bo Berg")
    assert newest.startswith(said("team.at_risk_title") + "\nIT-2 ")
    assert (said("team.before_title") + "\nIT-1 ") in newest
    await office.types("cleo", "/desk acknowledge IT-1")
    (newest,) = await alerts(office)
    assert newest.startswith(said("team.at_risk_title") + "\nIT-2 ")


async def test_acknowledged_it_may_still_be_snoozed_and_the_snooze_ended(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    await office.presses("cleo", await last(office), "Acknowledge")
    await snoozes(office, "bo", await last(office), until="1h", reason="the vendor calls back")
    assert "snoozed by Bo Berg" in (await alerts(office))[-1]
    assert "acknowledged by" not in (await alerts(office))[-1]
    reply = await office.presses("lee", await last(office), "End snooze")
    assert shown(reply) == "IT-1’s alert is unacknowledged again."
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
