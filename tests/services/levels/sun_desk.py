"""Three regions that hand over to one another around the globe."""

from pathlib import Path

from tests.stories.desk_files import DESK

CALENDARS = """calendars:
  berlin:
    zone: Europe/Berlin
    week: {mon-fri: "9:00-17:00"}
  singapore:
    zone: Asia/Singapore
    week: {mon-fri: "9:00-17:00"}
  lima:
    zone: America/Lima
    week: {mon-fri: "9:00-17:00"}
"""


def sun_desk(folder: Path) -> Path:
    """Service Desk in Berlin, then People in Lima, then Network in Singapore, then Service Desk again."""
    text = DESK.read_text(encoding="utf-8")
    for before, after in (
        ("calendars:\n", CALENDARS),
        (
            "    leads: [web:lee]\n    calendar: 24x7\n  network:",
            "    leads: [web:lee]\n    calendar: berlin\n    hands_over: {to: people, at: '17:00'}\n  network:",
        ),
        (
            "    calendar: 24x7\n    team_thread: shared",
            "    calendar: singapore\n    hands_over: {to: it, at: '17:00'}\n    team_thread: shared",
        ),
        (
            "    calendar: office\n\nrouting",
            "    calendar: lima\n    hands_over: {to: network, at: '17:00'}\n\nrouting",
        ),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = folder / "desk.yaml"
    path.write_text(text, encoding="utf-8")
    return path
