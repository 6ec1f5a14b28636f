"""`make` finds a Python that Deskbell's libraries are built for, and says so where there is none."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
AS_IF = """#!/bin/sh
if [ "$1" = "-V" ]; then echo "Python {version}"; exit 0; fi
exec {python} -c 'import sys, sysconfig
sys.version_info = tuple(int(part) for part in "{version}".split("."))
sysconfig.get_config_var = lambda name: "{host}"
exec(sys.argv[1])' "$2"
"""


class Shelf:
    """A folder of interpreters, of the versions that they say they are, as the only ones in the PATH."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir()

    def put(self, name: str, version: str, *, host: str = "x86_64-pc-linux-gnu") -> None:
        path = self._folder / name
        path.write_text(AS_IF.format(python=sys.executable, version=version, host=host))
        path.chmod(0o755)

    def make(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        for tool in ("sh", "make", "echo"):
            (self._folder / tool).symlink_to(shutil.which(tool) or tool)
        command = ["make", "--no-print-directory", *arguments]
        environ = {"PATH": str(self._folder)}
        return subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True, check=False)

    def chosen(self) -> str:
        return self.make("--eval=chosen: ; @echo $(PYTHON)", "chosen").stdout.strip()

    def refusal(self) -> str:
        """What making the environment says; nothing is made."""
        place = self._folder.parent / "venv"
        done = self.make(f"VENV={place}", f"{place}/bin/pip")
        assert done.returncode != 0
        assert not place.exists()
        return done.stderr.splitlines()[0]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "bin")


def test_a_python_that_is_too_new_is_passed_over_for_one_that_fits(shelf: Shelf) -> None:
    shelf.put("python3", "3.15.0")
    shelf.put("python3.13", "3.13.1")
    assert shelf.chosen() == "python3.13"


def test_the_usual_python_is_taken_when_it_fits(shelf: Shelf) -> None:
    shelf.put("python3", "3.12.4")
    shelf.put("python3.13", "3.13.1")
    assert shelf.chosen() == "python3"


def test_without_one_that_fits_it_is_said_which_do(shelf: Shelf) -> None:
    shelf.put("python3", "3.15.0")
    assert shelf.refusal().startswith("Deskbell needs Python 3.11 to 3.14, and found none.")


def test_one_that_is_named_and_too_new_is_refused_with_its_version(shelf: Shelf) -> None:
    shelf.put("python3", "3.15.0")
    place = shelf.make("PYTHON=python3", "VENV=/nowhere", "/nowhere/bin/pip")
    assert "built, and python3 is Python 3.15.0. Name another" in place.stderr


def test_musl_is_told_apart_before_anything_is_compiled(shelf: Shelf) -> None:
    shelf.put("python3", "3.13.1", host="x86_64-alpine-linux-musl")
    assert shelf.refusal().startswith("python3 is built for musl, as on Alpine")


def test_the_package_itself_says_which_versions_it_runs_on() -> None:
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11,<3.15"' in project
    assert "(3, 11) <= sys.version_info < (3, 15)" in makefile
