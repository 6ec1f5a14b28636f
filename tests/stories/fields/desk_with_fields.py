"""The desk of the stories, with custom fields for its service desk."""

from pathlib import Path

from tests.stories.desk_files import DESK

FIELDS = """
fields:
  asset_tag: {label: Asset tag, labels: {de: Inventarnummer}}
  seats: {label: Seats, kind: number}
  tier: {label: Tier, kind: choice, choices: [Gold, Silver], for: agents}
  parts: {label: Parts, kind: choices, choices: [Screen, Battery, Docking station], for: agents}
  due_back: {label: Due back, kind: date}
  owner: {label: Owner, kind: person}
  insured: {label: Insured, kind: yes_no}
  diary: {label: Diary, kind: long_text, for: agents}
"""
PLACED = "    fields: [asset_tag, seats, tier, parts, due_back, owner, insured, diary]\n"


def desk_with(folder: Path, *, more: str = "") -> Path:
    """A desk file in this folder; `more` is said of the service desk too."""
    text = DESK.read_text(encoding="utf-8")
    before = "    title: Service Desk\n"
    assert before in text
    config = folder / "fields.yaml"
    config.write_text(text.replace(before, before + PLACED + more) + FIELDS, encoding="utf-8")
    return config
