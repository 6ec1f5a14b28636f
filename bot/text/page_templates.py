"""HTML pages that are made on the server, from a folder of Jinja templates."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


class PageTemplates:
    """Loaded with the first page: three megabytes that an idle desk does without.

    What people wrote is never markup.
    """

    def __init__(self, folder: Path, *shared: Path) -> None:
        """What is not in the folder is looked for in the shared ones."""
        self._folder = folder
        self._folders = (folder, *shared)

    def render(self, template: str, /, **values: Any) -> str:  # noqa: ANN401
        """Raises where the template asks for a value that is not given."""
        return self._environment.get_template(template).render(**values)

    @cached_property
    def style(self) -> bytes:
        """The style sheet of the folder's pages, `page.css`."""
        return (self._folder / "page.css").read_bytes()

    @cached_property
    def version(self) -> str:
        """Of the style sheet, for its address: another one has another."""
        return version_of(self.style)

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(self._folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )


def version_of(style: bytes) -> str:
    return hashlib.sha256(style).hexdigest()[:12]
