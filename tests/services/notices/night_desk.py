"""The service desk from nine to five in Berlin, with a rota; Lee is on call, and Bo has IT-1."""

from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.domain.notices.choice import NoticeChoice
from bot.domain.notices.notice_record import NoticeRecord
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import HeadlessDesk, Sent
from tests.stories.escalations.test_on_call import IT, written

ROTA = """
rotas:
  service: {zone: Europe/Berlin, handover: "8:00", people: [web:lee], starts: 2026-03-02}
"""
OFFICE_HOURS = IT.replace("calendar: 24x7", "calendar: office")
WITH_ROTA = OFFICE_HOURS.replace("calendar: office", "calendar: office\n    rota: service")
NIGHT = 12 * 60
"""Minutes from Monday morning to the evening, when the office is closed."""


def desk_by_day(folder: Path, *, has_rota: bool = True) -> Desk:
    change = (IT, WITH_ROTA if has_rota else OFFICE_HOURS)
    return load_desk(written(folder, change, more=ROTA if has_rota else ""), KNOWN_PLATFORMS)


async def with_ticket(desk: HeadlessDesk) -> HeadlessDesk:
    """Bo has IT-1, and everything so far is shown."""
    await desk.meets()
    await desk.opens()
    await desk.does(BO, actions.claim_ticket)
    await desk.sent()
    return desk


async def writes(desk: HeadlessDesk, text: str = "Any news?") -> None:
    await desk.does(ANA, lambda context, ticket: actions.write_as_requester(context, ticket, text=text))


async def chooses(desk: HeadlessDesk, choice: NoticeChoice) -> None:
    await desk.storage.run(lambda uow: uow.notice_choices.put(choice))


async def pinged(desk: HeadlessDesk) -> list[tuple[str, str]]:
    """Whom what was sent since then mentions, and where; of a direct message its one reader."""
    found: list[tuple[str, str]] = []
    for each in await desk.sent():
        if not each.row.parts:
            found += [(each.channel, name) for name in each.mentions] or _read_alone(each)
    return found


def _read_alone(sent: Sent) -> list[tuple[str, str]]:
    is_personal = "recipient" in sent.row.payload
    return [(sent.channel, "")] if is_personal else []


async def records(desk: HeadlessDesk) -> list[NoticeRecord]:
    """Every decision about IT-1, oldest first."""
    ticket = await desk.ticket()
    return list(await desk.storage.read(lambda uow: uow.notices.of_ticket(ticket.id)))


def reopened(context: Context, ticket: Ticket) -> None:
    actions.reopen_ticket(context, ticket)


def resolved(context: Context, ticket: Ticket) -> None:
    actions.resolve_ticket(context, ticket, resolution="A new battery")
