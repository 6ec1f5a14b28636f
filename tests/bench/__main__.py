"""`python -m tests.bench [NAME…] [--json FILE]`: measure, and show each figure beside its raw limit.

Every benchmark works in a temporary folder, ends by itself and leaves nothing behind. Whether goals are
reached is said, not enforced: the exit code is 1 only when something could not be measured.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.bench.figures import Benchmark, Figure, shown
from tests.bench.machine import machine

BENCHMARKS = {
    "tickets": "messages through intake to their commits, on both databases",
    "routing": "routing one message by 10, 100 and 1,000 rules",
    "sla_tick": "the SLA clock with 10,000 and 1,000,000 open timers and nothing due",
    "sla_arithmetic": "due times on a calendar with holidays",
    "delivery": "outbox rows to their platform",
    "first_sight": "from a message to its card, as people see it",
    "memory": "idle memory of the demo and of a desk",
}


def main(arguments: Sequence[str]) -> None:
    asked = _parser().parse_args(arguments)
    about = machine()
    _say("\n".join(f"{name}: {value}" for name, value in about.items()))
    figures: dict[str, list[Figure]] = {}
    for name in asked.names or BENCHMARKS:
        _say(f"\n{name}: {BENCHMARKS[name]}")
        start = time.perf_counter()
        figures[name] = _measured(name)
        _say(f"  ({time.perf_counter() - start:.0f} s)")
    if asked.json is not None:
        told = {name: [each.to_json() for each in found] for name, found in figures.items()}
        asked.json.write_text(json.dumps({"machine": about, "figures": told}, indent=1), encoding="utf-8")


def _measured(name: str) -> list[Figure]:
    """Each figure is shown as soon as it is known."""
    measure: Benchmark = import_module(f"tests.bench.{name}").measure
    figures = []
    with tempfile.TemporaryDirectory(prefix="deskbell-bench-") as folder:
        for figure in measure(Path(folder)):
            _say(shown(figure))
            figures.append(figure)
    return figures


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:16} {what}" for name, what in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=f"Measure the desk. Without a name, all of:\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", type=_known, help="which to run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


def _known(name: str) -> str:
    if name not in BENCHMARKS:
        raise argparse.ArgumentTypeError(f"there is no benchmark `{name}`; there are {', '.join(BENCHMARKS)}")
    return name


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
