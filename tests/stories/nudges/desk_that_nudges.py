"""The stories' desk, whose service desk works from nine to five and forgets nothing."""

from pathlib import Path

from tests.stories.desk_files import DESK

TEAM = "    title: Service Desk\n"
PENDING = "pending: {nudge_after: [1 day, 3 days], resolve_after: 5 days}"
CLAIMS = "claims: {lapse_after: 4h, warn_before: 1h}"


def nudging(
    folder: Path, *, what: str = f"{PENDING}, {CLAIMS}", more: str = "", name: str = "nudging"
) -> Path:
    """A desk.yaml of which the service desk has these nudges; none where `what` is empty."""
    config = folder / f"{name}.yaml"
    text = DESK.read_text(encoding="utf-8")
    head, team, rest = text.partition(TEAM)
    assert team
    rest = rest.replace("    calendar: 24x7\n", "    calendar: office\n", 1)
    own = f"    nudges: {{{what}}}\n" if what else ""
    config.write_text(head + team + own + more + rest, encoding="utf-8")
    return config
