"""`satisfaction` of the desk and of a team, and `confirm_resolution`."""

from datetime import timedelta
from pathlib import Path

from bot.domain.ratings.satisfaction import RatingScale
from tests.config.desk_files import SMALL, complaints, load


def of_team(lines: str, *, more: str = "") -> str:
    return SMALL.replace("  it:\n", f"  it:\n    {lines}\n") + more


def test_nobody_is_asked_unless_it_is_written(tmp_path: Path) -> None:
    desk = load(tmp_path, SMALL).desk
    assert desk.teams["it"].satisfaction is None
    assert not desk.asks_for_ratings


def test_a_team_writes_what_is_different(tmp_path: Path) -> None:
    text = of_team("satisfaction: {scale: five}", more="\nsatisfaction: {after: 2h, anonymous: yes}\n")
    found = load(tmp_path, text).desk.teams["it"].satisfaction
    assert found is not None
    assert (found.scale, found.after, found.is_anonymous) == (RatingScale.FIVE, timedelta(hours=2), True)
    assert found.changeable_for == timedelta(days=7)


def test_a_team_can_be_left_out(tmp_path: Path) -> None:
    text = of_team("satisfaction: {ask: no}", more="\nsatisfaction: {}\n")
    assert load(tmp_path, text).desk.teams["it"].satisfaction is None


def test_a_team_can_ask_alone(tmp_path: Path) -> None:
    assert load(tmp_path, of_team("satisfaction: {at_most_every: 30d}")).desk.asks_for_ratings


def test_what_cannot_be_meant_is_told_at_its_line(tmp_path: Path) -> None:
    ((_, found),) = complaints(tmp_path, of_team("satisfaction: {after: soon}"))
    assert found.startswith("not_a_length")
    ((_, found),) = complaints(tmp_path, of_team("satisfaction: {scale: stars}"))
    assert "stars" in found


def test_confirming_takes_the_place_of_closing(tmp_path: Path) -> None:
    team = load(tmp_path, of_team("confirm_resolution: 3d")).desk.teams["it"]
    assert team.confirms_resolution
    assert team.closes_after == timedelta(days=3)
    ((_, found),) = complaints(tmp_path, of_team("confirm_resolution: 3d\n    closes_after: 5d"))
    assert found == "closes_twice"
