"""Did you mean: the nearest name, or none where nothing is close."""

import pytest

from bot.domain.suggestions import nearest


@pytest.mark.parametrize(
    ("typed", "meant"), [("netwrok", "Network"), ("NETWORK", "Network"), ("hr", None), ("", None)]
)
def test_a_slip_is_understood_and_a_guess_is_not_made(typed: str, meant: str | None) -> None:
    assert nearest(typed, ["Network", "Service Desk"]) == meant
