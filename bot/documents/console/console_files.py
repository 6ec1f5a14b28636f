"""The console's style sheet and scripts, under addresses that change with what is in them: there is no build step.

The scripts are modules that name one another by relative addresses, so one version for all of them is enough: a
browser never has two that do not fit.
"""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from bot.ports.console.pages import ConsoleAsset

STATIC: Final = Path(__file__).parent / "static"
TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
STYLES: Final = ("tokens.css", "frame.css")
"""Those that come first, in this order; the others follow by their names."""
STYLE: Final = "page.css"
"""All of them in one."""


class FolderConsoleFiles:
    """`bot.ports.console.pages.ConsoleFiles` of a folder."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._folder = folder

    @cached_property
    def files(self) -> Mapping[str, ConsoleAsset]:
        scripts = {path.name: path.read_bytes() for path in sorted(self._folder.glob("*.js"))}
        names = [path.name for path in sorted(self._folder.glob("*.css"))]
        in_order = [*STYLES, *(each for each in names if each not in STYLES)]
        style = b"\n".join((self._folder / each).read_bytes() for each in in_order)
        return {name: _asset(name, content) for name, content in {**scripts, STYLE: style}.items()}

    @cached_property
    def version(self) -> str:
        digest = hashlib.sha256()
        for name, file in sorted(self.files.items()):
            digest.update(name.encode() + b"\0" + file.content + b"\0")
        return digest.hexdigest()[:12]

    @property
    def scripts(self) -> tuple[str, ...]:
        return tuple(name for name in self.files if name.endswith(".js"))


def _asset(name: str, content: bytes) -> ConsoleAsset:
    return ConsoleAsset(
        media_type=TYPES[Path(name).suffix], content=content, packed=gzip.compress(content, mtime=0)
    )
