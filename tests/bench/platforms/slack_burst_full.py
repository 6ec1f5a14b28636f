"""The burst of 500 requests in a minute at full size: it takes Slack's own eight and a half minutes."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.platforms.slack_burst import Burst, figures

FULL = Burst(requests=500, within_s=60, scale=1)


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures(folder, FULL)
