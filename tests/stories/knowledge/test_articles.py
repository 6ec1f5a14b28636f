"""Articles written, found and read in chat, at the page."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, shown

BODY = "Open **Settings**, then `VPN`.\n\n- Choose *Add*\n- Type vpn.example.com\n\n@everyone <!channel>"


async def writes(office: Office, who: str, **values: str) -> str:
    form = (await office.types_for_reply(who, "/kb new"))["reply"]
    given = {"title": "VPN on your phone", "body": BODY, "tags": "vpn phone", "audience": "everybody"}
    return await office.submits(who, form, channel="team-it", **{**given, "team": "it", **values})


async def presses(
    office: Office, who: str, reply: dict[str, Any], label: str, *, channel: str
) -> dict[str, Any] | None:
    """A button on a reply that only this person sees."""
    at = [each["label"] for each in reply["buttons"]].index(label)
    return await office.presses_private(who, reply, at, channel=channel)


async def edits(office: Office, who: str, name: str, **values: str) -> str:
    form = (await office.types_for_reply(who, f"/kb edit {name}"))["reply"]
    filled = {each["name"]: each["value"] for each in form["fields"]}
    return await office.submits(who, form, channel="team-it", **{**filled, **values})


async def test_what_an_agent_writes_everybody_finds_and_reads(office: Office) -> None:
    made = await writes(office, "bo")
    assert made.startswith(said("knowledge.made", title="VPN on your phone", name="vpn-on-your-phone"))
    found = await office.types("ana", "/kb search vpn phone")
    assert found.startswith(said("knowledge.found", text="vpn phone", count=1))
    assert "Choose Add" in found
    whole = await office.types("ana", "/kb show vpn-on-your-phone")
    assert "• Type vpn.example.com" in whole
    assert "**" not in whole
    assert "Service Desk" in whole
    assert "VPN on your phone" in await office.types("ana", "/kb list")


async def test_a_search_leads_to_the_whole_article(office: Office) -> None:
    await writes(office, "bo")
    reply = (await office.types_for_reply("ana", "/kb search vpn phone"))["reply"]
    label = said("knowledge.button_show", title="VPN on your phone")
    whole = await presses(office, "ana", reply, label, channel="help-it")
    assert "Type vpn.example.com" in str(whole)


async def test_where_nothing_fits_people_are_told_what_else_they_can_do(office: Office) -> None:
    nothing = said("knowledge.nothing_found", text="coffee", command="/kb list", ask="/ticket open")
    assert await office.types("ana", "/kb search coffee") == nothing
    assert await office.types("ana", "/kb list") == said("knowledge.none_yet")
    told = said("knowledge.none_yet_for_agents", command="/kb new")
    assert await office.types("bo", "/kb list") == told


async def test_a_nearly_right_name_is_suggested(office: Office) -> None:
    await writes(office, "bo")
    told = await office.types("ana", "/kb show vpn-on-your-phon")
    assert told == said("knowledge.no_article_meant", text="vpn-on-your-phon", word="vpn-on-your-phone")
    assert "Settings" in await office.types("ana", "/kb show VPN on your phone")


@pytest.mark.parametrize("mine", ["everybody", "team:it"])
async def test_what_an_article_is_called_does_not_show_that_another_team_has_one_of_its_title(
    office: Office, mine: str
) -> None:
    """Cleo's is for the Network team alone, which Bo is not of; whether it is there, Bo is told the same."""
    await writes(office, "cleo", team="network", audience="team:network", body="xHIDDENx")
    told = await writes(office, "bo", audience=mine)
    assert "vpn-on-your-phone" in told + await office.types("bo", "/kb list")
    assert "vpn-on-your-phone-2" not in told + await office.types("bo", "/kb list")
    assert "xHIDDENx" not in await office.types("bo", "/kb show vpn-on-your-phone")
    assert "xHIDDENx" in await office.types("cleo", "/kb show network.vpn-on-your-phone")


async def test_two_articles_of_a_title_that_everybody_reads_are_told_apart_by_a_number(
    office: Office,
) -> None:
    await writes(office, "bo")
    await writes(office, "bo", body="Another way.")
    assert "Another way." in await office.types("ana", "/kb show vpn-on-your-phone-2")


async def test_a_requester_writes_no_articles(office: Office) -> None:
    await writes(office, "bo")
    for line in ("new", "edit vpn-on-your-phone", "retire vpn-on-your-phone", "history vpn-on-your-phone"):
        told = await office.types("ana", f"/kb {line}")
        assert told.startswith(
            said("commands.agents_only", command=f"/kb {line.split()[0]}", ask="/ticket open")
        )


