"""Signing in at a desk as operators run it: a link from the terminal, one button, one's page."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.config.file.document import STARTER
from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.demo_desk import PROJECT
from tests.fakes.identity.authority import CLIENT, SECRET, SECRET_NAME, Authority
from tests.fakes.identity.authority import running as providing
from tests.said import said

pytestmark = pytest.mark.browser

PATIENCE_S = 60.0
NAME, ADDRESS = "Ana Alves", "ana@example.org"


PROVIDER = """
sign_in:
  providers:
    - {{kind: oidc, name: acme, client_id: {client}, secret: {secret}, issuer: "{url}"}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDesk:
    """Its page asks people to sign in, and offers the accounts that they have at `acme`."""

    folder: Path
    port: int
    acme: Authority

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "bot", *words]

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DESKBELL_")}
        ours = {
            "DESKBELL_DATA_DIR": str(self.folder),
            "DESKBELL_HTTP_PORT": str(self.port),
            SECRET_NAME: SECRET,
        }
        return {**kept, **ours, "PYTHONPATH": str(PROJECT)}

    def says(self, *words: str) -> str:
        done = subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def link(self, who: str) -> str:
        found = re.search(r"http://\S+/sign-in/\S+", self.says("sign-in", who))
        assert found is not None
        return found[0]


@pytest.fixture(scope="module")
def acme() -> Iterator[Authority]:
    """In a thread of its own. For a browser it is another site than the desk, whose address is a number."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = providing(Authority(person={"sub": "1", "email": ADDRESS, "email_verified": True}))
    authority = asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(PATIENCE_S)
    authority.url = authority.url.replace("127.0.0.1", "localhost")
    try:
        yield authority
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result(PATIENCE_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, acme: Authority
) -> Iterator[RunningDesk]:
    folder = tmp_path_factory.mktemp("desk")
    text = re.sub(r"  pretend: true.*\n", "", STARTER.read_text(encoding="utf-8"))
    text = text.replace(f"name: {NAME}", f"name: {NAME}, email: {ADDRESS}")
    text += PROVIDER.format(client=CLIENT, secret=SECRET_NAME, url=acme.url)
    (folder / "desk.yaml").write_text(text, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        desk = RunningDesk(folder=folder, port=free.getsockname()[1], acme=acme)
    desk.says("migrate")
    with subprocess.Popen(
        desk.command("run"), cwd=folder, env=desk.environ, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(f"{desk.url}/healthz")
            yield desk
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE_S)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            assert time.monotonic() < until, "the desk did not start"
            time.sleep(0.1)
        else:
            return


def test_a_link_from_the_terminal_opens_ones_page_and_signing_out_closes_it(
    browser: Browser, running: RunningDesk, camera: Camera
) -> None:
    with browser.new_context(locale="en-GB") as window:
        page = window.new_page()
        errors: list[str] = []
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(running.url)
        expect(page.get_by_role("heading")).to_have_text(said("sign_in.page_how_title", desk="Help desk"))
        page.goto(running.link("ana"))
        assert page.url == f"{running.url}/sign-in"
        camera.take("sign-in", page)
        expect(page.get_by_role("button", name=said("sign_in.page_button"))).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("person-switcher")).to_contain_text(NAME)
        expect(page.get_by_test_id("pretend")).to_have_count(0)
        page.get_by_role("combobox").first.fill("My mouse is dead")
        page.keyboard.press("Enter")
        expect(page.get_by_text("My mouse is dead").first).to_be_visible()
        page.get_by_test_id("person-switcher").click()
        expect(page.get_by_role("heading")).to_have_text(said("sign_in.account_title", name=NAME))
        camera.take("account", page)
        page.get_by_role("button", name=said("sign_in.account_sign_out")).click()
        expect(page.get_by_role("heading")).to_have_text(said("sign_in.page_signed_out"))
        page.goto(running.url)
        assert page.url.startswith(f"{running.url}/sign-in")
        assert errors == []


def test_an_account_elsewhere_opens_ones_page_and_who_cancels_there_may_choose_again(
    browser: Browser, running: RunningDesk, camera: Camera
) -> None:
    with browser.new_context(locale="en-GB") as window:
        page = window.new_page()
        page.goto(f"{running.url}/account")
        way = page.get_by_role("link", name=said("sign_in.provider_button", provider="Acme"))
        expect(way).to_be_visible()
        camera.take("sign-in-providers", page)
        running.acme.declines = "access_denied"
        way.click()
        cancelled = said("sign_in.provider_cancelled", provider="Acme")
        expect(page.get_by_text(cancelled)).to_be_visible()
        camera.take("sign-in-cancelled", page)
        running.acme.declines = ""
        way.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading")).to_have_text(said("sign_in.account_title", name=NAME))
        assert page.url == f"{running.url}/account"
        page.goto(running.url)
        expect(page.get_by_test_id("person-switcher")).to_contain_text(NAME)


def test_who_tries_the_demo_gets_from_its_page_to_their_own_requests(enter: Enter) -> None:
    ana = enter("ana")
    reference = ana.asks("help-it", "My chair squeaks")
    ana.composer.fill("/ticket web")
    ana.composer.press("Enter")
    link = ana.private_reply.get_by_role("link", name=said("sign_in.button_open"))
    with ana.page.expect_popup() as opened:
        link.click()
    opened.value.get_by_role("button", name=said("sign_in.page_button")).click()
    expect(opened.value.get_by_role("link", name=reference)).to_be_visible()
