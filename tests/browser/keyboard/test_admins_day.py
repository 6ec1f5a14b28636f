"""Lee without a mouse, as an administrator: settings and back again, and a message that is sent once more."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.camera import Camera
from tests.browser.keyboard.conftest import Signed
from tests.browser.keyboard.keys import Keys, Look, section
from tests.said import said

pytestmark = pytest.mark.browser

PATIENCE = 300
"""Looks at the file, ten a second."""


def loses(folder: Path) -> int:
    """A message that could not be delivered; its number."""
    (kept,) = folder.rglob("deskbell.db")
    with sqlite3.connect(kept, timeout=30) as database:
        found = "select max(id) from outbox where state = 'settled' and kind = 'card'"
        (number,) = database.execute(found).fetchone()
        database.execute("update outbox set state = 'dead' where id = ?", (number,))
    return int(number)


def test_lee(signed: Signed, folder: Path, config: Path, look: Look, camera: Camera) -> None:
    lee = signed("lee", "/desk web")
    page = lee.page
    before = config.read_text(encoding="utf-8")
    lee.follows(section(page, "settings"))
    lee.skips()
    lee.walks()
    editor = page.get_by_label(said("overview.settings_text"))
    lee.reaches(editor)
    lee.press("Control+Home")
    lee.types(f"# {look.name}\n")
    lee.reaches(page.get_by_role("textbox", name=said("overview.reason")))
    lee.types("By keyboard")
    lee.follows(page.get_by_role("button", name=said("overview.settings_preview")))
    expect(page.locator(".diff .added")).to_contain_text(look.name)
    lee.walks()
    lee.shows(camera, "settings", look)
    lee.follows(page.get_by_role("button", name=said("settings.button_save")))
    expect(page.get_by_role("status")).not_to_be_empty()
    assert config.read_text(encoding="utf-8") == f"# {look.name}\n{before}"
    goes_back(lee)
    for _ in range(PATIENCE):  # the file follows within seconds
        if config.read_text(encoding="utf-8") == before:
            break
        page.wait_for_timeout(100)
    assert config.read_text(encoding="utf-8") == before
    retries(lee, loses(folder), look, camera)


def goes_back(lee: Keys) -> None:
    page = lee.page
    lee.follows(page.get_by_role("link", name=said("overview.settings_versions")))
    lee.walks()
    newest = page.get_by_role("rowheader").count()
    before = page.get_by_role("link", name=version(newest - 1), exact=True)
    lee.follows(before)
    lee.follows(page.get_by_role("link", name=said("overview.settings_go_back")))
    lee.follows(page.get_by_role("button", name=said("settings.button_undo")))
    expect(page.get_by_role("rowheader", name=version(newest + 1))).to_be_visible()


def version(number: int) -> str:
    return said("overview.settings_version", number=str(number))


def retries(lee: Keys, number: int, look: Look, camera: Camera) -> None:
    page = lee.page
    lee.follows(section(page, "health"))
    lee.walks()
    lee.shows(camera, "health", look)
    again = page.get_by_role("button", name=f"{said('overview.retry')} #{number}")
    lee.enters(again)
    expect(again).to_have_count(0)
    lee.stop()
