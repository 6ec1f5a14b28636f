"""Lee changes teams, inboxes and rules at the console without writing YAML, and names channels and people by name."""

from pathlib import Path

import pytest

from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit, do
from tests.stories.console.settings.settings_visit import (
    SAVE,
    SETTINGS,
    action,
    asked,
    fills,
    form,
    saved,
    text_of,
    write,
)
from tests.stories.office import Office
from tests.stories.portal.portal_visit import hidden_fields, open_portal, words_of


async def test_lee_adds_a_team_and_a_rule_by_name_and_takes_them_back(folder: Path, config: Path) -> None:
    before = text_of(config)
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        await office.says("ana", "help-it", "My chair is broken")
        shown = await lee.reads(SETTINGS)
        assert said("desk_forms.rules_about", team="Service Desk") in shown
        assert "Cleo Chen" in shown  # and not web:cleo

        page = await lee.opens(form("team"))
        assert '<option value="#team-desks">' in page.text
        assert '<option value="Bo Berg">' in page.text
        refused = await fills(
            lee, page, "team", title="Desks & chairs", channel="team chairs", agents_new="bo"
        )
        assert refused.status == 422
        assert said("desk_forms.unknown_channel_web", text="team chairs") in words_of(refused.text)
        assert 'value="Desks &amp; chairs"' in refused.text
        assert 'value="team chairs"' in refused.text
        assert 'value="web:bo" checked' in refused.text  # whoever was known is kept
        page = await fills(
            lee,
            refused,
            "team",
            title="Desks & chairs",
            channel="#team-desks",
            agents="web:bo",
            agents_new="Lee Lund",
        )
        assert page.status == 200, words_of(page.text)
        assert text_of(config) == before
        assert "Desks &amp; chairs" in (await saved(office, lee, page)).text
        added = text_of(config)
        assert added == before.replace(
            "\nrouting:",
            '  desks-chairs:\n    title: "Desks & chairs"\n    channel: web:team-desks\n'
            "    agents: [web:bo, web:lee]\n\nrouting:",
        )

        await adds_a_rule(office, lee, config)
        await removes_both(office, lee)
        back = await lee.opens(f"{SETTINGS}/versions/1/back")
        await lee.sends(back, do("desk-admin settings save", back=f"{SETTINGS}/versions", pressed=True))
        await office.desk.workers["settings_follower"].tick()
        assert text_of(config) == before


async def adds_a_rule(office: Office, lee: ConsoleVisit, config: Path) -> None:
    added = text_of(config)
    page = await lee.opens(form("rule"))
    page = await fills(
        lee,
        page,
        "rule",
        name="chairs",
        team="desks-chairs",
        any="all",
        key0="words",
        new0="chair, desk",
    )
    told = words_of(page.text)
    assert said("settings.route", number="1", before="Service Desk", after="Desks & chairs") in told
    await saved(office, lee, page)
    rule = "    - name: chairs\n      when:\n        words: [chair, desk]\n      team: desks-chairs\n"
    assert text_of(config) == added.replace("\nsla_policies:", f"{rule}\nsla_policies:")
    await office.says("ana", "help-it", "Another chair is broken")
    assert await office.card("bo", "team-desks", "IT-2")


async def removes_both(office: Office, lee: ConsoleVisit) -> None:
    page = await lee.opens(SETTINGS)
    refused = await lee.sends(page, asked("remove", "team", "desks-chairs"))
    assert refused.status == 422
    place = said("desk_forms.place_rule", name="chairs")
    assert said("desk_forms.named", name="desks-chairs", places=place) in words_of(refused.text)
    page = await lee.sends(page, asked("remove", "rule", "chairs"))
    await saved(office, lee, page)
    refused = await lee.sends(await lee.opens(SETTINGS), asked("remove", "team", "desks-chairs"))
    assert said("desk_forms.has_tickets", name="desks-chairs", count=1) in words_of(refused.text)


