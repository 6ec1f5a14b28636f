"""A picture of hours: each day a row, each hour a field, darker where more came in."""

import json

from tests.charts.sample_pictures import is_blank, size_of
from tests.charts.test_process import drawn


def test_days_and_hours_become_a_picture() -> None:
    values = [[(day * hour) % 7 for hour in range(24)] for day in range(7)]
    done = drawn(_described(values))
    assert done.returncode == 0, done.stderr.decode()
    assert size_of(done.stdout)[0] == 1440
    assert not is_blank(done.stdout)


def test_a_week_in_which_nothing_came_in_is_drawn_too() -> None:
    done = drawn(_described([[0] * 24 for _ in range(7)]))
    assert done.returncode == 0, done.stderr.decode()


def _described(values: list[list[int]]) -> str:
    picture = {
        "kind": "heat",
        "title": "When requests come in",
        "subtitle": "2 Feb – 1 Mar 2026",
        "rows": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        "columns": [f"{hour:02}:00" for hour in range(24)],
        "values": values,
        "unit": "requests",
    }
    return json.dumps(picture)
