"""How often a desk's rules send requests where people put them: a CSV file with columns `text` and `topic`.

`python -m tests.bench.engine.routing_agreement FILE.csv --desk tests/bench/it_desk.yaml`. The rules may be
tuned on the first half of the file; the second half is what counts. A topic is a rule's tag: "HR Support"
is `hr-support`; the team of a topic is the one its rules send to.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.routing.router import Request, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Counts by topic: the rows that have it, and those of them that went to its team or got its tag.

    `told` counts how often a tag was given at all, `without_topic` the rows that were left out.
    """

    rows: Counter[str]
    right_team: Counter[str]
    right_topic: Counter[str]
    told: Counter[str]
    without_topic: int

    def share(self, right: Counter[str]) -> float:
        return right.total() / self.rows.total() if self.rows else 0.0


def read_rows(path: Path) -> list[tuple[str, str]]:
    """(text, topic tag) of every row; the tag is empty where the topic is."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], tag_of(row["topic"] or "")) for row in csv.DictReader(file)]


def tag_of(topic: str) -> str:
    return "-".join(topic.lower().split())


def agreement(desk: Desk, rows: Sequence[tuple[str, str]]) -> Agreement:
    teams = _team_of_topic(desk)
    counted = Agreement(
        rows=Counter(), right_team=Counter(), right_topic=Counter(), told=Counter(), without_topic=0
    )
    for text, topic in rows:
        if not topic:
            continue
        verdict = _verdict(desk, text)
        counted.rows[topic] += 1
        counted.told.update(verdict.tags)
        counted.right_topic[topic] += topic in verdict.tags
        counted.right_team[topic] += verdict.team == teams[topic]
    return Agreement(
        rows=counted.rows,
        right_team=counted.right_team,
        right_topic=counted.right_topic,
        told=counted.told,
        without_topic=sum(not topic for _, topic in rows),
    )


def _team_of_topic(desk: Desk) -> Mapping[str, str]:
    return {tag: rule.team for rule in desk.router.rules for tag in rule.tags}


def _verdict(desk: Desk, text: str) -> Verdict:
    inbox = next(iter(desk.inboxes.values()))
    person = Person(key=f"{inbox.channel.platform}:somebody", name="Somebody")
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    return desk.router.route(
        Request(text=text, platform=inbox.channel.platform, inbox=inbox.name, person=person, at=at)
    )


def table(counted: Agreement) -> str:
    lines = [
        f"{'topic':24}{'rows':>6}{'right team':>12}{'right topic':>13}{'tag given':>11}{'of it right':>13}"
    ]
    for topic, rows in counted.rows.most_common():
        told, right = counted.told[topic], counted.right_topic[topic]
        lines.append(
            f"{topic:24}{rows:6}{counted.right_team[topic] / rows:12.1%}{right / rows:13.1%}"
            f"{told:11}{right / told if told else 0:13.1%}"
        )
    team, topic_share = counted.share(counted.right_team), counted.share(counted.right_topic)
    lines.append(f"{'all':24}{counted.rows.total():6}{team:12.1%}{topic_share:13.1%}")
    return "\n".join([*lines, f"left out because they have no topic: {counted.without_topic}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--desk", type=Path, required=True)
    parser.add_argument("--half", choices=["first", "second", "both"], default="both")
    chosen = parser.parse_args()
    desk, rows = load_desk(chosen.desk, KNOWN_PLATFORMS), read_rows(chosen.file)
    middle = (len(rows) + 1) // 2
    halves = {"first": rows[:middle], "second": rows[middle:]}
    for name, half in halves.items():
        if chosen.half in (name, "both"):
            print(f"{name} half\n{table(agreement(desk, half))}\n")  # noqa: T201


if __name__ == "__main__":
    main()
