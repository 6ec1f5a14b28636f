"""The stories' desk, whose service desk can take its replies back."""

from pathlib import Path

from tests.stories.desk_files import DESK

TEAM = "    title: Service Desk\n"


def holding(folder: Path, *, more: str = "") -> Path:
    """A desk.yaml of which the service desk holds replies back for ten seconds."""
    config = folder / "holding.yaml"
    text = DESK.read_text(encoding="utf-8")
    assert TEAM in text
    config.write_text(text.replace(TEAM, f"{TEAM}    undo_send: 10 s\n") + more, encoding="utf-8")
    return config
