"""The desk that `demo` opens: an example configuration, shipped with the package, and copied to be changed."""

import shutil
from pathlib import Path

DESK_FILE = Path(__file__).with_name("desk.yaml")
"""The demo's configuration."""
ARTICLES = Path(__file__).with_name("articles")


def file_in(folder: Path) -> Path:
    """The demo's configuration as it is kept in this folder; the shipped one where it keeps none yet."""
    file = folder / DESK_FILE.name
    return file if file.exists() else DESK_FILE


def copy_to(folder: Path) -> Path:
    """The file of a demo that may be changed, in this folder, with the articles beside it.

    One that somebody changed is kept; any other becomes what is shipped now. Raises OSError.
    """
    file, shipped = folder / DESK_FILE.name, folder / "shipped.yaml"
    if not file.exists() or (shipped.exists() and file.read_bytes() == shipped.read_bytes()):
        shutil.copytree(ARTICLES, folder / ARTICLES.name, dirs_exist_ok=True)
        for copy in (file, shipped):
            copy.write_bytes(DESK_FILE.read_bytes())
    return file
