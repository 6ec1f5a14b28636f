"""Who may not see a ticket learns nothing of it by editing or recalling, whatever their role."""

import pytest

from bot.domain.directory import Person
from tests.commands.desk_at_work import DAN, LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO

SECRET = "her payslip is wrong"
ORDERS = ("edit {} nothing", "edit {}", "recall {}")


async def a_private_ticket(at_work: DeskAtWork) -> None:
    """People's, with a reply and a note; Bo is an agent there and Lee leads."""
    await at_work.types(ANA, f"/ticket open {SECRET} payslip")
    await at_work.types(BO, f"/desk reply IT-1 {SECRET}, I see")
    await at_work.types(BO, f"/desk note IT-1 {SECRET} again")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("group", ["/desk", "/ticket"])
@pytest.mark.parametrize("who", [CLEO, DAN], ids=["an agent of another team", "somebody else"])
async def test_a_private_ticket_is_like_one_that_does_not_exist(
    at_work: DeskAtWork, who: Person, group: str, order: str
) -> None:
    await a_private_ticket(at_work)
    private = await at_work.types(who, f"{group} {order.format('IT-1')}")
    none = await at_work.types(who, f"{group} {order.format('IT-2')}")
    assert private.replace("IT-1", "IT-2") == none
    assert not any(each.is_deleted or each.revision > 1 for each in await at_work.desk.said())


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("who", [ANA, CLEO, DAN, LEE], ids=lambda each: str(each.name))
async def test_nobody_changes_or_reads_what_others_sent(at_work: DeskAtWork, who: Person, order: str) -> None:
    """Not the requester, another agent, a stranger nor, without naming whose words, a lead."""
    await at_work.asks("My mouse is dead")
    await at_work.types(BO, f"/desk note IT-1 {SECRET}")
    for group in ("/desk", "/ticket"):
        assert SECRET not in await at_work.types(who, f"{group} {order.format('IT-1')}")
    assert SECRET in [each.text for each in await at_work.desk.said() if not each.is_deleted]


async def test_no_list_offers_a_ticket_that_is_not_ones_own(at_work: DeskAtWork) -> None:
    await a_private_ticket(at_work)
    for who in (CLEO, DAN):
        for order in ("/desk edit", "/ticket edit", "/desk recall", "/ticket recall"):
            await at_work.types(who, order)
            assert at_work.buttons() == {}
