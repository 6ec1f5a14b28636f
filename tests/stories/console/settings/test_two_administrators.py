"""Two administrators change the same team or rule at the same time: neither undoes what the other did."""

from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit
from tests.stories.console.settings.settings_visit import (
    SAVE,
    SETTINGS,
    asked,
    fills,
    form,
    others,
    saved,
    text_of,
    write,
)
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, words_of

NETWORK = {"title": "Network", "channel": "#team-network", "agents": "web:cleo", "leads": "web:lee"}
NETWORK |= {"escalation_channel": "#escalations-network", "calendar": "24x7"}
VPN = {"name": "network", "team": "network", "priority": "high", "any": "all", "tags": "network"}


async def saves(office: Office, lee: ConsoleVisit, of: str, typed: dict[str, str]) -> None:
    page = await fills(lee, await lee.opens(form(of, "network")), of, "network", **typed)
    assert page.status == 200, words_of(page.text)
    await saved(office, lee, page)


async def test_only_what_one_changed_is_applied_and_the_page_says_what_a_colleague_did(
    folder: Path, config: Path
) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        mine = await lee.opens(form("team", "network"))
        rule = await lee.opens(form("rule", "network"))
        await saves(office, lee, "team", {**NETWORK, "agents_new": "Bo Berg"})
        assert "[web:cleo, web:bo]" in text_of(config)

        page = await fills(lee, mine, "team", "network", **{**NETWORK, "title": "Networks"})
        assert page.status == 200, words_of(page.text)
        assert said("overview.settings_merged") in words_of(page.text)
        told = others(page.text)
        assert said("overview.settings_version", number="2") in told
        assert "Lee Lund" in told
        assert "[web:cleo, web:bo]" in told
        assert (await lee.sends(page, f"{SETTINGS}/save")).status == 303
        assert "[web:cleo, web:bo]" in text_of(config)
        assert "title: Networks" in text_of(config)

        await saves(office, lee, "rule", {**VPN, "when0": "vpn, wifi, lan"})
        asked = await fills(lee, rule, "rule", "network", **{**VPN, "when0": "vpn", "tags": "net"})
        assert asked.status == 422
        wrote = f"{said('desk_forms.key_words')}: vpn"
        assert said("desk_forms.condition_changed", value=wrote) in words_of(asked.text)
        assert 'name="f-when0" value="vpn, wifi, lan"' in asked.text
        page = await fills(lee, asked, "rule", "network", **{**VPN, "when0": "vpn, lan", "tags": "net"})
        assert page.status == 200, words_of(page.text)
        assert page.text.count('class="line added"') <= 2


async def test_where_both_changed_the_same_field_both_values_are_shown(folder: Path, config: Path) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        mine = await lee.opens(form("team", "network"))
        await saves(office, lee, "team", {**NETWORK, "title": "Theirs", "calendar": "office"})
        asked = await fills(lee, mine, "team", "network", **{**NETWORK, "title": "Mine"})
        assert asked.status == 422
        assert said("desk_forms.both_changed", value="Theirs") in words_of(asked.text)
        assert 'value="Mine"' in asked.text
        assert '<option value="office" selected>' in asked.text
        assert "title: Theirs" in others(asked.text)
        typed = {**NETWORK, "title": "Mine", "calendar": "office"}
        page = await fills(lee, asked, "team", "network", **typed)
        assert page.status == 200
        assert (await lee.sends(page, f"{SETTINGS}/save")).status == 303
        assert "title: Mine" in text_of(config)


async def test_the_whole_files_editor_shows_the_others_change_and_what_would_be_undone(
    folder: Path, config: Path
) -> None:
    before = text_of(config)
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        mine = await lee.opens(SETTINGS)
        await saves(office, lee, "team", {**NETWORK, "title": "Theirs"})
        text = before.replace("Test desk", "Mine")
        refused = await lee.sends(mine, f"{SETTINGS}/preview", text=text)
        assert refused.status == 422
        told = others(refused.text)
        assert said("overview.settings_version", number="2") in told
        undone = told.partition(said("overview.settings_undone"))[2]
        assert "title: Theirs" in undone
        assert "Mine" not in undone
        assert f'action="{SETTINGS}/save"' not in refused.text


async def test_what_was_previewed_before_a_colleagues_change_is_previewed_again_over_it(
    folder: Path, config: Path
) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        mine = await lee.opens(form("team", "network"))
        previewed = await fills(lee, mine, "team", "network", **{**NETWORK, "title": "Networks"})
        gone = await lee.sends(await lee.opens(SETTINGS), asked("remove", "rule", "network"))
        assert gone.status == 200, words_of(gone.text)
        await saves(office, lee, "team", {**NETWORK, "agents_new": "Bo Berg"})
        by_hand = text_of(config).replace("Test desk", "Nest desk")
        write(config, by_hand)

        again = await lee.sends(previewed, SAVE)
        assert again.status == 422
        assert "[web:cleo, web:bo]" in others(again.text)
        assert said("overview.settings_merged") in words_of(again.text)
        assert again.text.count('class="line added"') <= 3
        assert (await lee.sends(again, SAVE)).status == 303
        assert text_of(config) == by_hand.replace("title: Network\n", "title: Networks\n")

        without = await lee.sends(gone, SAVE)
        assert without.status == 422
        assert "title: Networks" in others(without.text)
        assert (await lee.sends(without, SAVE)).status == 303
        assert "title: Networks" in text_of(config)
        assert "name: network" not in text_of(config)


async def test_a_preview_whose_field_a_colleague_changed_is_the_form_again_with_both(
    folder: Path, config: Path
) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        mine = await lee.opens(form("team", "network"))
        previewed = await fills(lee, mine, "team", "network", **{**NETWORK, "title": "Mine"})
        await saves(office, lee, "team", {**NETWORK, "title": "Theirs"})
        asked_again = await lee.sends(previewed, SAVE)
        assert asked_again.status == 422
        assert said("desk_forms.both_changed", value="Theirs") in words_of(asked_again.text)
        assert 'value="Mine"' in asked_again.text
