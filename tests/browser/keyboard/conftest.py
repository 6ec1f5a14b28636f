"""A desk for each day, which asks how it went and looks for articles first."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.demo import DESK_FILE
from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk, demo_desk
from tests.browser.keyboard.keys import LOOKS, Keys, Look
from tests.said import said

Signed = Callable[[str, str], Keys]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    shutil.copytree(DESK_FILE.parent / "articles", folder / "articles")
    text = DESK_FILE.read_text(encoding="utf-8")
    before = "knowledge: {folder: articles}"
    assert before in text
    config = folder / "desk.yaml"
    config.write_text(
        text.replace(before, "knowledge: {folder: articles, answers: before}\nsatisfaction: {}"),
        encoding="utf-8",
    )
    return config


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def desk(folder: Path, config: Path, browser: Browser) -> Iterator[DemoDesk]:
    with demo_desk(folder, config=config) as desk:
        yield desk


@pytest.fixture(params=LOOKS, ids=lambda look: look.name)
def look(request: pytest.FixtureRequest) -> Look:
    chosen: Look = request.param
    return chosen


@pytest.fixture
def signed(enter: Enter, desk: DemoDesk, look: Look) -> Signed:
    """Somebody at their pages, by a link that they asked for in chat; from then on without a mouse."""

    def sign_in(who: str, command: str) -> Keys:
        person = enter(who)
        person.forgive("422 (Unprocessable Entity)")
        address, page = person.gets_link(command), person.page
        page.set_viewport_size(look.size)
        page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")
        page.goto(address)
        keys = Keys(page)
        keys.enters(page.get_by_role("button", name=said("sign_in.page_button")))
        expect(page).to_have_url(f"{desk.url}{'/console/tickets' if 'desk' in command else '/requests'}")
        page.wait_for_load_state()  # the page's keys work from then on
        return keys

    return sign_in
