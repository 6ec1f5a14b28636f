"""What a browser keeps of the page: files whose names change with what is in them, so they are never asked for again.

They are put together when the page is first asked for, and anew when one of their sources was changed: work on the
page needs no step between saving and looking.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adapters.web.page import bundle

STATIC = (Path(__file__).parents[1] / "static").resolve()
"""The page's sources."""
ENTRY = "main"
_SHEET = re.compile(r'<link rel="stylesheet" href="/static/([\w-]+\.css)" />\s*')
_SCRIPT = f"/static/{ENTRY}.js"
_ICON = "/static/icon.svg"


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` holds the digest of the content; `packed` is the content as gzip."""

    name: str
    media_type: str
    content: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The page of one state of its sources. `version` changes whenever a page that is open is no longer the newest.

    `index` has placeholders for what differs from reader to reader.
    """

    version: str
    index: str
    assets: Mapping[str, Asset]

    def like(self, name: str) -> Asset | None:
        """The present file of that kind, for a page that was sent before or by another replica."""
        found = re.fullmatch(r"(\w+)-[0-9a-f]+\.(\w+)", name)
        alike = (each for each in self.assets.values() if found and each.name.startswith(f"{found[1]}-"))
        return next((each for each in alike if found and each.name.endswith(f".{found[2]}")), None)


class PageSources:
    """Thread-safe: at worst the same is put together twice."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._folder = folder
        self._made: tuple[object, PageFiles] | None = None

    def current(self) -> PageFiles:
        """Reads the folder, and puts the page together where that has changed. Raises NotBundled, OSError."""
        state = tuple(_state_of(self._folder))
        made = self._made
        if made is None or made[0] != state:
            self._made = made = state, self._make()
        return made[1]

    def _make(self) -> PageFiles:
        index = (self._folder / "index.html").read_text(encoding="utf-8")
        sheets = [self._folder / name for name in _SHEET.findall(index)]
        script = _asset("page", "js", "text/javascript", bundle.script(self._folder, entry=ENTRY))
        style = _asset("page", "css", "text/css", bundle.style_sheet(sheets))
        icon_text = (self._folder / "icon.svg").read_text(encoding="utf-8")
        icon = _asset("icon", "svg", "image/svg+xml", icon_text)
        index = _with_one_sheet(index, style.name).replace(_ICON, f"/static/{icon.name}")
        index = index.replace(_SCRIPT, f"/static/{script.name}")
        words = b"".join(path.read_bytes() for path in sorted((self._folder / "words").glob("*.json")))
        return PageFiles(
            version=_digest(index.encode() + words),
            index=index,
            assets={each.name: each for each in (script, style, icon)},
        )


@cache
def page_sources() -> PageSources:
    """Those of the page that Deskbell ships, for the whole process."""
    return PageSources()


def _with_one_sheet(index: str, name: str) -> str:
    """It stands where the first was."""
    sheets = _SHEET.findall(index)
    return _SHEET.sub(lambda each: each[0].replace(each[1], name) if each[1] == sheets[0] else "", index)


def _state_of(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found = path.stat()
            yield str(path), found.st_mtime_ns, found.st_size


def _asset(kind: str, ending: str, media_type: str, text: str) -> Asset:
    content = text.encode()
    name = f"{kind}-{_digest(content)}.{ending}"
    return Asset(name, media_type, content, gzip.compress(content, mtime=0))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
