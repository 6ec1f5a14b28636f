"""Pictures for people to look at, wide and narrow, light and dark, in the folder that SCREENSHOTS names.

Those that stand in the papers go to the folder that PICTURES names; `make pictures` takes them.
"""

import os
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

WIDE: ViewportSize = {"width": 1400, "height": 900}
IN_PAPERS: ViewportSize = {"width": 1360, "height": 860}
NARROW: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


class Camera:
    def __init__(self, folder: Path | None, papers: Path | None) -> None:
        self._folder = folder
        self._papers = papers

    @classmethod
    def from_environ(cls) -> "Camera":
        named = (os.environ.get(name) for name in ("SCREENSHOTS", "PICTURES"))
        return cls(*(Path(folder) if folder else None for folder in named))

    def take(self, name: str, page: Page) -> None:
        """Four pictures of what the page shows now; nothing when nobody asked for pictures."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        for width, size in (("narrow", NARROW), ("wide", WIDE)):
            page.set_viewport_size(size)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.screenshot(path=self._folder / f"{name}-{width}-{scheme}.png", animations="disabled")
        page.emulate_media(color_scheme="light")

    def take_for_papers(self, name: str, page: Page) -> None:
        """One picture, light, of the newest in each feed, small enough to load at once."""
        if self._papers is None:
            return
        page.set_viewport_size(IN_PAPERS)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.get_by_test_id("feed").evaluate_all("feeds => feeds.forEach(each => each.scrollTo(0, 1e6))")
        expect(page.get_by_test_id("jump").filter(visible=True)).to_have_count(0)
        taken = Image.open(BytesIO(page.screenshot(animations="disabled")))
        taken.quantize().save(self._papers / f"{name}.png", optimize=True)  # 256 colours: a third of the size
        page.set_viewport_size(WIDE)
