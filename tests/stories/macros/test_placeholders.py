"""Macros with placeholders: they are filled in, and what has no value is told before anything is sent."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.fields.desk_with_fields import desk_with
from tests.stories.office import Office, open_office, plain, shown

SEND, EDIT = 0, 1
MACROS = """
macros:
  hello:
    text: |-
      Hi {requester.first_name}, this is {agent.first_name} of {team.name} about {ticket.number}, {ticket.subject}.
      {{not.filled}} {"json": 1}
  tagged:
    text: "Your {field.asset_tag} is due {field.due_back}."
    fields: {tier: Gold, seats: 3}
  where:
    text: "See {ticket.link}"
  german:
    text: Please restart.
    texts: {de: "Bitte starten Sie neu, {requester.name}."}
  mine:
    text: I am on it.
    assign: me
"""


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = desk_with(tmp_path)
    config.write_text(config.read_text(encoding="utf-8") + MACROS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def replies(office: Office, root: str) -> list[str]:
    read = await office.reads("ana", "help-it", thread=root)
    return [each.removeprefix("Bo Berg: ") for each in read if each.startswith("Bo Berg: ")]


async def test_placeholders_are_filled_with_what_the_ticket_is_about(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk macro IT-1 hello now")
    (reply,) = await replies(office, root)
    assert reply.splitlines() == [
        "Hi Ana, this is Bo of Service Desk about IT-1, My mouse is dead.",
        '{not.filled} {"json": 1}',
    ]


async def test_what_people_wrote_is_no_placeholder_of_ours(office: Office) -> None:
    root = await office.says("ana", "help-it", "{agent.name} *x* <!channel> {{team.name}}")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 hello", channel="team-it"))["reply"]
    form = await office.presses_private("bo", reply, EDIT, channel="team-it")
    assert form is not None
    await office.submits("bo", form, channel="team-it", text=form["fields"][0]["value"])
    (said_to_ana,) = await replies(office, root)
    assert "{agent.name} *x* <!channel> {{team.name}}" in said_to_ana


async def test_an_empty_field_is_told_and_not_sent(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk set IT-1 due_back=2026-03-02")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 tagged now", channel="team-it"))["reply"]
    told = said(
        "macros.field_empty",
        placeholder="{field.asset_tag}",
        label="Asset tag",
        command="/desk set IT-1 asset_tag=…",
    )
    assert told in shown(reply)
    assert [each["label"] for each in reply["buttons"]] == [
        said("macros.button_edit"),
        said("macros.button_cancel"),
    ]
    assert await replies(office, root) == []


async def test_a_text_is_sent_only_once_its_placeholder_is_replaced_or_filled(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk set IT-1 due_back=2026-03-02")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 tagged", channel="team-it"))["reply"]
    form = await office.presses_private("bo", reply, 0, channel="team-it")
    assert form is not None
    left = form["fields"][0]["value"]
    assert left.startswith("Your {field.asset_tag} is due ")
    refused = await office.submits("bo", form, channel="team-it", text=left)
    assert "{field.asset_tag}" in refused
    assert await replies(office, root) == []
    await office.types("bo", "/desk set IT-1 asset_tag=L-204")
    await office.submits("bo", form, channel="team-it", text=left)
    (sent,) = await replies(office, root)
    assert sent.startswith("Your L-204 is due ")


async def test_a_placeholder_that_is_typed_into_the_text_is_filled_too(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 hello", channel="team-it"))["reply"]
    form = await office.presses_private("bo", reply, EDIT, channel="team-it")
    assert form is not None
    await office.submits("bo", form, channel="team-it", text="About {ticket.number}: {whatever}")
    assert await replies(office, root) == ["About IT-1: {whatever}"]


async def test_fields_are_set_and_those_the_ticket_lacks_are_told(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk set IT-1 asset_tag=L-204 due_back=2026-03-02")
    preview = await office.types("bo", "/desk macro IT-1 tagged")
    assert "Seats = 3" in preview
    assert "Tier = Gold" in preview
    await office.types("bo", "/desk macro IT-1 tagged now")
    answers = (await office.card("bo", "team-it", "IT-1"))["content"]["answers"]
    assert {"label": "Seats", "answer": "3"} in answers
    await office.types("bo", "/desk transfer IT-1 network")
    other = await office.types("cleo", "/desk macro IT-1 mine")
    assert said("macros.change_assign_me") in other
    foreign = await office.types("cleo", "/desk macro IT-1 tagged")
    assert said("macros.left_out", names="seats and tier") in foreign or "tier and seats" in foreign
    assert said("macros.field_elsewhere", placeholder="{field.asset_tag}", reference="IT-1") in foreign


async def test_the_link_leads_to_the_requesters_thread(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk macro IT-1 where now")
    (reply,) = await replies(office, root)
    assert reply.startswith("See http")
    assert reply.endswith(f"/#/help-it/{root}")


async def test_agents_of_an_anonymous_team_go_by_its_name(folder: Path, tmp_path: Path) -> None:
    config = desk_with(tmp_path, more="    anonymous: true\n")
    config.write_text(config.read_text(encoding="utf-8") + MACROS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk macro IT-1 hello now")
        (*_, reply) = await office.reads("ana", "help-it", thread=root)
        assert "this is Service Desk of Service Desk" in reply
        assert "Bo" not in reply


async def test_what_resolving_still_needs_is_told_before_anything_is_sent(
    folder: Path, tmp_path: Path
) -> None:
    config = desk_with(tmp_path, more="    required_to_resolve: [asset_tag, tier]\n")
    solved = "\nmacros:\n  solved: {text: Solved., status: resolved, fields: {tier: Gold}}\n"
    config.write_text(config.read_text(encoding="utf-8") + solved, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        told = await office.types("bo", "/desk macro IT-1 solved now")
        needs = said("macros.resolving_needs", fields="Asset tag", command="/desk set IT-1 asset_tag=…")
        assert needs in told
        await office.types("bo", "/desk set IT-1 asset_tag=L-204")
        await office.types("bo", "/desk macro IT-1 solved now")
        assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "resolved"


async def test_a_private_ticket_is_shown_to_another_team_only_after_a_look(
    folder: Path, tmp_path: Path
) -> None:
    config = desk_with(tmp_path)
    moved = "\nmacros:\n  moved: {text: Our network people will look., team: network}\n"
    config.write_text(config.read_text(encoding="utf-8") + moved, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.types("ana", "/ticket open private: My mouse is dead")
        reply = (await office.types_for_reply("bo", "/desk macro IT-1 moved now", channel="team-it"))["reply"]
        assert said("answers.transfer_private", reference="IT-1", team="Network") in shown(reply)
        await office.presses_private("bo", reply, SEND, channel="team-it")
        assert (await office.card("cleo", "team-network", "IT-1"))["content"]["team"] == "Network"


async def test_a_macro_assigns_the_ticket_to_whoever_sends_it(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("cleo", "/desk macro IT-1 mine now")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["assignee"] == "Cleo Chen"


async def test_somebody_who_changed_the_field_meanwhile_makes_the_preview_come_again(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk set IT-1 asset_tag=L-204 due_back=2026-03-02")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 tagged", channel="team-it"))["reply"]
    await office.types("cleo", "/desk set IT-1 asset_tag=L-300")
    again = await office.presses_private("bo", reply, SEND, channel="team-it")
    assert again is not None
    assert said("macros.changed_meanwhile") in shown(again)
    assert "L-300" in shown(again)
    assert await replies(office, root) == []
    await office.presses_private("bo", again, SEND, channel="team-it")
    (sent,) = await replies(office, root)
    assert "L-300" in sent


async def test_a_reply_typed_with_a_placeholder_is_shown_filled_in_before_it_is_sent(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    line = "/desk reply IT-1 Hi {requester.first_name}, {json} {{team.name}} {field.asset_tag}"
    form = (await office.types_for_reply("bo", line, channel="team-it"))["reply"]
    assert await replies(office, root) == []
    typed = said("answers.placeholders_typed", names="{requester.first_name} and {field.asset_tag}")
    assert typed in plain(form["notice"])
    assert "asset_tag=…" in plain(form["notice"])
    (field,) = form["fields"]
    line = "/desk reply IT-1 It is {field.nope}, {requester.nope} and {user.name}"
    unknown = (await office.types_for_reply("bo", line, channel="team-it"))["reply"]
    assert said("macros.no_value", placeholder="{field.nope}") in plain(unknown["notice"])
    assert said("macros.no_value", placeholder="{requester.nope}") in plain(unknown["notice"])
    assert "{user.name}" not in plain(unknown["notice"])
    assert field["value"] == "Hi Ana, {json} {{team.name}} {field.asset_tag}"
    await office.submits("bo", form, channel="team-it", text="Hi Ana, {json} {{team.name}} {team.name}")
    assert await replies(office, root) == ["Hi Ana, {json} {{team.name}} {team.name}"]


async def test_a_reply_sent_from_the_form_is_asked_about_placeholders_too(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    form = (await office.types_for_reply("bo", "/desk resolve IT-1", channel="team-it"))["reply"]
    values = {each["name"]: "" for each in form["fields"]} | {"resolution": "Done, {Requester.Name}"}
    asked = await office.sends_form("bo", form, channel="team-it", values=values)
    assert asked is not None
    assert await replies(office, root) == []
    assert "Done, Ana Alves" in [each["value"] for each in asked["fields"]]


async def test_code_in_a_reply_and_placeholders_in_a_note_are_left_as_they_are(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", '/desk reply IT-1 Run ${HOME}/x {"a": {b}} {user.name}', channel="team-it")
    await office.types("bo", "/desk note IT-1 The macro lacks {requester.name}", channel="team-it")
    assert await replies(office, root) == ['Run ${HOME}/x {"a": {b}} {user.name}']
    assert "{requester.name}" in await office.types("bo", "/desk show IT-1")
