"""A day's work on a ticket in the console leaves what the same work in chat leaves."""

from pathlib import Path

from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit, do
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, words_of


async def audit_of(office: Office, number: int) -> list[tuple[str, str]]:
    def read(uow: UnitOfWork) -> list[tuple[str, str]]:
        ticket = uow.tickets.find("IT", number)
        assert ticket is not None
        return [(each.event, each.actor) for each in uow.audit_log.of_ticket(ticket.id)]

    return await office.desk.storage.read(read)


async def works(bo: ConsoleVisit, verb: str, **typed: str) -> None:
    """Sends the form or presses the button of the ticket's page, or of the form that the page leads to."""
    page = await bo.opens("/console/tickets/IT-1")
    pressed, sent = do(verb, "IT-1", pressed=True), do(verb, "IT-1")
    if f'action="{pressed}"' in page.text:
        action = pressed
    else:
        action = sent
        if f'action="{sent}"' not in page.text:
            page = await bo.opens(sent.replace("&amp;", "&"))
    answer = await bo.sends(page, action, **typed)
    assert answer.status == 303, words_of(answer.text)
    assert answer.location.startswith("/console/tickets/IT-1")


async def test_a_day_in_the_console_is_a_day_in_chat(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        for text in ("The printer jams", "The scanner jams as well"):
            await office.says("ana", "help-it", text)
        await works(bo, "desk claim")
        await office.types("bo", "/desk claim IT-2")
        await works(bo, "desk note", text="Tray 2 again")
        await office.types("bo", "/desk note IT-2 Tray 2 again")
        await works(bo, "desk reply", text="Which one?")
        await office.types("bo", "/desk reply IT-2 Which one?")
        await works(bo, "desk priority", priority="high")
        await office.types("bo", "/desk priority IT-2 high")
        await works(bo, "desk resolve", answer="New roller")
        await office.types("bo", "/desk resolve IT-2 New roller")
        await works(bo, "desk reopen")
        await office.types("bo", "/desk reopen IT-2")

        assert await audit_of(office, 1) == await audit_of(office, 2)
        card = await office.card("bo", "team-it", "IT-1")
        assert (card["content"]["state"], card["content"]["level"]) == ("open", "high")
        page = await bo.reads("/console/tickets/IT-1")
        assert "Which one?" in page
        assert said("transcripts.label_note") in page
