"""Pictures for people to look at, wide and narrow, light and dark, in the folder that SCREENSHOTS names."""

import os
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1400, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


class Camera:
    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @classmethod
    def from_environ(cls) -> "Camera":
        folder = os.environ.get("SCREENSHOTS")
        return cls(Path(folder) if folder else None)

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

    def take_for_readme(self, name: str, page: Page) -> None:
        """One picture, wide and light."""
        if self._folder is None:
            return
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.screenshot(path=self._folder / f"{name}.png", animations="disabled")
