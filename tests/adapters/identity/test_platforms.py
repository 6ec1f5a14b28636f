"""Signing in with accounts of Slack and Discord: whose account it is, the platform says."""

import html
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from bot.domain.directory import Person
from tests.adapters.identity.house import open_house
from tests.fakes.desk.desk_without_platform import ANA
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.fakes.identity.platforms import DiscordSignIn, SlackSignIn
from tests.said import said

ACME = {"provider": "Acme"}
SLACK_ANA = Person(key="slack:U1", name="Ana in Slack")
DISCORD_ANA = Person(key="discord:4711", name="Ana in Discord")


async def test_a_slack_account_of_the_desks_own_workspace_signs_in(headless: HeadlessDesk) -> None:
    async with open_house(headless, SlackSignIn(), kind="slack", people=(SLACK_ANA,)) as house:
        house.door.workspaces["slack"] = "T1"
        browser = house.door.browser()
        left = await browser.opens("/sign-in/with/acme")
        asked = parse_qs(urlsplit(left.location).query)
        assert (asked["scope"], asked["team"]) == (["openid profile"], ["T1"])
        assert (await browser.opens(await house.visits(left.location))).status == 303
        assert html.escape(said("sign_in.account_title", name=SLACK_ANA.name)) in await house.who(browser)


async def test_a_slack_account_of_another_workspace_is_nobodys_here(headless: HeadlessDesk) -> None:
    async with open_house(headless, SlackSignIn(), kind="slack", people=(SLACK_ANA,)) as house:
        house.door.workspaces["slack"] = "T2"
        await house.refused("provider_foreign", **ACME)
        house.door.workspaces.clear()
        await house.refused("provider_unreachable", **ACME)
        assert await house.logged() == [("ProviderSignInRefused", "foreign")]


async def test_a_slack_account_that_the_desk_never_met_writes_to_it_first(headless: HeadlessDesk) -> None:
    async with open_house(headless, SlackSignIn(), kind="slack", people=(ANA,)) as house:
        house.door.workspaces["slack"] = "T1"
        await house.refused("provider_unmet", command="/ticket web", **ACME)
        house.authority.changed = {"https://slack.com/team_id": None}
        await house.refused("provider_untrusted", **ACME)


async def test_slack_says_in_a_good_answer_why_it_declines_a_code(headless: HeadlessDesk) -> None:
    async with open_house(headless, SlackSignIn(), kind="slack", people=(SLACK_ANA,)) as house:
        house.door.workspaces["slack"] = "T1"
        browser = house.door.browser()
        back = await house.sent_back(browser)
        code = parse_qs(urlsplit(back).query)["code"][0]
        answer = await browser.opens(back.replace(code, "another"))
        house.must_be_refused(answer, "provider_declined", **ACME)


async def test_a_discord_account_signs_in_and_needs_no_signed_token(headless: HeadlessDesk) -> None:
    async with open_house(headless, DiscordSignIn(), kind="discord", people=(DISCORD_ANA,)) as house:
        browser = house.door.browser()
        left = await browser.opens("/sign-in/with/acme")
        asked = parse_qs(urlsplit(left.location).query)
        assert asked["scope"] == ["identify"]
        assert "nonce" not in asked
        assert (await browser.opens(await house.visits(left.location))).status == 303
        assert html.escape(said("sign_in.account_title", name=DISCORD_ANA.name)) in await house.who(browser)
        await house.desk.meets(replace(DISCORD_ANA, is_active=False))
        await house.refused("refused_left")


async def test_a_discord_account_that_the_desk_never_met_or_that_has_no_number_is_not_signed_in(
    headless: HeadlessDesk,
) -> None:
    async with open_house(headless, DiscordSignIn(), kind="discord", people=(ANA,)) as house:
        await house.refused("provider_unmet", command="/ticket web", **ACME)
        house.authority.person = {"id": "web:ana"}
        await house.refused("provider_untrusted", **ACME)


async def test_a_platform_that_the_desk_is_not_on_is_not_offered(headless: HeadlessDesk) -> None:
    async with open_house(headless, SlackSignIn(), kind="slack", people=(SLACK_ANA,)) as house:
        offered = said("sign_in.provider_button", provider="Acme")
        assert offered in (await house.door.browser().opens("/sign-in")).text
        house.door.platforms.remove("slack")
        assert offered not in (await house.door.browser().opens("/sign-in")).text
        answer = await house.door.browser().opens("/sign-in/with/acme")
        assert answer.status == 403
        assert html.escape(said("sign_in.provider_gone")) in answer.text
