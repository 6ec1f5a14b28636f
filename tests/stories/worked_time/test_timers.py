"""Timers on the page: started and stopped by command and card, and stopped where somebody forgot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, Office, open_office, shown
from tests.stories.worked_time.test_worked_time import on_card, pressed

LIMIT = "    worked_time: {longest_timer: 2h}\n"


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        await office.says("ana", "help-it", "My mouse is dead")
        yield office


async def test_what_a_timer_counted_is_logged_with_the_words_it_is_stopped_with(office: Office) -> None:
    started = await office.types("bo", "/desk time start IT-1")
    assert started == said("time.started", reference="IT-1", longest="8 h")
    await office.passes(minutes=25)
    running = said("time.runs", name="Bo Berg", length="25 min")
    assert running in await office.types("cleo", "/desk time IT-1")
    stopped = await office.types("bo", "/desk time stop fixed the switch")
    entry = "25 min · 2 Mar · fixed the switch"
    assert stopped == said("time.stopped", reference="IT-1", entry=entry, total="25 min")
    assert await on_card(office) == "25 min"
    assert await office.types("bo", "/desk time stop") == said("time.none_running")


async def test_starting_another_stops_the_first_and_says_so(office: Office) -> None:
    await office.types("bo", "/desk time start IT-1")
    await office.passes(minutes=10)
    assert await office.types("bo", "/desk time start IT-1") == said("time.already_running", reference="IT-1")
    answer = await office.types("bo", "/desk time start IT-2")
    assert answer.splitlines() == [
        said("time.stopped", reference="IT-1", entry="10 min · 2 Mar", total="10 min"),
        said("time.started", reference="IT-2", longest="8 h"),
    ]


async def test_several_agents_run_timers_on_one_ticket(office: Office) -> None:
    await office.types("bo", "/desk time start IT-1")
    await office.passes(minutes=5)
    await office.types("cleo", "/desk time start IT-1")
    await office.passes(minutes=5)
    await office.types("cleo", "/desk time stop")
    await office.types("bo", "/desk time stop")
    assert await on_card(office) == "15 min"


async def test_the_cards_menu_starts_and_stops_the_timer(office: Office) -> None:
    card = await office.card("bo", "team-it", "IT-1")
    assert "Stop timer" not in str(card), "nobody’s timer runs on it"
    reply = await office.presses("bo", card, said("team.button_timer"))
    assert shown(reply) == said("time.started", reference="IT-1", longest="8 h")
    await office.passes(minutes=7)
    reply = await office.presses("bo", card, said("team.button_timer"))
    assert "7 min" in shown(reply)
    assert await on_card(office) == "7 min"


async def test_in_a_tickets_thread_it_need_not_be_named(office: Office) -> None:
    card = await office.card("bo", "team-it", "IT-1")
    await office.types("bo", "/desk time start", channel="team-it", thread=card["id"])
    await office.passes(minutes=3)
    assert "IT-1" in await office.types("bo", "/desk time stop")


async def test_a_forgotten_timer_stops_at_its_limit_and_its_owner_is_asked_once(office: Office) -> None:
    await office.types("bo", "/desk time start IT-1")
    await office.passes(hours=63)
    assert await on_card(office) == "8 h"
    command = "/desk time edit IT-1"
    asked = said("time.timer_forgotten", reference="IT-1", length="8 h", command=command)
    assert (await office.reads("bo", "@bo")).count(asked) == 1
    history = await office.types("bo", "/desk history IT-1")
    assert said("history.timer_forgotten", person="Bo Berg", entry="8 h · 2 Mar") in history
    assert asked not in await office.everything_seen_by("ana")


async def test_a_forgotten_timer_is_corrected_by_the_button_on_what_its_owner_is_told(office: Office) -> None:
    await office.types("bo", "/desk time start IT-1")
    await office.passes(hours=9)
    message = next(each for each in await office.sees("bo", "@bo") if each["content"]["buttons"])
    form = await office.presses("bo", message, said("time.button_edit"))
    assert form is not None
    assert {field["name"]: field["value"] for field in form["fields"]}["spent"] == "8h"
    await office.submits("bo", form, channel="@bo", spent="40m", day="", words="")
    assert await on_card(office) == "40 min"


async def test_where_the_desk_was_not_running_a_timer_that_is_stopped_late_counts_no_night(
    folder: Path,
) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        await office.types("bo", "/desk time start IT-1")
        office.clock.move(63 * (MONDAY_9.replace(hour=1) - MONDAY_9.replace(hour=0)))
        stopped = await office.types("bo", "/desk time stop")
        assert stopped == said("time.stopped_forgotten", reference="IT-1", entry="8 h · 2 Mar", total="8 h")
        await office.passes(minutes=5)
        assert await on_card(office) == "8 h"


async def test_a_team_sets_its_own_limit(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "limited.yaml"
    before = "    title: Service Desk\n"
    config.write_text(DESK.read_text(encoding="utf-8").replace(before, before + LIMIT), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        await office.types("bo", "/desk time start IT-1")
        await office.passes(hours=5)
        assert await on_card(office) == "2 h"


async def test_a_timer_of_a_team_with_hours_counts_up_to_the_end_of_its_day(folder: Path) -> None:
    async with open_office(folder, at=MONDAY_9.replace(hour=13)) as office:
        await office.says("ana", "help-hr", "My payslip is wrong")
        await office.types("bo", "/desk time start IT-1")
        await office.passes(hours=16)
        card = (await office.card("bo", "team-people", "IT-1"))["content"]
        assert ("Time worked", "3 h") in [(each["label"], each["answer"]) for each in card["answers"]]


async def test_resolving_stops_the_resolvers_timer_and_counts_it(office: Office) -> None:
    await office.types("bo", "/desk time start IT-1")
    await office.types("cleo", "/desk time start IT-1")
    await office.passes(minutes=20)
    await office.types("bo", "/desk resolve IT-1 new battery")
    assert await on_card(office) == "20 min"
    assert await office.types("bo", "/desk time stop") == said("time.none_running")
    assert "20 min" in await office.types("cleo", "/desk time stop")


async def test_what_was_removed_by_a_press_cannot_be_removed_again(office: Office) -> None:
    await office.types("bo", "/desk time start IT-1")
    await office.passes(minutes=20)
    reply = (await office.types_for_reply("bo", "/desk time stop"))["reply"]
    await pressed(office, "bo", reply, said("time.button_remove"))
    assert shown(await pressed(office, "bo", reply, said("time.button_remove"))) == said("time.entry_gone")
    assert await on_card(office) is None
