"""Somebody who has no mouse: wherever the focus comes, it is seen, and it goes on in the order of the page."""

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.camera import NARROW, SCHEMES, WIDE, Camera
from tests.said import said

FARTHEST: Final = 120
"""Presses of Tab after which something counts as out of reach."""
STOP: Final = """() => {
  const it = document.activeElement;
  if (!it || it === document.body || it === document.documentElement) return null;
  const box = it.getBoundingClientRect();
  const inside = (at, most) => Math.min(Math.max(at, 1), most - 2);
  const across = inside(box.left + Math.min(box.width, 40) / 2, innerWidth);
  const down = inside(box.top + Math.min(box.height, 40) / 2, innerHeight);
  const top = document.elementFromPoint(across, down);
  const label = it.closest("label") ?? it;
  let ring = false;
  for (let each = it, level = 0; each && level < 3; each = each.parentElement, level += 1) {
    const style = getComputedStyle(each);
    ring ||= style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  }
  if (!it.dataset.stop) it.dataset.stop = String(window.stops = (window.stops ?? 0) + 1);
  return {
    name: `${it.tagName} ${(it.getAttribute("aria-label") ?? it.textContent ?? "").trim().slice(0, 40)} ${it.id}`,
    stop: it.dataset.stop,
    ring,
    isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isCovered: !(top && (label.contains(top) || top.contains(it))),
    order: it.tabIndex,
  };
}"""
ORDER: Final = """stops => {
  const found = stops.map(each => document.querySelector(`[data-stop="${each}"]`));
  return found.every((each, at) => at === 0
    || found[at - 1].compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """How wide and in which colours a day is lived."""

    size: ViewportSize
    scheme: Any

    @property
    def name(self) -> str:
        return f"{'wide' if self.size == WIDE else 'narrow'}-{self.scheme}"


LOOKS: Final = (Look(WIDE, SCHEMES[0]), Look(NARROW, SCHEMES[1]))


class Keys:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for each in keys:
            self.page.keyboard.press(each)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def shows(self, camera: Camera, name: str, look: Look) -> None:
        camera.take(f"keyboard-{name}", self.page)
        self.page.set_viewport_size(look.size)
        self.page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")

    def stop(self) -> dict[str, Any] | None:
        """Where the focus is, which must be seen; None where it is on nothing."""
        at: dict[str, Any] | None = self.page.evaluate(STOP)
        if at is not None:
            assert at["ring"], f"nothing shows the focus: {at}"
            assert at["isInView"], f"the focus is out of sight: {at}"
            assert not at["isCovered"], f"the focus is below something: {at}"
            assert at["order"] <= 0, f"an order of its own: {at}"
        return at

    def reaches(self, place: Locator, *, key: str = "Tab") -> None:
        expect(place.first).to_be_visible()
        for _ in range(FARTHEST):
            if place.first.evaluate("it => it === document.activeElement"):
                return
            self.press(key)
            self.stop()
        raise AssertionError(f"out of reach: {place}")

    def enters(self, place: Locator) -> None:
        self.reaches(place)
        self.press("Enter")

    def follows(self, place: Locator) -> None:
        """The same where another page comes of it."""
        self.reaches(place)
        with self.page.expect_navigation():
            self.press("Enter")

    def walks(self) -> None:
        """All of the page once, from its skip link to the end: no trap, and in its order."""
        skip = self.page.locator("a.skip")
        skip.focus()
        first = self.stop()
        assert first is not None
        stops: list[str] = [first["stop"]]
        for _ in range(4 * FARTHEST):
            self.press("Tab")
            at = self.stop()
            if at is None or at["stop"] in stops:
                break
            stops.append(at["stop"])
        else:
            raise AssertionError("the page has no end")
        assert at is None or at["stop"] == stops[0], f"led back into the page, which is a trap: {at}"
        assert self.page.evaluate(ORDER, stops), "the focus jumps"

    def skips(self) -> None:
        """The first stop leads past what all pages have."""
        self.page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
        self.page.reload()
        self.press("Tab")
        skip = self.page.get_by_role("link", name=said("portal.skip"))
        expect(skip).to_be_focused()
        self.stop()
        self.press("Enter")
        expect(self.page.locator("#main")).to_be_focused()


def section(page: Page, name: str) -> Locator:
    """The link to a page of the console."""
    return page.get_by_role("link", name=said(f"console.section_{name}"), exact=True)
