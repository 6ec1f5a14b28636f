"""Accounts become one person's by an address that somebody vouches for, by a code or by an admin, and are parted."""

from dataclasses import replace

import pytest

from bot.domain.directory import DESK, Person
from bot.domain.errors import AlreadySo, Refused
from bot.domain.people.identity import LinkWay
from bot.services.people.identities import link_accounts, unlink_account
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.people.linked_desk import (
    DISCORD_ANA,
    OLD_ANA,
    SLACK_ANA,
    WEB_ANA,
    accounts,
    happened,
    meets,
    on_platforms,
)


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    await headless.meets(LEE)
    return on_platforms(headless)


async def link(desk: HeadlessDesk, one: Person, other: Person, way: LinkWay = LinkWay.ADMIN) -> None:
    await desk.works(LEE, lambda context: link_accounts(context, one, other, way=way))


async def unlink(desk: HeadlessDesk, account: Person) -> None:
    await desk.works(LEE, lambda context: unlink_account(context, account))


async def test_an_address_that_slack_vouches_for_links_what_an_imported_file_says(desk: HeadlessDesk) -> None:
    await meets(desk, OLD_ANA, SLACK_ANA)
    assert await accounts(desk, OLD_ANA) == {OLD_ANA.key, SLACK_ANA.key}
    (entry,) = await happened(desk)
    assert (entry.event, entry.actor, entry.details["way"]) == ("AccountsLinked", DESK, LinkWay.ADDRESS)


@pytest.mark.parametrize(
    "other",
    [WEB_ANA, DISCORD_ANA, replace(DISCORD_ANA, email=SLACK_ANA.email)],
    ids=["typed at the page", "the name alone", "not confirmed"],
)
async def test_neither_a_name_nor_an_address_that_nobody_vouches_for_links(
    desk: HeadlessDesk, other: Person
) -> None:
    await meets(desk, SLACK_ANA, other)
    await meets(desk, replace(SLACK_ANA, time_zone="Europe/Lisbon"))
    assert await accounts(desk, SLACK_ANA) == {SLACK_ANA.key}
    assert await happened(desk) == []


async def test_a_colleague_who_gets_the_address_of_one_who_left_gets_nothing_else(desk: HeadlessDesk) -> None:
    await meets(desk, OLD_ANA, SLACK_ANA)
    successor = Person(key="slack:U2", name="Ana Arruda", email=SLACK_ANA.email)
    await meets(desk, replace(SLACK_ANA, is_active=False), successor)
    assert await accounts(desk, successor) == {successor.key}


async def test_what_was_parted_is_not_linked_by_its_address_once_more(desk: HeadlessDesk) -> None:
    await meets(desk, OLD_ANA, SLACK_ANA)
    await link(desk, SLACK_ANA, DISCORD_ANA)
    await unlink(desk, OLD_ANA)
    await meets(desk, replace(SLACK_ANA, time_zone="Europe/Lisbon"))
    assert await accounts(desk, OLD_ANA) == {OLD_ANA.key}
    assert await accounts(desk, SLACK_ANA) == {SLACK_ANA.key, DISCORD_ANA.key}


async def test_linking_is_undone_by_unlinking_and_the_other_way_round(desk: HeadlessDesk) -> None:
    await meets(desk, SLACK_ANA, DISCORD_ANA)
    for _ in range(2):
        await link(desk, SLACK_ANA, DISCORD_ANA)
        assert await accounts(desk, DISCORD_ANA) == {SLACK_ANA.key, DISCORD_ANA.key}
        await unlink(desk, DISCORD_ANA)
        assert await accounts(desk, DISCORD_ANA) == {DISCORD_ANA.key}
        assert await accounts(desk, SLACK_ANA) == {SLACK_ANA.key}
    assert [each.event for each in await happened(desk)] == ["AccountsLinked", "AccountUnlinked"] * 2
    assert (await happened(desk))[-1].details["others"] == [SLACK_ANA.key]


async def test_an_account_that_is_taken_out_leaves_the_others_together(desk: HeadlessDesk) -> None:
    await link(desk, SLACK_ANA, DISCORD_ANA)
    await link(desk, DISCORD_ANA, WEB_ANA)
    await unlink(desk, WEB_ANA)
    assert await accounts(desk, SLACK_ANA) == {SLACK_ANA.key, DISCORD_ANA.key}
    assert await accounts(desk, WEB_ANA) == {WEB_ANA.key}


async def test_nothing_is_linked_twice_to_itself_or_to_a_bot(desk: HeadlessDesk) -> None:
    await link(desk, SLACK_ANA, DISCORD_ANA)
    with pytest.raises(AlreadySo):
        await link(desk, DISCORD_ANA, SLACK_ANA)
    with pytest.raises(Refused):
        await link(desk, SLACK_ANA, SLACK_ANA)
    with pytest.raises(Refused):
        await link(desk, SLACK_ANA, Person(key="slack:B1", name="Bot", is_bot=True))
    with pytest.raises(AlreadySo):
        await unlink(desk, WEB_ANA)
