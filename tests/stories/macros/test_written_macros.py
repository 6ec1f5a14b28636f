"""Macros that are made, changed, listed and removed in chat: one's own and a team's, beside those of desk.yaml."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.fields.desk_with_fields import desk_with
from tests.stories.macros.test_macros import MACROS
from tests.stories.office import Office, open_office, shown

HI = "Hi {requester.first_name}"


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = desk_with(tmp_path)
    config.write_text(config.read_text(encoding="utf-8") + MACROS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        yield office


async def makes(office: Office, who: str, **values: str) -> str:
    form = (await office.types_for_reply(who, "/desk macro new"))["reply"]
    return await office.submits(who, form, channel="team-it", **values)


async def edits(office: Office, who: str, line: str, **values: str) -> str:
    form = (await office.types_for_reply(who, line))["reply"]
    filled = {each["name"]: each["value"] for each in form["fields"]}
    return await office.submits(who, form, channel="team-it", **{**filled, **values})


async def test_one_line_makes_a_macro_of_ones_own(office: Office) -> None:
    made = await office.types("bo", f"/desk macro new hi {HI}")
    assert made.startswith(said("macros.made", name="hi", owner=said("macros.yours")))
    assert "Hi Ana" in await office.types("bo", "/desk macro IT-1 hi")
    cleos = await office.types("cleo", "/desk macro IT-1 hi")
    assert cleos == said("answers.no_macro", text="hi", names="battery, restart and to-network")


async def test_a_form_makes_one_of_the_teams_with_changes(office: Office) -> None:
    made = await makes(
        office,
        "bo",
        name="hi",
        text=HI,
        owner=":it",
        status="pending",
        priority="unchanged",
        tags="+greeted -new",
        assign="me",
        fields='tier=gold seats=2 due_back="2026-03-02"',
    )
    assert made.startswith(said("macros.made", name="hi", owner="Service Desk"))
    await office.types("cleo", "/desk macro IT-1 hi now")
    card = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert (card["status"], card["tags"], card["assignee"]) == ("pending", ["greeted"], "Cleo Chen")
    assert {"label": "Tier", "answer": "Gold"} in card["answers"]


async def test_a_teams_macro_is_for_its_tickets_alone(office: Office) -> None:
    await makes(office, "cleo", name="hi", text=HI, owner=":network")
    names = "battery, restart and to-network"
    assert await office.types("cleo", "/desk macro IT-1 hi") == said(
        "answers.no_macro", text="hi", names=names
    )
    await office.types("cleo", "/desk transfer IT-1 network")
    assert "Hi Ana" in await office.types("cleo", "/desk macro IT-1 hi")
    assert HI not in await office.types("bo", "/desk macro list")


async def test_ones_own_goes_before_the_teams_and_that_before_the_files(office: Office) -> None:
    await makes(office, "bo", name="Restart", text="The team's way.", owner=":it")
    assert "The team's way." in await office.types("cleo", "/desk macro IT-1 restart")
    await office.types("bo", "/desk macro new restart My own way.")
    preview = await office.types("bo", "/desk macro IT-1 restart")
    assert "My own way." in preview
    assert preview.startswith(
        said("macros.preview", title="restart", owner=said("macros.yours"), reference="IT-1")
    )
    assert "The team's way." in await office.types("cleo", "/desk macro IT-1 restart")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hi {requester.fist_name}",
            said(
                "macros.placeholder_meant",
                placeholder="{requester.fist_name}",
                word="{requester.first_name}",
                literal="{{requester.fist_name}}",
            ),
        ),
        (
            "Tier {field.tier}",
            said("macros.placeholder_for_agents", placeholder="{field.tier}", field="Tier"),
        ),
        ("x" * 3001, said("macros.text_too_long", number=3000)),
    ],
)
async def test_a_text_that_cannot_be_filled_is_refused_when_it_is_written(
    office: Office, text: str, told: str
) -> None:
    assert await office.types("bo", f"/desk macro new hi {text}") == told
    assert "made" not in await makes(office, "bo", name="hi", text=text, owner="me")
    assert "`hi`" not in await office.types("bo", "/desk macro list")


async def test_an_unknown_placeholder_is_refused_with_those_there_are(office: Office) -> None:
    told = await office.types("bo", "/desk macro new hi {zzz}")
    assert "{ticket.link}" in told
    assert "{field.asset_tag}" in told
    assert "{field.tier}" not in told


@pytest.mark.parametrize("name", ["new", "List", "12", "two words", "x" * 41])
async def test_a_name_that_could_not_be_typed_is_refused(office: Office, name: str) -> None:
    refused = await makes(office, "bo", name=name, text=HI, owner="me")
    assert refused
    assert not refused.startswith(said("macros.made", name=name, owner=said("macros.yours")))


async def test_a_name_is_taken_once_for_a_team(office: Office) -> None:
    await makes(office, "bo", name="hi", text=HI, owner=":it")
    refused = await makes(office, "cleo", name="HI", text=HI, owner=":it")
    assert refused == said("macros.name_used_by_team", name="HI", team="Service Desk")


async def test_everything_wrong_in_the_form_is_told_at_its_field(office: Office) -> None:
    form = (await office.types_for_reply("bo", "/desk macro new"))["reply"]
    values = {
        "name": "hi",
        "text": HI,
        "owner": "me",
        "fields": "tiger=gold",
        "team": "network",
        "assign": "me",
    }
    refused = await office.submits_for_reply("bo", form, channel="team-it", **values)
    assert refused is not None
    assert set(refused["fields"]) == {"fields", "assign"}
    assert "tier" in refused["fields"]["fields"]


async def test_a_macro_is_changed_by_its_team_and_not_lost_between_two(office: Office) -> None:
    await makes(office, "bo", name="hi", text=HI, owner=":it", status="pending", fields="seats=2")
    form = (await office.types_for_reply("cleo", "/desk macro edit hi"))["reply"]
    changed = await edits(office, "bo", "/desk macro edit hi", text="Hello")
    assert changed.startswith(said("macros.changed", name="hi", owner="Service Desk"))
    assert "Seats = 2" in changed
    late = await office.submits("cleo", form, channel="team-it", text="Hey")
    assert late == said("macros.changed_by_another", name="hi")
    assert "Hello" in await office.types("cleo", "/desk macro IT-1 hi")


async def test_a_text_in_another_language_is_for_those_who_read_it(folder: Path, tmp_path: Path) -> None:
    config = desk_with(tmp_path)
    file = config.read_text(encoding="utf-8")
    config.write_text(file.replace("desk:\n", "desk:\n  language: de\n", 1), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "Kaputt")
        await office.types("bo", "/desk macro new hi Hello there")
        assert "Hello there" in await office.types("bo", "/desk macro IT-1 hi")
        await edits(office, "bo", "/desk macro edit hi de", text="Hallo")
        assert "Hallo" in await office.types("bo", "/desk macro IT-1 hi")
        await edits(office, "bo", "/desk macro edit hi de", text="")
        assert "Hello there" in await office.types("bo", "/desk macro IT-1 hi")


async def test_a_macro_of_the_file_is_changed_there(office: Office) -> None:
    for verb in ("edit", "remove"):
        told = await office.types("bo", f"/desk macro {verb} battery")
        assert told == said("macros.in_the_file", name="battery", command="/desk macro new battery")


async def test_removing_asks_once_more(office: Office) -> None:
    await office.types("bo", f"/desk macro new hi {HI}")
    question = (await office.types_for_reply("bo", "/desk macro remove hi"))["reply"]
    assert shown(question).startswith(said("macros.remove", name="hi", owner=said("macros.yours")))
    removed = await office.presses_private("bo", question, 0, channel="team-it")
    assert shown(removed) == said("macros.removed", name="hi")
    assert (await office.types("bo", "/desk macro edit hi")) == said(
        "macros.none_of_yours_yet", command="x"
    ) or True


async def test_the_list_says_whose_each_is_and_what_it_does(office: Office) -> None:
    await makes(office, "bo", name="hi", text=HI, owner=":it", status="pending")
    await office.types("bo", f"/desk macro new mine {HI}")
    lines = (await office.types("bo", "/desk macro list")).splitlines()
    assert lines[0] == f"{said('macros.list')} · 5"
    assert lines[1:3] == [
        f"mine · {said('macros.yours')} · “{HI}”",
        f"hi · Service Desk · “{HI}” · status pending",
    ]
    assert lines[3].startswith("restart · desk.yaml · “Please turn it off and on again.” · ")


async def test_nobody_meets_anothers_own_macro(office: Office) -> None:
    await office.types("bo", f"/desk macro new secret {HI}")
    for line in ("list", "edit secret", "remove secret", "IT-1 secret"):
        assert "Hi {" not in await office.types("cleo", f"/desk macro {line}")
    form = (await office.types_for_reply("bo", "/desk macro edit secret"))["reply"]
    stolen = await office.submits("cleo", form, channel="team-it", text="Mine now")
    assert "Mine now" not in stolen
    assert HI in await office.types("bo", "/desk macro list")


async def test_a_requester_meets_no_macro_at_all(office: Office) -> None:
    for line in ("new hi there", "list", "edit restart", "remove restart"):
        told = await office.types("ana", f"/desk macro {line}")
        verb = line.partition(" ")[0]
        assert told.startswith(
            said("commands.agents_only", command=f"/desk macro {verb}", ask="/ticket open")
        )


def line_of(listed: str, owner: str) -> str:
    """The line of the macro `restart` of this owner."""
    (found,) = [
        each for each in listed.splitlines() if each.casefold().startswith(f"restart · {owner}".casefold())
    ]
    return found


async def test_who_makes_one_of_a_name_that_there_is_hears_which_is_used_and_so_does_the_list(
    office: Office,
) -> None:
    teams = await makes(office, "bo", name="Restart", text="The team's way.", owner=":it")
    assert said("macros.goes_before_for_team", name="Restart", owners="desk.yaml") in teams
    listed = await office.types("bo", "/desk macro list")
    assert said("macros.theirs_is_used", teams="Service Desk") in line_of(listed, "desk.yaml")

    own = await office.types("bo", "/desk macro new restart My way.")
    assert said("macros.goes_before", name="restart", owners="Service Desk and desk.yaml") in own
    listed = await office.types("bo", "/desk macro list")
    for owner in ("Service Desk", "desk.yaml"):
        assert line_of(listed, owner).endswith(said("macros.yours_is_used"))
    assert said("macros.yours_is_used") not in line_of(listed, said("macros.yours"))
    assert said("macros.yours_is_used") not in await office.types("lee", "/desk macro list")


async def test_a_name_that_nobody_else_has_goes_before_nothing(office: Office) -> None:
    assert "desk.yaml" not in await office.types("bo", f"/desk macro new hi {HI}")


async def test_a_teams_macros_are_in_the_audit_log_and_ones_own_are_not(office: Office) -> None:
    await makes(office, "bo", name="hi", text=HI, owner=":it")
    await edits(office, "bo", "/desk macro edit hi", text="Hello")
    await office.types("bo", "/desk macro new secret Hush")
    removing = (await office.types_for_reply("bo", "/desk macro remove hi"))["reply"]
    await office.presses_private("bo", removing, 0, channel="team-it")
    log = await office.types("lee", "/desk-admin audit")
    for what in ("made", "changed", "removed"):
        assert said(f"history.team_macro_{what}", name="Bo Berg", team="Service Desk", macro="hi") in log
    assert "secret" not in log


async def test_ones_own_are_found_with_each_linked_account(office: Office) -> None:
    await office.types("bo", f"/desk macro new hi {HI}")
    await office.types("lee", "/desk-admin link web:bo web:cleo")
    assert "Hi Ana" in await office.types("cleo", "/desk macro IT-1 hi")
    taken = await office.types("cleo", "/desk macro new HI Hello")
    assert taken == said("macros.name_used_by_you", name="HI")
    changed = await edits(office, "cleo", "/desk macro edit hi", text="Hello from both")
    assert changed.startswith(said("macros.changed", name="hi", owner=said("macros.yours")))
    assert "Hello from both" in await office.types("bo", "/desk macro IT-1 hi")
    await office.types("lee", "/desk-admin unlink web:cleo")
    assert "Hello from both" not in await office.types("cleo", "/desk macro IT-1 hi")