async def test_hours_a_rota_and_a_policy_are_made_and_given_to_a_team(folder: Path, config: Path) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        for of, typed in (
            (
                "calendar",
                {"name": "Early", "zone": "Europe/Berlin", "week": "mon-fri: 6:00-14:00", "country": "DE"},
            ),
            (
                "rota",
                {"name": "Nights", "zone": "Europe/Berlin", "handover": "9:00", "starts": "2026-01-05"}
                | {"people_new": "Bo Berg, Cleo Chen"},
            ),
            ("policy", {"name": "Swift", "first_response": "5m", "resolution": "urgent: 1h\r\nnormal: 4h"}),
        ):
            page = await fills(lee, await lee.opens(form(of)), of, **typed)
            assert page.status == 200, words_of(page.text)
            assert typed["name"].lower() in words_of((await saved(office, lee, page)).text)
        typed = {"title": "Network", "channel": "#team-network", "agents": "web:cleo", "leads": "web:lee"}
        typed |= {"calendar": "early", "rota": "nights", "sla_policy": "swift"}
        page = await fills(lee, await lee.opens(form("team", "network")), "team", "network", **typed)
        await saved(office, lee, page)
        desk = office.desk.in_force.desk()
        assert desk.teams["network"].rota == "nights"
        assert desk.team_policies["network"] == "swift"
        assert desk.rotas["nights"].people == ("web:bo", "web:cleo")
        assert '    week:\n      mon-fri: "6:00-14:00"\n    holidays:\n      country: DE\n' in text_of(config)
        refused = await lee.sends(await lee.opens(SETTINGS), asked("remove", "rota", "nights"))
        assert refused.status == 422
        assert "teams.network.rota" in words_of(refused.text)


async def test_what_is_there_is_edited_and_moved_where_it_stands(folder: Path, config: Path) -> None:
    before = text_of(config)
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(form("team", "it"))
        assert hidden_fields(page.text, action("team", "it"))["x-over"]
        page = await fills(
            lee,
            page,
            "team",
            "it",
            title="Service Desk",
            channel="#team-it",
            escalation_channel="#escalations-it",
            agents="web:cleo",
            agents_new="Dan Dietz",
            leads="web:lee",
            calendar="office",
        )
        await saved(office, lee, page)
        after = before.replace("[web:bo, web:cleo]", "[web:cleo, web:dan]", 1).replace(
            "calendar: 24x7", "calendar: office", 1
        )
        assert text_of(config) == after

        page = await lee.sends(await lee.opens(SETTINGS), asked("move", "rule", "network", by="up"))
        await saved(office, lee, page)
        lines = after.splitlines(keepends=True)
        people, network = (line for line in lines if line.startswith("    - {name: ") and "when" in line)
        assert text_of(config) == after.replace(people + network, network + people)

        page = await lee.opens(form("inbox"))
        page = await fills(
            lee,
            page,
            "inbox",
            name="Desks",
            channel="ask-desks",
            takes="commands_only",
            private="yes",
            goes_to="people",
        )
        assert said("desk_forms.rule_first", name="desks") in words_of(page.text)
        shown = words_of((await saved(office, lee, page)).text)
        assert "#ask-desks" in shown
        by_rule = said("desk_forms.place_rule", name="desks")
        assert f"{said('desk_forms.label_goes_to')} People {by_rule}" in shown
        assert office.desk.in_force.desk().router.only_team("desks") == "people"
        assert (
            "  desks:\n    channel: web:ask-desks\n    takes: commands_only\n    private: true\n"
            in text_of(config)
        )
        assert "    - name: desks\n      when:\n        inbox: desks\n      team: people\n" in text_of(config)
        await edits_the_inbox(office, lee, config)


