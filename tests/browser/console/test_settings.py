"""An administrator at the console's settings: a mistake by its line, a preview, a version, and the way back."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.demo import DESK_FILE
from tests.browser.access.test_axe import SCHEMES, faults
from tests.browser.camera import WIDE, Camera
from tests.browser.console.test_leads_day import fits, lee
from tests.browser.demo_desk import DemoDesk, demo_desk
from tests.said import said

pytestmark = pytest.mark.browser

__all__ = ["lee"]
TITLE = "title: IT Service Desk"


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(DESK_FILE, tmp_path_factory.mktemp("settings") / "desk.yaml"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, config: Path, browser: Browser) -> Iterator[DemoDesk]:
    """With a desk.yaml that may change."""
    with demo_desk(tmp_path_factory.mktemp("demo"), config=config) as desk:
        yield desk


def look(page: Page, camera: Camera, name: str) -> None:
    """Pictures, and what keeps somebody out."""
    camera.take(f"console-settings-{name}", page)
    fits(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert faults(page) == [], (name, scheme)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(WIDE)


def test_lee_edits_desk_yaml_and_goes_back(lee: Page, camera: Camera, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    assert before.count(TITLE) == 1
    lee.get_by_role("link", name=said("console.section_settings"), exact=True).click()
    editor = lee.get_by_label(said("overview.settings_text"))
    expect(editor).to_have_value(before)
    look(lee, camera, "editor")

    preview = lee.get_by_role("button", name=said("overview.settings_preview"))
    editor.fill(before.replace(TITLE, "titel: IT"))
    preview.click()
    expect(lee.get_by_role("alert")).to_contain_text("titel: IT")
    expect(editor).to_have_value(before.replace(TITLE, "titel: IT"))
    look(lee, camera, "refused")

    after = before.replace(TITLE, "title: Help with computers")
    editor.fill(after)
    lee.get_by_role("textbox", name=said("overview.reason")).fill("What people call it")
    preview.click()
    expect(lee.locator(".diff .added")).to_contain_text("Help with computers")
    assert config.read_text(encoding="utf-8") == before
    look(lee, camera, "preview")
    lee.get_by_role("button", name=said("settings.button_save")).click()
    expect(lee.get_by_role("status")).not_to_be_empty()
    lee.go_back()
    expect(lee.locator(".diff .added")).to_contain_text("Help with computers")
    lee.go_forward()
    assert config.read_text(encoding="utf-8") == after

    lee.get_by_role("link", name=said("overview.settings_versions")).click()
    expect(lee.get_by_role("cell", name="What people call it")).to_be_visible()
    look(lee, camera, "versions")
    lee.get_by_role("link", name=said("overview.settings_version", number="1"), exact=True).click()
    lee.get_by_role("link", name=said("overview.settings_go_back")).click()
    look(lee, camera, "back")
    lee.get_by_role("button", name=said("settings.button_undo")).click()
    expect(lee.get_by_role("rowheader", name=said("overview.settings_version", number="3"))).to_be_visible()


def test_lee_adds_an_inbox_and_moves_a_rule_by_forms(lee: Page, camera: Camera, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    lee.get_by_role("link", name=said("console.section_settings"), exact=True).click()
    expect(lee.get_by_role("heading", name=said("desk_forms.list_team"), exact=True)).to_be_visible()
    look(lee, camera, "overview")

    lee.get_by_role("link", name=f"{said('desk_forms.edit')} IT Service Desk", exact=True).click()
    people = lee.get_by_role("group", name=said("desk_forms.label_agents"))
    people.get_by_label(said("desk_forms.add_person")).fill("dora")
    people.get_by_role("button").click()
    expect(people.get_by_label("Dora Diaz")).to_be_checked()
    look(lee, camera, "team")

    lee.get_by_role("link", name=said("console.section_settings"), exact=True).first.click()
    lee.get_by_role("link", name=said("desk_forms.add_inbox")).click()
    lee.get_by_label(said("desk_forms.label_name"), exact=True).fill("Desks")
    channel = lee.get_by_label(said("desk_forms.label_channel"), exact=True)
    channel.fill("#no where")
    lee.get_by_role("button", name=said("overview.settings_preview")).click()
    expect(lee.get_by_role("alert")).to_contain_text("#no where")
    look(lee, camera, "inbox-refused")
    channel.fill("web:ask-desks")
    lee.get_by_label(said("desk_forms.label_goes_to")).select_option("network")
    lee.get_by_role("button", name=said("overview.settings_preview")).click()
    expect(lee.locator(".diff .added").first).to_be_visible()
    lee.get_by_role("button", name=said("settings.button_save")).click()
    expect(lee.get_by_role("heading", name="desks", exact=True).first).to_be_visible()
    after = config.read_text(encoding="utf-8")
    assert "  desks:\n    channel: web:ask-desks\n" in after

    lee.get_by_role("button", name=f"{said('desk_forms.up')} outage", exact=True).click()
    expect(lee.locator(".diff .removed").first).to_be_visible()
    lee.get_by_role("button", name=said("settings.button_save")).click()
    expect(lee.get_by_role("status")).not_to_be_empty()
    moved = config.read_text(encoding="utf-8")
    assert moved.index("- name: outage") < moved.index("- name: people_in_private")
    assert sorted(moved.splitlines()) == sorted(after.splitlines())

    lee.get_by_role("link", name=f"{said('desk_forms.edit')} outage", exact=True).click()
    expect(lee.get_by_label(said("desk_forms.key_words"), exact=True)).to_have_value(re.compile("nobody can"))
    look(lee, camera, "rule")
    config.write_text(before, encoding="utf-8")


def test_lee_says_how_a_team_gives_out_tickets(lee: Page, camera: Camera, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    lee.goto(f"{lee.url.partition('/console')[0]}/console/settings/entry?of=team&name=it")
    group = lee.locator("#g-assignment")
    first = group.get_by_label(said("desk_forms.first_way"), exact=True)
    expect(first).to_be_hidden()
    group.locator("summary").click()
    first.select_option("skill")
    group.get_by_label(said("desk_forms.next_way", number="2"), exact=True).select_option("least_busy")
    group.get_by_label(said("desk_forms.label_capacity")).fill("ten")
    skills = group.get_by_role("group", name=said("desk_forms.row_skills", number="1"))
    skills.get_by_label(said("desk_forms.add_person")).fill("Bo Berg")
    skills.get_by_label(said("desk_forms.label_languages")).fill("de")
    group.get_by_role("button", name=said("desk_forms.one_more")).click()
    expect(group.get_by_role("group", name=said("desk_forms.row_skills", number="2"))).to_be_visible()
    expect(skills.get_by_label("Bo Berg")).to_be_checked()
    look(lee, camera, "team-assignment")

    preview = lee.get_by_role("button", name=said("overview.settings_preview"))
    preview.click()
    capacity = group.get_by_label(said("desk_forms.label_capacity"))
    expect(capacity).to_have_attribute("aria-invalid", "true")
    lee.get_by_role("alert").get_by_role("link").first.click()
    expect(capacity).to_be_in_viewport()
    look(lee, camera, "team-refused")
    capacity.fill("10")
    preview.click()
    added = lee.locator(".diff .added")
    expect(added.filter(has_text="assignment: [skill, least_busy]")).to_have_count(1)
    expect(added.filter(has_text="capacity: 10")).to_have_count(1)
    expect(lee.locator(".diff .removed")).to_have_count(0)
    lee.get_by_role("button", name=said("settings.button_save")).click()
    expect(lee.get_by_role("status")).not_to_be_empty()
    assert "- agents: [web:bo]\n        languages: [de]\n" in config.read_text(encoding="utf-8")
    config.write_text(before, encoding="utf-8")
