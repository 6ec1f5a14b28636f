"""`python -m bot.charts < picture.json > picture.png`, as `bot.documents.chart_process` starts it.

It limits itself before it reads anything, so that no picture can take the machine.
"""

import json
import sys
from importlib import import_module
from typing import Any

from bot.process_limits import limit_process

PICTURES = {"bars": "bot.charts.bars", "heat": "bot.charts.heat", "timeline": "bot.charts.timeline"}
"""Where each kind of picture is drawn: by a function `draw` that takes the JSON and returns the figure."""

MOST_BYTES = 1024 * 1024 * 1024
"""Of address space, of which a picture touches about a tenth."""
MOST_CPU_S = 60


def main() -> None:
    """Draw the picture that standard input describes; ends with a traceback where it cannot."""
    limit_process(most_bytes=MOST_BYTES, most_cpu_s=MOST_CPU_S)
    picture: dict[str, Any] = json.load(sys.stdin)
    figure = import_module(PICTURES[picture["kind"]]).draw(picture)
    figure.savefig(sys.stdout.buffer, format="png")


if __name__ == "__main__":
    main()
