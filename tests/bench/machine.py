"""The machine that figures were measured on: they mean nothing without it."""

import os
import platform
import sqlite3
import tempfile
from importlib.metadata import version
from pathlib import Path


def machine() -> dict[str, str]:
    """By name, in the order of telling."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.1f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "temporary folder": f"{tempfile.gettempdir()} on {_file_system(Path(tempfile.gettempdir()))}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "sqlite": sqlite3.sqlite_version,
        "psycopg": version("psycopg"),
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _file_system(folder: Path) -> str:
    """The kind of file system that holds the folder: the longest mount point above it."""
    found = ("", "an unknown file system")
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, mount, kind, *_ = line.split()
        if folder.is_relative_to(mount) and len(mount) > len(found[0]):
            found = (mount, kind)
    return found[1]
