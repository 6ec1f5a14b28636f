"""`python -m tests.bench [NAME…] [--json FILE]`: measure, and show each figure beside its raw limit.

Every benchmark works in a temporary folder, ends by itself and leaves nothing behind. Whether goals are
reached is said, not enforced: the exit code is 1 only when something could not be measured, which does not
keep the others from it.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from tests.bench.figures import Benchmark, Figure, shown
from tests.bench.machine import machine

BENCHMARKS_BY_FOLDER = {
    "engine": {
        "tickets": "messages through intake to their commits, on both databases",
        "routing": "routing one message by 10, 100 and 1,000 rules",
        "report": "a report of four weeks and of a year among a million decided promises",
        "figures_many": "a month's figures among a million tickets; only when asked for by name",
        "figures_beside": "intake while figures are read over and over; only when asked for by name",
        "delivery": "outbox rows to their platform",
        "first_sight": "from a message to its card, as people see it",
        "memory": "idle memory of the demo and of a desk",
        "terminal": "from a command to its help, and from `run` and `demo` to a desk that is ready",
    },
    "growth": {
        "growth_many": "all that is done on a desk of a million tickets and of 10,000; only when asked for by name",
    },
    "search": {
        "search": "searches among 10,000 tickets of eight messages, on both databases",
        "search_many": "the same among 200,000, which takes minutes to fill; only when asked for by name",
        "lists": "lists and the next ticket among 10,000 tickets, on both databases",
        "lists_many": "the same among 200,000 and a million; only when asked for by name",
        "similar_many": "similar tickets found among a million; only when asked for by name",
        "index_cost": "what the search index costs intake, on both databases",
    },
    "knowledge": {
        "kb_search": "answers found among 10,000 passages of articles, on both databases, with memory",
        "kb_search_many": "the same among 100,000, which takes minutes to fill; only when asked for by name",
    },
    "sla": {
        "sla_tick": "the SLA clock with 10,000 and 1,000,000 open timers and nothing due",
        "sla_burst": "ten thousand promises that break at once, on three replicas",
        "sla_arithmetic": "due times on a calendar with holidays",
    },
    "page": {
        "page_load": "from an address to a page one can write in, in Chromium, in pieces and as it is sent",
        "console_load": "the console's and the portal's pages in Chromium: kilobytes, first paint, second visit",
        "consoles": "two hundred agents with a console open while twenty tickets a second change",
        "tables_many": "the console's tables among 300,000 and a million tickets; only when asked for by name",
        "page_night": "a night with fifty tickets, put forward by the page's clock",
    },
    "platforms": {
        "slack_life": "Slack calls for a ticket's whole life",
        "slack_burst": "a burst of requests in a Slack that takes one message a second in each channel",
        "slack_burst_full": "the same at full size, which takes nine minutes; only when asked for by name",
        "slack_bare": "what a ticket costs beside a Bolt app that makes the same calls and stores nothing",
        "slack_rush": "acknowledgements and forms with 50 messages a second over HTTP",
        "discord_rush": "interactions answered with 50 a second and a busy database",
    },
}
BENCHMARKS = {name: what for named in BENCHMARKS_BY_FOLDER.values() for name, what in named.items()}

ONLY_BY_NAME = frozenset(
    {
        "figures_beside",
        "figures_many",
        "growth_many",
        "kb_search_many",
        "lists_many",
        "search_many",
        "similar_many",
        "slack_burst_full",
        "tables_many",
    }
)


def main(arguments: Sequence[str]) -> None:
    asked = _parser().parse_args(arguments)
    about = machine()
    _say("\n".join(f"{name}: {value}" for name, value in about.items()))
    figures: dict[str, list[Figure]] = {}
    failed: list[str] = []
    for name in asked.names or [each for each in BENCHMARKS if each not in ONLY_BY_NAME]:
        _say(f"\n{name}: {BENCHMARKS[name]}")
        start = time.perf_counter()
        figures[name] = []
        try:
            for figure in _measured(name):
                figures[name].append(figure)
                _say(shown(figure))
        except Exception:  # noqa: BLE001  the other benchmarks have something to say all the same
            failed.append(name)
            _say(traceback.format_exc())
        _say(f"  ({time.perf_counter() - start:.0f} s)")
    if asked.json is not None:
        told = {name: [each.to_json() for each in found] for name, found in figures.items()}
        asked.json.write_text(json.dumps({"machine": about, "figures": told}, indent=1), encoding="utf-8")
    if failed:
        sys.exit(f"Not measured: {', '.join(failed)}.")


def benchmark(name: str) -> Benchmark:
    folder = next(folder for folder, named in BENCHMARKS_BY_FOLDER.items() if name in named)
    measure: Benchmark = import_module(f"tests.bench.{folder}.{name}").measure
    return measure


def _measured(name: str) -> Iterator[Figure]:
    """Each figure as soon as it is known."""
    measure = benchmark(name)
    with tempfile.TemporaryDirectory(prefix="deskbell-bench-") as folder:
        yield from measure(Path(folder))


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
