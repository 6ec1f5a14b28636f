"""What an agent may not know of is not in the console, until a colleague adds them to it."""

from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import console_visit
from tests.stories.portal.portal_visit import open_portal, portal_visit

PAYSLIP = "/console/tickets/IT-1"


async def test_cleo_finds_a_private_ticket_once_she_is_added_to_it(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "cleo") as cleo:
        await office.says("ana", "help-hr", "My payslip is wrong")
        await office.types("bo", "/desk note IT-1 Ask the bank about the crown jewels")
        assert (await cleo.opens(PAYSLIP)).status == 404
        assert said("console.none") in await cleo.reads("/console/tickets?q=payslip")
        token = (await cleo.opens("/console/tickets")).token
        rows = await cleo.asks_rows("/console/rows", shown=["IT-1"], others=["IT-1"], token=token)
        assert (rows["rows"], rows["gone"], rows["fresh"], rows["announced"]) == ({}, ["IT-1"], [], "")
        assert "payslip" not in str(rows)

        added = (await office.types_for_reply("bo", "/desk add IT-1 @cleo", channel="team-people"))["reply"]
        await office.presses_private("bo", added, 0, channel="team-people")
        followed = await cleo.opens(PAYSLIP)
        assert (followed.status, "jewels" in followed.text) == (200, True)


async def test_an_account_page_leads_agents_alone_to_the_console(folder: Path) -> None:
    async with (
        open_portal(folder) as office,
        console_visit(office, "bo") as bo,
        portal_visit(office, "ana") as ana,
    ):
        assert said("sign_in.account_console") in await bo.reads("/account")
        assert said("sign_in.account_console") not in await ana.reads("/account")
