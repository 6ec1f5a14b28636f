"""Whose e-mail address counts: a member's of this workspace, as far as Slack has it confirmed."""

from typing import Any

import pytest

from tests.adapters.slack.slack_in_use import SlackInUse

ADDRESS = "ana@example.org"


async def address_of(in_use: SlackInUse, **said: Any) -> str | None:
    people, team = in_use.platform._people, in_use.platform.identity.team
    await people.begin(team=team)
    user = {"id": "U1", "name": "ana", "team_id": team, "profile": {"email": ADDRESS}, **said}
    people.remember(user)
    person = people.known("U1")
    assert person is not None
    return person.email


async def test_a_members_address_counts(in_use: SlackInUse) -> None:
    assert await address_of(in_use) == ADDRESS
    assert await address_of(in_use, is_email_confirmed=True) == ADDRESS


async def test_in_an_organisation_of_several_workspaces_it_counts_in_each_of_theirs(
    in_use: SlackInUse,
) -> None:
    team = in_use.platform.identity.team
    assert await address_of(in_use, team_id="T0THER", enterprise_user={"teams": [team]}) == ADDRESS


@pytest.mark.parametrize(
    "said",
    [
        {"team_id": "T0THER"},
        {"team_id": "T0THER", "enterprise_user": {"teams": ["T0THER"]}},
        {"is_stranger": True},
        {"is_email_confirmed": False},
    ],
    ids=["of another workspace", "of another organisation", "a stranger", "not confirmed"],
)
async def test_what_nobody_here_vouches_for_is_no_address(in_use: SlackInUse, said: dict[str, Any]) -> None:
    assert await address_of(in_use, **said) is None
