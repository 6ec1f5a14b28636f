"""Time worked on tickets, on the page: logged, listed, corrected, and never on the requester's side."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, open_office, shown
from tests.stories.tickets.test_transcripts import transcripts

LABEL = "Time worked"


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        yield office


async def logs(office: Office, words: str, *, who: str = "bo") -> str:
    return await office.types(who, f"/desk time IT-1 {words}")


async def on_card(office: Office, reference: str = "IT-1") -> str | None:
    """What the card says was worked."""
    answers = (await office.card("bo", "team-it", reference))["content"]["answers"]
    return next((each["answer"] for each in answers if each["label"] == LABEL), None)


async def test_time_is_logged_listed_and_added_up(office: Office) -> None:
    answer = await logs(office, "25m fixed the switch")
    assert answer == said(
        "time.logged", reference="IT-1", entry="25 min · 2 Mar · fixed the switch", total="25 min"
    )
    await logs(office, "yesterday 1h 20m", who="cleo")
    listed = await office.types("bo", "/desk time IT-1")
    assert listed.splitlines() == [
        said("time.heading", reference="IT-1", total="1 h 45 min"),
        "1. Cleo Chen · 1 h 20 min · 1 Mar",
        "2. Bo Berg · 25 min · 2 Mar · fixed the switch",
    ]
    assert await on_card(office) == "1 h 45 min"
    assert f"{LABEL}: 1 h 45 min" in await office.types("cleo", "/ticket show IT-1")


async def test_a_card_without_time_says_nothing_of_it(office: Office) -> None:
    assert await on_card(office) is None
    assert LABEL not in await office.types("bo", "/ticket show IT-1")
    nothing = said("time.nothing_logged", reference="IT-1", command="/desk time IT-1 25m")
    assert await office.types("bo", "/desk time IT-1") == nothing


async def test_the_requesters_side_never_reads_of_it(office: Office) -> None:
    await logs(office, "25m swapped the zephyr fuse")
    refused = await office.types("ana", "/ticket time IT-1")
    assert "zephyr" not in refused
    assert "25" not in refused
    assert LABEL not in await office.types("ana", "/ticket show IT-1")
    await office.types("bo", "/desk resolve IT-1 new battery")
    await office.types("ana", "/ticket close IT-1")
    await office.types("ana", "/ticket transcript IT-1")
    everything = await office.everything_seen_by("ana")
    assert "zephyr" not in everything
    assert LABEL not in everything
    assert await office.types("ana", "/ticket search zephyr") == said("search.nothing_found", text="zephyr")


@pytest.mark.parametrize(
    ("typed", "key", "facts"),
    [
        ("-25m back", "time.negative", {}),
        ("0m", "time.zero", {}),
        ("25h", "time.too_long", {"limit": 24}),
        ("tomorrow 25m", "time.future", {}),
        ("2026-03-03 25m", "time.future", {}),
        ("2020-03-03 25m", "time.too_old", {}),
    ],
)
async def test_what_cannot_have_been_worked_is_refused(
    office: Office, typed: str, key: str, facts: dict[str, Any]
) -> None:
    assert await logs(office, typed) == said(key, **facts)
    assert await on_card(office) is None


async def test_a_number_alone_and_other_words_say_how_time_is_written(office: Office) -> None:
    examples = said("time.examples")
    assert await logs(office, "25 cable") == f"{said('time.no_unit', text='25', example='25m')} {examples}"
    assert await logs(office, "a while") == f"{said('time.not_a_length', text='a while')} {examples}"


async def test_only_the_tickets_team_logs_time(office: Office) -> None:
    await office.says("ana", "help-it", "The vpn is down")
    answer = await office.types("bo", "/desk time IT-2 25m")
    assert (
        said(
            "commands.team_only",
            people="Cleo Chen or Lee Lund",
            reference="IT-2",
            team="Network",
            command="/desk time",
        )
        in answer
    )


async def test_tickets_are_found_by_what_was_worked_on_them(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await logs(office, "2h 5m")
    found = await office.types("bo", "/desk search time:>2h")
    assert "IT-1" in found
    assert "IT-2" not in found
    nothing = said("search.nothing_found", text="time:>3h")
    assert await office.types("bo", "/desk search time:>3h") == nothing
    refused = said("search.not_a_length", text=">long", filter="time:")
    assert await office.types("bo", "/desk search time:>long") == refused
    assert "IT-1" not in await office.types("ana", "/ticket search time:>2h")


async def pressed(office: Office, who: str, reply: dict[str, Any], label: str) -> dict[str, Any]:
    labels = [each["label"] for each in reply["buttons"]]
    found = await office.presses_private(who, reply, labels.index(label), channel="team-it")
    assert found is not None
    return found


async def test_its_owner_corrects_an_entry_and_both_versions_stay_in_the_history(office: Office) -> None:
    reply = (await office.types_for_reply("bo", "/desk time IT-1 25m cable"))["reply"]
    form = await pressed(office, "bo", reply, said("time.button_edit"))
    held = {field["name"]: field["value"] for field in form["fields"]}
    assert held == {"spent": "25m", "day": "2026-03-02", "words": "cable"}
    values = {"spent": "40", "day": "yesterday", "words": "cable and plug"}
    answer = await office.submits("bo", form, channel="team-it", **values)
    after = "40 min · 1 Mar · cable and plug"
    assert answer == said("time.changed", reference="IT-1", entry=after, total="40 min")
    assert await on_card(office) == "40 min"
    changed = said("history.time_changed", name="Bo Berg", before="25 min · 2 Mar · cable", entry=after)
    assert changed in await office.types("bo", "/desk history IT-1")


async def test_the_form_says_what_is_wrong_by_field_and_keeps_the_rest(office: Office) -> None:
    card = await office.card("bo", "team-it", "IT-1")
    form = await office.presses("bo", card, said("team.button_time_form"))
    assert form is not None
    refused = await office.submits_for_reply("bo", form, channel="team-it", spent="soon", day="someday")
    assert refused is not None
    assert refused["fields"] == {
        "spent": said("time.not_a_length", text="soon"),
        "day": said("time.not_a_day", text="someday"),
    }
    assert await office.submits("bo", form, channel="team-it", spent="25h") == said("time.too_long", limit=24)
    await office.submits("bo", form, channel="team-it", spent="90", words="cable")
    assert await on_card(office) == "1 h 30 min"


async def test_a_lead_removes_what_others_logged_and_other_agents_cannot(office: Office) -> None:
    await logs(office, "25m cable")
    listed = (await office.types_for_reply("lee", "/desk time edit IT-1"))["reply"]
    removes = said("time.button_remove_number", number=1)
    answer = await pressed(office, "lee", listed, removes)
    entry = "25 min · 2 Mar · cable"
    assert shown(answer) == said("time.removed", reference="IT-1", entry=entry, total="0 s")
    assert await on_card(office) is None
    history = await office.types("bo", "/desk history IT-1")
    assert said("history.time_removed_of", name="Lee Lund", person="Bo Berg", entry=entry) in history
    again = await pressed(office, "lee", listed, removes)
    assert shown(again) == said("time.entry_gone")
    await logs(office, "5m")
    others = (await office.types_for_reply("cleo", "/desk time IT-1"))["reply"]
    labels = [each["label"] for each in others["buttons"]]
    assert labels == [said("time.button_log"), said("time.button_start")]


async def test_a_transferred_ticket_keeps_its_time_and_its_owner_can_still_correct_it(office: Office) -> None:
    reply = (await office.types_for_reply("bo", "/desk time IT-1 25m cable"))["reply"]
    await office.types("bo", "/desk transfer IT-1 network")
    assert "Bo Berg · 25 min" in await office.types("cleo", "/desk time IT-1")
    form = await pressed(office, "bo", reply, said("time.button_edit"))
    answer = await office.submits("bo", form, channel="team-it", spent="30m", day="", words="cable")
    assert "30 min" in answer


async def test_the_staffs_transcript_tells_of_it_and_the_requesters_does_not(office: Office) -> None:
    await logs(office, "25m cable")
    await office.types("bo", "/desk close IT-1 replaced")
    logged = said("history.time_logged", person="Bo Berg", entry="25 min · 2 Mar · cable")
    for who, group in (("bo", "desk"), ("ana", "ticket")):
        await office.types(who, f"/{group} transcript IT-1")
        ((_, page, text),) = await transcripts(office, who, f"@{who}")
        assert (logged in text) is (who == "bo")
        assert ("cable" in page) is (who == "bo")