async def test_every_version_is_kept_with_who_made_it(office: Office) -> None:
    await writes(office, "bo")
    await edits(office, "cleo", "vpn-on-your-phone", body="Ask the desk.", tags="vpn")
    assert "Ask the desk." in await office.types("ana", "/kb show vpn-on-your-phone")
    reply = (await office.types_for_reply("bo", "/kb history vpn-on-your-phone"))["reply"]
    told = shown(reply)
    what = f"{said('knowledge.part_body')} and {said('knowledge.part_tags')}"
    assert f"Cleo Chen · {{}} · {what}".split("{}")[1] in told
    assert said("knowledge.first_version") in told
    old = await presses(office, "bo", reply, said("knowledge.button_version", number=1), channel="team-it")
    assert "Type vpn.example.com" in str(old)


async def test_who_edits_an_older_version_loses_nothing_of_the_newer(office: Office) -> None:
    await writes(office, "bo")
    late = (await office.types_for_reply("cleo", "/kb edit vpn-on-your-phone"))["reply"]
    await edits(office, "bo", "vpn-on-your-phone", body="Newer words.")
    filled = {each["name"]: each["value"] for each in late["fields"]}
    told = await office.submits("cleo", late, channel="team-it", **{**filled, "body": "Mine"})
    assert said("knowledge.changed_by_another", title="VPN on your phone") in told
    assert "Newer words." in await office.types("ana", "/kb show vpn-on-your-phone")


async def test_a_retired_article_is_found_by_nobody_and_its_history_stays(office: Office) -> None:
    await writes(office, "bo")
    question = (await office.types_for_reply("bo", "/kb retire vpn-on-your-phone"))["reply"]
    await presses(office, "bo", question, said("commands.kb_retire_submit"), channel="team-it")
    assert "VPN" not in (await office.types("ana", "/kb list"))
    assert "VPN on" not in await office.types("ana", "/kb search vpn phone")
    assert await office.types("ana", "/kb show vpn-on-your-phone") == said(
        "knowledge.no_article", text="vpn-on-your-phone"
    )
    assert said("knowledge.retired") in await office.types("bo", "/kb history vpn-on-your-phone")


async def test_another_teams_article_is_read_and_not_changed(office: Office) -> None:
    await writes(office, "cleo", team="network")
    told = await office.types("bo", "/kb edit vpn-on-your-phone")
    assert told == said("knowledge.not_yours", title="VPN on your phone")
    assert "Settings" in await office.types("bo", "/kb show vpn-on-your-phone")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", " ", said("knowledge.no_title")),
        ("title", "x" * 151, said("knowledge.title_too_long", number=150)),
        ("body", "x" * 3001, said("knowledge.body_too_long", number=3000)),
        ("tags", "t" * 60, said("knowledge.tags_too_long", number=40, most=20)),
        ("audience", "team:people", said("knowledge.audience_gone")),
        ("team", "people", said("knowledge.not_your_team")),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(office: Office, field: str, value: str, told: str) -> None:
    assert told in str(await writes(office, "cleo", **{field: value}))
    assert "VPN" not in await office.types("bo", "/kb list")


async def test_two_of_one_title_have_two_names(office: Office) -> None:
    await writes(office, "bo")
    assert "vpn-on-your-phone-2" in await writes(office, "cleo")


async def test_the_audit_log_says_who_did_what(office: Office) -> None:
    await writes(office, "bo")
    await edits(office, "cleo", "vpn-on-your-phone", body="Other")
    told = await office.types("lee", "/desk-admin audit")
    assert said("history.article_made", name="Bo Berg", article="vpn-on-your-phone") in told
    assert said("history.article_changed", name="Cleo Chen", article="vpn-on-your-phone") in told


async def test_kb_alone_asks_what_to_look_for(office: Office) -> None:
    form = (await office.types_for_reply("ana", "/kb"))["reply"]
    assert form["title"] == said("commands.kb_search_form")
    await writes(office, "bo")
    found = await office.submits("ana", form, channel="help-it", words="vpn phone")
    assert found.startswith(said("knowledge.found", text="vpn phone", count=1))


async def test_words_after_kb_are_looked_for_and_a_mistyped_verb_is_in_nobodys_way(office: Office) -> None:
    await writes(office, "bo")
    found = await office.types("ana", "/kb vpn phone")
    assert found.startswith(said("knowledge.found", text="vpn phone", count=1))
    mistyped = await office.types("ana", "/kb serach vpn")
    assert mistyped.startswith(said("knowledge.found", text="serach vpn", count=1))


async def test_where_nothing_fits_a_button_asks_the_team(office: Office) -> None:
    reply = (await office.types_for_reply("ana", "/kb search coffee"))["reply"]
    form = await presses(office, "ana", reply, said("requester.button_ask_the_team"), channel="help-it")
    assert form is not None
    assert {each["name"]: each["value"] for each in form["fields"]}["text"] == "coffee"


async def test_an_article_of_a_ticket_has_the_words_that_resolved_it(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 Please wait a moment")
    await office.types("bo", "/desk resolve IT-1 A new battery helps")
    form = (await office.types_for_reply("bo", "/kb from IT-1", channel="team-it"))["reply"]
    body = {each["name"]: each["value"] for each in form["fields"]}["body"]
    assert body.endswith("Please wait a moment\n\nA new battery helps")
