"""Somebody at the page: every verb is done with the mouse or the keyboard, every noun is what the page shows."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.said import said

REFERENCE = re.compile(r"\bIT-\d+\b")


class Person:
    def __init__(self, page: Page) -> None:
        self.page = page
        self._all_complaints: list[str] = []
        self._forgiven: list[str] = []
        page.on("pageerror", lambda error: self._all_complaints.append(str(error)))
        page.on("console", lambda line: self._listen(line.type, line.text))
        self.channel_feed = page.locator("#channel").get_by_test_id("feed")
        self.thread = page.get_by_test_id("thread-panel")
        self.composer = page.get_by_test_id("composer")
        self.thread_composer = page.get_by_test_id("thread-composer")
        self.private_reply = page.get_by_test_id("private-reply")

    @property
    def complaints(self) -> list[str]:
        return [each for each in self._all_complaints if not any(words in each for words in self._forgiven)]

    def forgive(self, words: str) -> None:
        """What the browser says of a failure the test has made, now or in a moment, is no fault of the page."""
        self._forgiven.append(words)

    def goes_to(self, channel: str) -> None:
        self.channel_link(channel).click()
        expect(self.page.get_by_test_id("channel-title")).to_contain_text(channel)

    def becomes(self, who: str) -> None:
        """Switch person in this very tab."""
        self.page.get_by_test_id("person-switcher").click()
        self.page.locator(f"[data-testid=person][data-person='{who}']").click()
        expect(self.page.get_by_test_id("person-switcher")).to_have_attribute("data-person", who)

    def says(self, text: str) -> Locator:
        """Write in the open channel; returns the message once it is there."""
        self.composer.fill(text)
        self.composer.press("Enter")
        return self._arrived(self.message(text), self.composer)

    def replies(self, text: str) -> Locator:
        """Write in the open thread."""
        self.thread_composer.fill(text)
        self.thread_composer.press("Enter")
        return self._arrived(self.reply(text), self.thread_composer)

    def asks(self, channel: str, text: str) -> str:
        """Say what is wrong, and open the thread that the desk answers in; returns the ticket's reference."""
        self.goes_to(channel)
        self.opens_thread_of(self.says(text))
        found = REFERENCE.search(self.acknowledgement.inner_text())
        assert found
        return found[0]

    def gets_link(self, command: str) -> str:
        """The address that a command answers with, which signs them in."""
        self.composer.fill(command)
        self.composer.press("Enter")
        link = self.page.locator("a[href*='/sign-in/']").last
        expect(link).to_be_visible()
        address = link.get_attribute("href")
        assert address is not None
        return address

    def attaches(self, composer: Locator, *files: Path) -> None:
        """Choose files for what is being written; they are uploaded at once."""
        form = composer.locator("xpath=ancestor::form")
        form.get_by_test_id("file-input").set_input_files([*files])
        expect(form.locator("[data-testid=attachment][data-state=ready]")).to_have_count(len(files))

    def opens_thread_of(self, message: Locator) -> None:
        message.get_by_test_id("open-thread").click()
        expect(self.thread).to_be_visible()

    def uses(self, message: Locator, tool: str) -> None:
        """One of a message's own tools, which show themselves when the mouse is over it."""
        message.hover()
        message.get_by_test_id(f"message-{tool}").click()

    def changes(self, message: Locator, text: str) -> None:
        """Edit a message of one's own in the open thread."""
        self.uses(message, "edit")
        field = self.thread.get_by_test_id("edit-field")
        expect(field).to_be_focused()
        field.fill(text)
        self.thread.get_by_test_id("edit-save").click()

    def presses(self, place: Locator, label: str) -> None:
        place.locator(f"[data-testid=card-button][data-label='{label}']").click()

    def chooses(self, place: Locator, entry: str) -> None:
        """An entry of the menu behind a card's buttons."""
        place.locator("[aria-haspopup=menu]").click()
        self.page.get_by_test_id("menu-item").filter(has_text=entry).click()

    def fills_in(self, **values: str) -> None:
        """Fill in the open form and send it."""
        form = self.page.get_by_test_id("form-dialog")
        for field, value in values.items():
            form.locator(f"[data-field={field}]").fill(value)
        form.get_by_test_id("form-submit").click()
        expect(form).to_be_hidden()

    def forwards_the_clock(self, *steps: str) -> None:
        for step in steps:
            button = self.page.locator(f"[data-testid=forward][data-forward='{step}']")
            with self.page.expect_response("**/api/clock"):
                button.click()
            expect(button).not_to_have_attribute("aria-disabled", "true")

    def comes_to_the_console(self, url: str) -> Page:
        """By the link that `/desk web` answers; `url` is the desk's."""
        self.page.goto(self.gets_link("/desk web"))
        self.page.get_by_role("button", name=said("sign_in.page_button")).click()
        expect(self.page).to_have_url(f"{url}/console/tickets")
        return self.page

    def channel_link(self, channel: str) -> Locator:
        return self.page.locator(f"[data-testid=channel-link][data-channel='{channel}']")

    def message(self, text: str) -> Locator:
        return self.channel_feed.get_by_test_id("message").filter(has_text=text)

    def reply(self, text: str) -> Locator:
        return self.thread.get_by_test_id("message").filter(has_text=text)

    @property
    def acknowledgement(self) -> Locator:
        return self.thread.get_by_test_id("notice").first

    def card(self, reference: str) -> Locator:
        return self.channel_feed.locator(f"[data-testid=card][data-reference={reference}]")

    def message_with_card(self, reference: str) -> Locator:
        return self.channel_feed.get_by_test_id("message").filter(
            has=self.page.locator(f"[data-reference={reference}]")
        )

    def notices(self, tone: str) -> Locator:
        return self.channel_feed.locator(f"[data-testid=notice][data-tone={tone}]")

    def field_of_form(self, field: str) -> Locator:
        return self.page.locator(f"[data-testid=form-dialog] [data-field={field}]")

    def _arrived(self, message: Locator, composer: Locator) -> Locator:
        expect(message).to_be_visible()
        expect(composer).to_have_value("")
        return message

    def _listen(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self._all_complaints.append(text)
