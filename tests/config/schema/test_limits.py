"""`limits` of inboxes and the block list: what they become, and what is wrong with them."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.config.desk_files import SMALL, complaints, load

PLACE = "    channel: web:help-it\n"


def limited(limits: str) -> str:
    return SMALL.replace(PLACE, f"{PLACE}    limits: {limits}\n")


def test_a_place_limits_what_one_person_asks_for(tmp_path: Path) -> None:
    inbox = load(tmp_path, limited("{open: 3, cool_down: 2m}")).desk.inboxes["help-it"]
    assert (inbox.most_open, inbox.cool_down) == (3, timedelta(minutes=2))


def test_without_limits_there_are_none(tmp_path: Path) -> None:
    inbox = load(tmp_path, SMALL).desk.inboxes["help-it"]
    assert (inbox.most_open, inbox.cool_down) == (None, None)


def test_people_and_groups_can_be_blocked(tmp_path: Path) -> None:
    text = SMALL.replace("desk:\n", "desk:\n  blocked: [web:dan, Spam@Example.com, 'slack:@Guests']\n")
    assert load(tmp_path, text).desk.blocked == {"web:dan", "spam@example.com", "slack:@guests"}


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ("{}", "limits_empty"),
        ("{open: 0}", "must_be_at_least(option=open, number=1)"),
        ("{opn: 1}", "not_a_key(option=opn, hint=did_you_mean(word=open))"),
        (
            "{cool_down: soon}",
            "not_a_length(text=soon, hint=write_elapsed_time)",
        ),
    ],
)
def test_a_mistake_in_limits_is_told(tmp_path: Path, limits: str, sentence: str) -> None:
    ((line, found),) = complaints(tmp_path, limited(limits))
    assert line == 6
    assert found == sentence
