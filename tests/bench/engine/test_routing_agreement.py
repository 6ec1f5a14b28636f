"""The measure of agreement counts what it says it counts."""

from pathlib import Path

from tests.bench.engine.routing_agreement import agreement, read_rows, table
from tests.config.desk_files import SMALL, load

RULES = """\
  rules:
    - {name: vpn, when: {words: vpn}, team: network, tags: remote-work}
    - {name: wifi, when: {words: wifi}, team: network, tags: wireless}
    - {name: laptop, when: {words: laptop}, team: it, tags: hardware}
"""
ROWS = """\
text,topic
the vpn,Remote work
the wifi from home,Remote work
my laptop,Remote work
my laptop,Hardware
hello,Hardware
hello,
"""


def test_team_and_topic_are_counted_apart_and_rows_without_topic_left_out(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    counted = agreement(load(tmp_path, SMALL + RULES).desk, read_rows(file))
    assert counted.rows == {"remote-work": 3, "hardware": 2}
    assert counted.right_topic == {"remote-work": 1, "hardware": 1}
    assert counted.right_team == {
        "remote-work": 2,
        "hardware": 2,
    }  # the default team is the right one for hello
    assert counted.told == {"remote-work": 1, "wireless": 1, "hardware": 2}
    assert counted.without_topic == 1
    assert "80.0%" in table(counted).splitlines()[-2]
