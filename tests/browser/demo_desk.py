"""A real `demo` in a process and a folder of its own, found by the link it prints."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class DemoDesk:
    """`link` is what the demo printed."""

    link: str

    @property
    def url(self) -> str:
        """The page's address without the token that lets one in."""
        return self.link.partition("/?")[0]


@contextmanager
def demo_desk(folder: Path, *, config: Path | None = None) -> Iterator[DemoDesk]:
    """Ended as Ctrl-C does it; that it ends in peace is asserted. `config`: another desk.yaml than the demo's own."""
    chosen = {"DESKBELL_CONFIG": str(config)} if config is not None else {}
    log = folder / "log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DESKBELL_")}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", "--port", "0"],
            cwd=folder,
            env={**kept, **chosen, "DESKBELL_DATA_DIR": str(folder), "PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            link = _printed_link(process)
            assert link, f"the demo printed no link:\n{log.read_text(encoding='utf-8')}"
            yield DemoDesk(link)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(timeout=PATIENCE_S)
    assert code == 0, f"the demo ended with {code}:\n{log.read_text(encoding='utf-8')}"


def _printed_link(process: subprocess.Popen[str]) -> str | None:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+/\?token=\S+", line):
            return found[0]
    return None
