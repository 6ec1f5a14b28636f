"""What sounds confidential is posted nowhere by a form or command before its author has said who may read it."""

from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.direct_messages.test_unanswered_questions import ticks
from tests.stories.office import Office, open_office, shown

SECRET = "I take antidepressants, please do not tell my manager"
ASKED = said("requester.who_may_read")
ONLY_TEAM, EVERYONE = 0, 1


async def asked_by_form(office: Office, **chosen: str) -> dict[str, Any]:
    form = (await office.types_for_reply("ana", "/ticket open", channel="help-it"))["reply"]
    reply = await office.submits_for_reply("ana", form, channel="help-it", text=SECRET, **chosen)
    assert reply is not None
    return reply


async def asked_by_command(office: Office) -> dict[str, Any]:
    reply: dict[str, Any] = (await office.types_for_reply("ana", f"/ticket open {SECRET}"))["reply"]
    return reply


@pytest.mark.parametrize("asks", [asked_by_form, asked_by_command])
async def test_nothing_is_posted_before_it_is_said_who_may_read_it(office: Office, asks: Any) -> None:
    asked = await asks(office)
    assert shown(asked) == ASKED
    labels = [each["label"] for each in asked["buttons"]]
    assert labels == [said("requester.button_only_team"), said("requester.button_everyone")]
    assert "antidepressants" not in await office.everything_seen_by("dan")
    chosen = await office.presses_private("ana", asked, ONLY_TEAM, channel="help-it")
    assert said("answers.created_in_directs", reference="IT-1", team="Service Desk") in shown(chosen)
    assert "antidepressants" not in await office.everything_seen_by("dan")
    content = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert (content["excerpt"], content["is_private"]) == (SECRET, True)
    again = await office.presses_private("ana", asked, EVERYONE, channel="help-it")
    assert said("refusals.already_part_of", reference="IT-1") in shown(again)
    await office.passes(minutes=16)
    assert await ticks(office) == 0


async def test_who_wants_it_in_the_channel_has_it_there(office: Office) -> None:
    asked = await asked_by_form(office)
    chosen = await office.presses_private("ana", asked, EVERYONE, channel="help-it")
    assert said("answers.created_in_thread", reference="IT-1", team="Service Desk") in shown(chosen)
    assert SECRET in await office.everything_seen_by("dan")


@pytest.mark.parametrize(("choice", "place"), [("no", "thread"), ("yes", "directs")])
async def test_who_has_chosen_in_the_form_is_not_asked(office: Office, choice: str, place: str) -> None:
    facts = {"reference": "IT-1", "team": "Service Desk"}
    answer = shown(await asked_by_form(office, private=choice))
    assert said(f"answers.created_in_{place}", **facts) in answer
    others = said("requester.others_read_own", command="/ticket private IT-1", **facts)
    assert (others in answer) is (choice == "no")


async def test_what_nobody_decides_goes_to_the_team_in_private(office: Office) -> None:
    await asked_by_form(office)
    await office.passes(minutes=14)
    assert await ticks(office) == 0
    await office.passes(minutes=2)
    assert await ticks(office) == 1
    assert "antidepressants" not in await office.everything_seen_by("dan")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["is_private"]
    assert SECRET in await office.everything_seen_by("ana")


async def test_nobody_else_decides(office: Office) -> None:
    asked = await asked_by_form(office)
    await office.presses_private("dan", asked, EVERYONE, channel="help-it")
    assert await office.sees("bo", "team-it") == []


async def test_a_topic_that_a_rule_takes_in_confidence_is_asked_about_as_well(
    folder: Path, tmp_path: Path
) -> None:
    rule = "- {name: trust, when: {private: true, words: [bullying]}, team: people}\n    - {name: network"
    config = tmp_path / "trust.yaml"
    config.write_text(DESK.read_text("utf-8").replace("- {name: network", rule), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        asked = (await office.types_for_reply("ana", "/ticket open I report bullying"))["reply"]
        assert shown(asked) == ASKED
        await office.presses_private("ana", asked, ONLY_TEAM, channel="help-it")
        assert (await office.card("bo", "team-people", "IT-1"))["content"]["is_private"]


async def test_what_is_private_anyway_or_sounds_like_anything_else_is_opened_at_once(office: Office) -> None:
    for reference, channel, text in (
        ("IT-1", "@ana", SECRET),
        ("IT-2", "hr-private", SECRET),
        ("IT-3", "help-it", "My payslip is wrong, do not tell my manager"),
        ("IT-4", "help-it", "My mouse is dead"),
    ):
        assert reference in await office.types("ana", f"/ticket open {text}", channel=channel)
