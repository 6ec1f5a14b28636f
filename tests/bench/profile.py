"""`python -m tests.bench.profile`: what a ticket costs on its whole way through Slack, function by function.

HTTP → Bolt → intake → commit → delivery → Web API, against a Slack in a process of its own, on both databases, and in
a bare Bolt app for comparison. Processor time alone: waiting is free. A profile makes Python slower, so that only
shares mean something.
"""

import argparse
import asyncio
import pstats
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.desk import ROOT
from tests.bench.platforms.apart.child import Child, apart
from tests.bench.platforms.apart.slack_side import slack_side
from tests.bench.platforms.slack_bare import AT_ONCE, bare, desk

LINES = 20
COUNT = 300

Cost = tuple[float, float, int, str]
"""Of one function: own milliseconds a ticket, those with what it calls, calls a ticket, where it is."""


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.profile", description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES, help="how many functions are shown")
    parser.add_argument("--count", type=int, default=COUNT, help="how many requests are profiled")
    parser.add_argument("--keep", type=Path, help="a folder for the profiles, to be read with pstats")
    parser.add_argument("--only", default="", help="sqlite, postgresql or bare")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="deskbell-bench-") as made, postgres_server() as server:
        folder = asked.keep or Path(made)
        folder.mkdir(exist_ok=True)
        places = {"sqlite": sqlite_place(Path(made)), "postgresql": server.place()}
        for name in ("bare", *places):
            if asked.only not in ("", name):
                continue
            place = places.get(name)
            file = folder / f"{name}.prof"
            asyncio.run(_profile(Path(made) / name, place, file, count=asked.count))
            _say(f"\n{name}, {asked.count} requests\n{summary(file, count=asked.count, lines=asked.lines)}")


async def _profile(folder: Path, place: Place | None, file: Path, *, count: int) -> None:
    async with apart(slack_side) as slack:
        app: AbstractAsyncContextManager[Child] = bare(slack) if place is None else desk(slack, folder, place)
        async with app as child:
            await child.ask("profile")
            await slack.ask("burst", count=count, at_once=AT_ONCE)
            await child.ask("profiled", file=str(file))


def summary(file: Path, *, count: int, lines: int) -> str:
    """The functions with the largest time of their own, and the largest with what they call."""
    costs = costs_in(file, count=count)
    total = sum(own for own, *_ in costs)
    told = [f"{total:.2f} ms of processor time a ticket, under the profile", *_table(costs[:lines])]
    return "\n".join(
        [*told, "with what they call:", *_table(sorted(costs, key=lambda cost: -cost[1])[: lines * 4])]
    )


def costs_in(file: Path, *, count: int) -> list[Cost]:
    """The largest first."""
    statistics: Mapping[tuple[str, int, str], tuple[int, int, float, float, object]] = pstats.Stats(
        str(file)
    ).stats  # type: ignore[attr-defined]
    costs = [
        (own * 1_000 / count, together * 1_000 / count, round(calls / count), _where(*place))
        for place, (_, calls, own, together, _) in statistics.items()
    ]
    return sorted(costs, reverse=True)


def _where(path: str, line: int, name: str) -> str:
    short = path.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2].rpartition("/python3.")[2]
    return name if path == "~" else f"{short}:{line} {name}"


def _table(costs: Sequence[Cost]) -> list[str]:
    return [
        f"  {own:7.3f} ms own {together:8.3f} ms in all {calls:6} calls  {where}"
        for own, together, calls, where in costs
    ]


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
