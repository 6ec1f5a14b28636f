"""A channel of the page that reads almost like another is pointed at."""

from pathlib import Path

import pytest

from bot.config.checks.channel_names import is_slip
from tests.config.checks.test_checks import remarks
from tests.config.desk_files import SMALL


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("team-network", "team-netwrok", True),
        ("team-network", "team-netwrk", True),
        ("team-network", "teams-network", True),
        ("team-network", "team-metwork", True),
        ("team-network", "team-network", False),
        ("help-it", "help-hr", False),
        ("help-it", "help-in", False),
        ("team-floor1", "team-floor2", False),
        ("team-network", "escalations-network", False),
    ],
)
def test_a_slip_is_told_from_another_name(one: str, other: str, expected: bool) -> None:
    assert is_slip(one, other) is expected
    assert is_slip(other, one) is expected


def test_a_mistyped_team_channel_is_pointed_at_with_the_line_of_the_other(tmp_path: Path) -> None:
    assert not any("channel_mistyped" in each for each in remarks(tmp_path, SMALL))
    listed = "workspace:\n  channels:\n    - {channel: taem-network, topic: For the network}\n"
    text = SMALL.replace("web:team-network", "web:team-network") + listed
    (told,) = [each for each in remarks(tmp_path, text) if "channel_mistyped" in each]
    assert "channel=web:team-network, other=web:taem-network" in told
