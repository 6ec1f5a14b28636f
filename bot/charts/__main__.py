"""`python -m bot.charts < picture.json > picture.png`, as `bot.documents.chart_process` starts it.

It limits itself before it reads anything, so that no picture can take the machine.
"""

import json
import resource
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

PICTURES = {"bars": "bot.charts.bars", "heat": "bot.charts.heat", "timeline": "bot.charts.timeline"}
"""Where each kind of picture is drawn: by a function `draw` that takes the JSON and returns the figure."""

MOST_BYTES = 1024 * 1024 * 1024
"""Of address space, of which a picture touches about a tenth."""
MOST_CPU_S = 60


def main() -> None:
    """Draw the picture that standard input describes; ends with a traceback where it cannot."""
    _limit(resource.RLIMIT_AS, MOST_BYTES)
    _limit(resource.RLIMIT_CPU, MOST_CPU_S)
    picture: dict[str, Any] = json.load(sys.stdin)
    figure = import_module(PICTURES[picture["kind"]]).draw(picture)
    figure.savefig(sys.stdout.buffer, format="png")


def _limit(kind: int, most: int) -> None:
    """To this, or to less where less is allowed already."""
    _, allowed = resource.getrlimit(kind)
    limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    # A sandbox may forbid even that; the desk still ends what takes too long.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    main()
