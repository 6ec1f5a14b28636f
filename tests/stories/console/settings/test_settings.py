"""An administrator edits desk.yaml at the console: refused with its line, previewed, saved, taken back."""

from pathlib import Path

import pytest

from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit, do
from tests.stories.console.settings.settings_visit import PREVIEW, SAVE, SETTINGS, VERSIONS, text_of, write
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, words_of

RULE = "{name: network, when: {words: [vpn, wifi]}, team: network, priority: high, tags: [network]}"


def remove(path: Path) -> None:
    path.unlink()


async def follows(office: Office) -> None:
    await office.desk.workers["settings_follower"].tick()


async def test_lee_previews_mends_saves_and_takes_it_back(folder: Path, config: Path) -> None:
    before = text_of(config)
    after = before.replace(RULE, RULE.replace("team: network", "team: people"))
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        await office.says("ana", "help-it", "The vpn drops every minute")
        page = await lee.opens(SETTINGS)
        assert RULE in page.text

        wrong = after.replace("team: people, priority", "team: peeple, priority")
        refused = await lee.sends(page, PREVIEW, text=wrong.replace("\n", "\r\n"), reason="A <trial>")
        assert refused.status == 422
        line = wrong[: wrong.index("peeple")].count("\n") + 1
        shown = words_of(refused.text)
        assert said("settings.unusable") in shown
        assert said("overview.settings_line", number=str(line)) in shown
        assert "team: peeple, priority" in refused.text.partition("<textarea")[2]
        assert 'value="A &lt;trial&gt;"' in refused.text
        assert f'action="{SAVE}"' not in refused.text

        page = await lee.sends(refused, PREVIEW, text=after.replace("\n", "\r\n"), reason="A <trial>")
        shown = words_of(page.text)
        assert page.status == 200
        assert said("settings.routes", number=1, count=1) in shown
        assert said("settings.route", number="1", before="Network", after="People") in shown
        assert f'<span class="line added">+    - {RULE.replace("team: network", "team: people")}' in page.text
        assert text_of(config) == before

        sent = await lee.sends(page, SAVE)
        assert (await lee.sends(page, SAVE)).status == 303  # the button pressed twice
        assert sent.status == 303
        shown = await lee.reads(sent.location)
        assert said("settings.saved", number="2", file=str(config)) in shown
        assert "team: people" in shown
        assert text_of(config) == after
        await follows(office)
        await office.says("ana", "help-it", "The wifi is gone")
        assert (await office.card("bo", "team-people", "IT-2"))["content"]["subject"]
        listed = await office.types("lee", "/desk-admin settings versions")
        assert [each.split(" ")[0] for each in listed.splitlines()] == ["2", "1"]
        assert "A <trial>" in listed
        log = await office.types("lee", "/desk-admin audit")
        because = said("history.settings_change_because", name="Lee Lund", number="2", reason="A <trial>")
        assert log.count(because) == 1

        shown = await lee.reads(VERSIONS)
        assert "Lee Lund" in shown
        assert said("overview.settings_from_file") in shown
        assert "team: people" in await lee.reads(f"{VERSIONS}/2")
        assert (await lee.opens(f"{VERSIONS}/9")).status == 404
        back = await lee.opens(f"{VERSIONS}/1/back")
        assert said("settings.route", number="2", before="People", after="Network") in words_of(back.text)
        assert text_of(config) == after
        gone = await lee.sends(back, do("desk-admin settings save", back=VERSIONS, pressed=True))
        await shows_the_last_as_current(lee, gone.location, config)
        await follows(office)
        assert text_of(config) == before
        assert said("overview.settings_restored", number="1") in await lee.reads(VERSIONS)


async def shows_the_last_as_current(lee: ConsoleVisit, where: str, config: Path) -> None:
    """Before the worker's next look."""
    shown = await lee.reads(where)
    assert said("settings.saved", number="3", file=str(config)) in shown
    assert said("settings.edited_since") not in shown
    current = said("overview.settings_current")
    assert shown.count(f"{said('overview.settings_version', number='3')} {current}") == 1
    assert shown.count(f" {current} ") == 1  # and not version 1, which says the same
    assert "team: network" in (await lee.opens(SETTINGS)).text


async def test_what_was_edited_by_hand_meanwhile_is_shown_beside_and_not_written_over(
    folder: Path, config: Path
) -> None:
    before = text_of(config)
    mine, theirs = before.replace("Test desk", "Mine"), before.replace("Test desk", "Theirs")
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.sends(await lee.opens(SETTINGS), PREVIEW, text=mine)
        write(config, theirs)
        refused = await lee.sends(page, SAVE)
        assert refused.status == 422
        assert said("settings.changed_meanwhile", file=str(config)) in words_of(refused.text)
        assert "name: Mine" in refused.text.partition("<textarea")[2]
        assert "name: Theirs" in refused.text.partition('id="meanwhile"')[2].partition("</section>")[0]
        assert f'action="{SAVE}"' not in refused.text
        assert text_of(config) == theirs
        page = await lee.sends(refused, PREVIEW, text=mine)
        assert (await lee.sends(page, SAVE)).status == 303
        assert text_of(config) == mine


async def test_who_would_lock_themselves_out_or_leave_nowhere_to_ask_is_told_before(
    folder: Path, config: Path
) -> None:
    before = text_of(config)
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(SETTINGS)
        to_bo = before.replace("admins: [web:lee]", "admins: [web:bo]")
        shown = words_of((await lee.sends(page, PREVIEW, text=to_bo)).text)
        assert said("settings.leaves_admin") in shown
        assert said("configuration.no_admins") not in shown
        to_nobody = before.replace("admins: [web:lee]", "admins: []")
        shown = words_of((await lee.sends(page, PREVIEW, text=to_nobody)).text)
        assert said("settings.leaves_admin") in shown
        assert said("configuration.no_admins").replace("`", "") in shown.replace("`", "")
        with_bo = before.replace("admins: [web:lee]", "admins: [web:lee, web:bo]")
        assert said("settings.leaves_admin") not in (await lee.sends(page, PREVIEW, text=with_bo)).text


async def test_where_the_file_cannot_be_written_its_text_is_given(
    folder: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.config.edits.settings_file.is_writable", lambda _: False)
    before = text_of(config)
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(SETTINGS)
        assert said("settings.read_only", file=str(config)) in words_of(page.text)
        shown = await lee.sends(page, PREVIEW, text=before.replace("Test desk", "Pine"))
        assert said("overview.settings_commit") in words_of(shown.text)
        assert f'action="{SAVE}"' not in shown.text
        assert text_of(config) == before


async def test_a_file_that_is_gone_or_broken_loses_nothing_of_what_was_typed(
    folder: Path, config: Path
) -> None:
    before = text_of(config)
    mine = before.replace("Test desk", "Mine")
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.sends(await lee.opens(SETTINGS), PREVIEW, text=mine)
        remove(config)
        for refused in (await lee.sends(page, SAVE), await lee.sends(page, PREVIEW, text=mine)):
            assert refused.status == 422
            assert "name: Mine" in refused.text.partition("<textarea")[2]
        assert said("settings.unusable") in words_of((await lee.opens(SETTINGS)).text)
        write(config, f"{before}nonsense: [\n")
        mended = await lee.sends(await lee.opens(SETTINGS), PREVIEW, text=mine)
        assert '<span class="line removed">-nonsense: [' in mended.text
        assert (await lee.sends(mended, SAVE)).status == 303
        assert text_of(config) == mine
