"""What `pip install` of the built wheel gives: everything the desk needs at work, and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-build-isolation",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*build, "--wheel-dir", str(folder), str(PROJECT)], check=True)
    (path,) = folder.glob("deskbell-*.whl")
    with ZipFile(path) as archive:
        yield archive


@pytest.mark.parametrize(
    "folder",
    ["adapters/web/static", "bot/config", "bot/demo", "bot/documents/templates", "storage/migrations"],
)
def test_the_page_the_starter_file_the_demo_the_templates_and_the_migrations_are_inside(
    wheel: ZipFile, folder: str
) -> None:
    files = [path for path in (PROJECT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert files
    assert {path.relative_to(PROJECT).as_posix() for path in files} <= set(wheel.namelist())


def test_nothing_else_is_inside(wheel: ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"adapters", "bot", "storage"}
    assert not [name for name in wheel.namelist() if name.endswith((".pyc", ".db", ".env"))]


def test_the_command_is_called_deskbell(wheel: ZipFile) -> None:
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "deskbell = bot.__main__:main" in wheel.read(entry_points).decode()
