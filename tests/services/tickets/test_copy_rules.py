"""Which of a team's threads show what is said in public."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation, Side
from bot.services.tickets.copy_rules import is_mirrored
from tests.services.tickets.one_desk import DESK, with_team

TEAM = DESK.teams["it"]
THREAD = Conversation(id=2, ticket_id=1, side=Side.TEAM, channel=TEAM.channel)


def asked_in(channel: str, **fields: Any) -> Conversation:
    known: dict[str, Any] = {
        "id": 1,
        "ticket_id": 1,
        "side": Side.REQUESTER,
        "channel": ChannelRef.parse(channel),
    }
    return Conversation(**known | fields)


def test_a_team_gets_copies_unless_it_wants_none() -> None:
    assert is_mirrored(DESK, THREAD, [asked_in("web:help-it")])


@pytest.mark.parametrize(
    ("asked", "is_shown"),
    [
        pytest.param(asked_in("web:help-it"), False, id="a channel that the team reads"),
        pytest.param(asked_in("web:@ana"), True, id="direct messages"),
        pytest.param(asked_in("slack:C1"), True, id="another platform"),
        pytest.param(asked_in("web:help-it", is_retired=True), True, id="a thread left behind"),
        pytest.param(asked_in("web:help-it", side=Side.TEAM), True, id="another team's thread"),
        pytest.param(
            asked_in("web:help-it", is_private=True), False, id="a private thread with the team in it"
        ),
    ],
)
def test_a_team_without_copies_gets_what_it_could_not_read_otherwise(
    asked: Conversation, *, is_shown: bool
) -> None:
    desk = with_team(replace(TEAM, mirrors=False))
    assert is_mirrored(desk, THREAD, [THREAD, asked]) is is_shown


def test_an_anonymous_team_is_in_no_private_thread() -> None:
    desk = with_team(replace(TEAM, mirrors=False, is_anonymous=True))
    assert is_mirrored(desk, THREAD, [asked_in("web:help-it", is_private=True)])
