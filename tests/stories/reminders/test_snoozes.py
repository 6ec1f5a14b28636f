"""A snoozed ticket is out of the way until its time, or until its requester writes; no promise moves with it."""

from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, open_office, words

TEAM = "team-it"


async def asks(office: Office, text: str = "My mouse is dead") -> str:
    return await office.says("ana", "help-it", text)


async def thread(office: Office, reference: str = "IT-1") -> list[dict[str, Any]]:
    card = await office.card("bo", TEAM, reference)
    return await office.sees_thread("bo", TEAM, card["id"])


async def lists(office: Office, who: str = "bo") -> dict[str, bool]:
    """In which of an agent's lists IT-1 is."""
    lines = ("queue", "queue unassigned", "view unassigned", "view waiting-on-us", "view snoozed", "mine")
    return {each: "IT-1" in await office.types(who, f"/desk {each}", channel=TEAM) for each in lines}


async def test_it_leaves_the_lists_of_what_is_to_be_done_and_has_one_of_its_own(office: Office) -> None:
    await asks(office)
    assert (await lists(office))["queue"]
    answer = await office.types("bo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    assert "IT-1" in answer
    found = await lists(office)
    assert found == {
        "queue": False,
        "queue unassigned": False,
        "view unassigned": False,
        "view waiting-on-us": False,
        "view snoozed": True,
        "mine": False,
    }
    nothing = await office.types("cleo", "/desk next", channel=TEAM)
    assert "IT-1" not in nothing
    assert "IT-1" in await office.types("bo", "/desk search is:snoozed", channel=TEAM)
    assert "IT-1" not in await office.types("bo", "/desk search -is:snoozed is:open", channel=TEAM)


async def test_who_has_it_keeps_it_in_mine_with_its_time(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk claim IT-1", channel=TEAM)
    await office.types("bo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    assert (await lists(office))["mine"]
    until = "2026-03-04T08:00:00.000Z"
    assert said("commands.snoozed_until", until=until) in await office.types("bo", "/desk mine", channel=TEAM)
    assert said("commands.snoozed_until", until=until) in await office.types(
        "bo", "/desk show IT-1", channel=TEAM
    )
    for line in ("/ticket list", "/ticket show IT-1"):
        assert "snoozed" not in await office.types("ana", line)


async def test_the_agent_hears_that_targets_go_on(office: Office) -> None:
    await asks(office)
    answer = await office.types("bo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    due = "2026-03-02T09:30:00.000Z"
    assert said("answers.snooze_due_alerted", at=due) in answer
    early = await office.types("bo", "/desk snooze IT-1 5m", channel=TEAM)
    assert said("answers.snooze_due_alerted", at=due) not in early
    await office.types("bo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    await office.passes(minutes=30)
    told = " ".join(await office.reads("lee", "escalations-it"))
    assert "IT-1" in told, "its alert came all the same"
    again = await office.types("bo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    assert said("answers.snooze_leaves_alert", command="/desk alert snooze IT-1") in again


async def test_when_its_time_is_over_it_is_back_and_its_assignee_hears_of_it_once(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk claim IT-1", channel=TEAM)
    await office.types("bo", "/desk snooze IT-1 3h", channel=TEAM)
    await office.passes(hours=2, minutes=59)
    await office.has_read("bo", TEAM)
    line = said("team.snooze_over", owner="Bo Berg", reference="IT-1")
    assert line not in [words(each) for each in await thread(office)]
    await office.passes(minutes=1)
    assert [words(each) for each in await thread(office)].count(line) == 1
    assert await office.mentions("bo", TEAM) == 1
    await office.passes(days=1)
    assert [words(each) for each in await thread(office)].count(line) == 1, "once"
    assert (await lists(office))["queue"]


async def test_the_teams_thread_hears_of_one_that_nobody_has(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk snooze IT-1 3h", channel=TEAM)
    await office.passes(hours=3)
    line = said("team.snooze_over_unassigned", reference="IT-1")
    assert [words(each) for each in await thread(office)].count(line) == 1
    assert (await lists(office))["queue unassigned"]


async def test_the_requester_brings_it_back_and_who_snoozed_it_hears(office: Office) -> None:
    request = await asks(office)
    await office.types("bo", "/desk claim IT-1", channel=TEAM)
    await office.types("cleo", "/desk snooze IT-1 until Wednesday, the vendor is closed", channel=TEAM)
    reason = [words(each) for each in await thread(office)][-1]
    assert "the vendor is closed" in reason
    await office.has_read("cleo", TEAM)
    await office.says("ana", "help-it", "It smokes now", thread=request)
    assert (await lists(office))["queue"]
    line = said("team.snooze_ended_for", owner="Cleo Chen", name="Ana Alves", reference="IT-1")
    assert line in [words(each) for each in await thread(office)]
    assert await office.mentions("cleo", TEAM) == 1
    ana = await office.everything_seen_by("ana")
    assert "snooze" not in ana.lower()
    assert "vendor" not in ana
    await office.passes(days=3)
    over = said("team.snooze_over", owner="Bo Berg", reference="IT-1")
    assert over not in [words(each) for each in await thread(office)], "it was back before"


async def test_thanks_do_not_bring_it_back(office: Office) -> None:
    request = await asks(office)
    await office.types("bo", "/desk reply IT-1 On Wednesday", channel=TEAM)
    await office.types("bo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    await office.says("ana", "help-it", "Thanks!", thread=request)
    assert (await lists(office))["view snoozed"]


async def test_the_card_shows_it_and_a_button_ends_it(office: Office) -> None:
    await asks(office)
    form = await office.presses(
        "bo", await office.card("bo", TEAM, "IT-1"), said("team.button_snooze_ticket_form")
    )
    assert form is not None
    await office.submits("bo", form, channel=TEAM, until="2h", reason="")
    card = await office.card("bo", TEAM, "IT-1")
    assert said("team.snoozed_until") in str(card["content"])
    await office.presses("bo", card, said("team.button_unsnooze"))
    card = await office.card("bo", TEAM, "IT-1")
    assert said("team.snoozed_until") not in str(card["content"])
    assert (await lists(office))["queue"]
    assert await office.types("bo", "/desk unsnooze IT-1", channel=TEAM) == said(
        "refusals.not_snoozed", reference="IT-1"
    )
    history = await office.types("bo", "/desk history IT-1", channel=TEAM)
    assert "snoozed it until" in history
    assert said("history.snooze_ended_own", name="Bo Berg", until="") in history


@pytest.mark.parametrize("line", ["resolve IT-1 Done", "close IT-1 done", "transfer IT-1 network"])
async def test_what_is_finished_or_given_away_rests_no_more(office: Office, line: str) -> None:
    await asks(office)
    await office.types("bo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    await office.types("bo", f"/desk {line}", channel=TEAM)
    assert "IT-1" not in await office.types("bo", "/desk search is:snoozed", channel=TEAM)
    await office.passes(days=3)
    assert "is back" not in await office.everything_seen_by("lee")


async def test_what_is_finished_cannot_be_snoozed(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk resolve IT-1 Done", channel=TEAM)
    refused = await office.types("bo", "/desk snooze IT-1 2h", channel=TEAM)
    assert refused == said("refusals.reopen_first", reference="IT-1", status="resolved")


async def test_unsnooze_means_the_alert_where_that_alone_is_snoozed(office: Office) -> None:
    await asks(office)
    await office.passes(minutes=25)
    await office.types("bo", "/desk alert snooze IT-1 2h, a new cable comes", channel=TEAM)
    answer = await office.types("bo", "/desk unsnooze IT-1", channel=TEAM)
    assert answer == said("answers.unacknowledged_stage", reference="IT-1")


async def test_a_restart_neither_loses_nor_repeats_its_end(folder: Path) -> None:
    async with open_office(folder) as office:
        await asks(office)
        await office.types("bo", "/desk snooze IT-1 1h", channel=TEAM)
        now = office.clock.now()
    line = said("team.snooze_over_unassigned", reference="IT-1")
    for _ in range(2):
        async with open_office(folder, at=now) as office:
            await office.passes(hours=2)
            assert [words(each) for each in await thread(office)].count(line) == 1
            now = office.clock.now()


async def test_who_is_this_says_it_to_those_alone_who_read_its_notes(office: Office) -> None:
    await asks(office, "The vpn is down")
    await office.types("cleo", "/desk claim IT-1", channel=TEAM)
    await office.types("cleo", "/desk snooze IT-1 until Wednesday", channel=TEAM)
    until = said("commands.snoozed_until", until="2026-03-04T08:00:00.000Z")
    assert until in await office.types("cleo", "/desk who @ana", channel=TEAM)
    others = await office.types("bo", "/desk who @ana", channel=TEAM)
    assert "IT-1" in others
    assert until not in others, "Bo is not of the network's team"