async def test_a_file_that_cannot_be_written_is_given_to_commit_with_its_ends_of_lines(
    folder: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.config.edits.settings_file.is_writable", lambda _: False)
    before = text_of(config)
    write(config, before.replace("\n", "\r\n"))
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(form("inbox", "lounge"))
        assert said("settings.read_only", file=str(config)) in words_of(page.text)
        page = await fills(lee, page, "inbox", "lounge", channel="#lounge", takes="on_request", bots="")
        assert page.status == 422  # nothing differs
        typed = {"channel": "#ask-desks", "takes": "on_request"}
        page = await fills(lee, page, "inbox", "lounge", **typed)
        assert page.status == 200, words_of(page.text)
        assert said("overview.settings_commit") in words_of(page.text)
        assert page.text.count('class="line added"') == 1
        assert f'action="{SAVE}"' not in page.text


async def test_an_edit_of_the_file_is_kept_and_a_search_loses_nothing(folder: Path, config: Path) -> None:
    before = text_of(config)
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(form("rule", "network"))
        write(config, before.replace("Test desk", "Theirs"))
        typed = {"name": "network", "team": "it", "any": "all", "when0": "vpn, wifi", "tags": "network"}
        wrong = await fills(lee, page, "rule", "network", **{**typed, "tags": "x" * 80})
        assert wrong.status == 422
        assert '<option value="it" selected>' in wrong.text
        assert 'id="f-tags-problem"' in wrong.text
        page = await fills(lee, page, "rule", "network", **typed)
        assert page.status == 200
        assert said("overview.settings_merged") in words_of(page.text)
        assert "name: Theirs" in page.text.partition('id="others"')[2].partition("</section>")[0]
        assert text_of(config) == before.replace("Test desk", "Theirs")
        await saved(office, lee, page)
        assert "team: it" in text_of(config)
        assert "name: Theirs" in text_of(config)

        page = await lee.opens(f"{form('team')}&q=cleo")
        assert '<option value="Cleo Chen">' in page.text
        assert '<option value="Bo Berg">' not in page.text
        fields = {
            **hidden_fields(page.text, action("team")),
            "x-step": "again",
            "f-title": "Chairs",
            "f-q": "bo",
        }
        again = await lee.browser.sends(form("team"), **fields)
        assert again.status == 200
        assert 'value="Chairs"' in again.text
        assert '<option value="Bo Berg">' in again.text
        assert (await lee.opens(form("team", "nothing"))).status == 404
        assert (await lee.opens(form("nothing"))).status == 404


async def test_what_the_files_check_finds_is_said_at_the_field(folder: Path, config: Path) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        typed = {"name": "Early", "zone": "Berlin", "week": "mon-fri: 6:00-14:00"}
        wrong = await fills(lee, await lee.opens(form("calendar")), "calendar", **typed)
        assert wrong.status == 422
        assert "Europe/Berlin" in wrong.text.partition('id="f-zone-problem"')[2].partition("</p>")[0]
        typed = {"title": "Garage", "channel": "garage"}
        wrong = await fills(lee, await lee.opens(form("team")), "team", **typed)
        problems = wrong.text.partition('class="refused"')[2].partition("</div>")[0]
        assert "garage" in problems
        assert said("overview.settings_line", number="").rstrip(": ") not in words_of(f"<body>{problems}")


async def edits_the_inbox(office: Office, lee: ConsoleVisit, config: Path) -> None:
    page = await lee.opens(form("inbox", "desks"))
    assert said("desk_forms.place_rule", name="desks") in words_of(page.text)
    typed = {"channel": "#ask-chairs", "title": "Desks, chairs", "takes": "commands_only", "private": ""}
    page = await fills(lee, page, "inbox", "desks", **typed)
    assert said("desk_forms.new_channel", name="ask-chairs") in words_of(page.text)
    assert said("desk_forms.not_private", channel="#ask-chairs") in words_of(page.text)
    assert '<details id="whole-list">' in page.text
    again = await fills(lee, page, "inbox", "desks")
    assert again.status == 200
    assert 'name="f-channel" value="#ask-chairs"' in again.text
    assert said("overview.settings_preview") in words_of(again.text)
    assert "Desks, chairs" in words_of((await saved(office, lee, page)).text)
    assert "channel: web:ask-chairs\n" in text_of(config)
    assert office.desk.in_force.desk().inboxes["desks"].title == "Desks, chairs"
    shown = await lee.reads(f"{form('team')}&q=zzz")
    assert said("desk_forms.nothing_found", text="zzz") in shown
    assert said("desk_forms.none_desk_policy") in shown
