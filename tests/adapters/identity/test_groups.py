"""Groups that a provider tells of somebody give rights here while that session lasts."""

from dataclasses import replace

import pytest

from bot.domain.directory import is_address, is_group
from bot.domain.sessions.identity_provider import IdentityProvider, ProviderGroups
from bot.ports.sessions.sign_ins import Right
from tests.adapters.http.sign_in.front_door import Browser
from tests.adapters.identity.house import House
from tests.fakes.desk.desk_without_platform import ANA

GROUPS = ProviderGroups(
    claim="groups",
    admins=frozenset({"Desk admins"}),
    agents={"it": frozenset({"support"})},
    leads={"it": frozenset({"support leads"})},
)
IN_LINE = {Right.ANYBODY, Right.SIGNED_IN}


async def rights(house: House, browser: Browser) -> frozenset[Right]:
    (secret,) = (value for name, value in browser.cookies.items() if "session" in name)
    found = await house.door.sign_ins.signed_in(secret)
    assert found is not None
    return found.rights


def give_rights(house: House) -> None:
    """As the compiled file has it: teams have groups for the length of a session."""
    house.offers(groups=GROUPS)
    desk = house.desk.desk
    team = desk.teams["it"]
    team = replace(
        team,
        session_agents=desk.sign_in.agents_of("it"),
        session_leads=desk.sign_in.leads_of("it"),
    )
    house.desk.desk = replace(desk, teams={**desk.teams, "it": team}, session_admins=desk.sign_in.admins)


async def test_groups_give_rights_to_that_session_and_to_no_other_of_the_account(house: House) -> None:
    give_rights(house)
    by_groups, plain, by_link = (house.door.browser() for _ in range(3))
    house.authority.person["groups"] = ["support", "Desk admins", "others"]
    await house.signs_in(by_groups)
    house.authority.person["groups"] = "nothing that is known"
    await house.signs_in(plain)
    await by_link.signs_in(await house.door.link())
    assert await rights(house, by_groups) == IN_LINE | {Right.AGENT, Right.ADMIN}
    assert await rights(house, plain) == await rights(house, by_link) == IN_LINE
    assert (await by_groups.opens("/work")).status == 200
    assert (await plain.opens("/work")).status == 403


async def test_what_a_group_is_good_for_is_what_desk_yaml_says_now(house: House) -> None:
    give_rights(house)
    house.authority.person["groups"] = ["support leads"]
    browser = house.door.browser()
    await house.signs_in(browser)
    assert await rights(house, browser) == IN_LINE | {Right.AGENT, Right.LEAD}
    team = house.desk.desk.teams["it"]
    teams = {**house.desk.desk.teams, "it": replace(team, session_leads=frozenset())}
    house.desk.desk = replace(house.desk.desk, teams=teams)
    assert await rights(house, browser) == IN_LINE


async def test_groups_of_a_session_are_not_kept_with_the_person(house: House) -> None:
    give_rights(house)
    (provider,) = house.desk.desk.sign_in.providers
    visitor = replace(ANA, groups=frozenset({"web:@staff", provider.reference("support")}))
    assert house.desk.desk.teams["it"].has_agent(visitor)
    await house.desk.meets(visitor)
    kept = await house.desk.storage.read(lambda uow: uow.people.find(ANA.key))
    assert kept is not None
    assert kept.groups == {"web:@staff"}
    assert not house.desk.desk.teams["it"].has_agent(kept)


@pytest.mark.parametrize("value", ["U1", "@all", "x@example.org", "ana"])
def test_no_group_of_a_provider_is_taken_for_an_account_a_group_or_an_address(value: str) -> None:
    provider = IdentityProvider(kind="slack", name="web", title="", client_id="", secret="")
    reference = provider.reference(value)
    assert not is_group(reference)
    assert not is_address(reference)
    assert not replace(ANA, key=f"web:{value}", groups=frozenset({f"web:{value}"})).answers_to(
        frozenset({reference})
    )
