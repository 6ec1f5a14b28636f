"""Tickets get what reports tell them apart by: fields, logged time, and what their requesters were shown."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.earlier_answer import name_of
from bot.domain.knowledge.offer import Offer, OfferState, ShownPassage
from bot.domain.worked_time.time_entry import TimeEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.services.tickets.fields.changes import set_fields
from tests.fakes.desk.desk_without_platform import HELP
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.figures.slow_count import all_tickets

VPN = ShownPassage(article="vpn/drops", title="The VPN drops", text="Install it again")
FIXED = ShownPassage(article="", title="Where is the printer?", text="Beside the lift")
SECRET = ShownPassage(article="network.wall", title="Firewall", text="Port 4711", is_for_everybody=False)
EARLIER = replace(SECRET, article=name_of(7), title="", reference="IT-1")
STATES = (OfferState.SOLVED, OfferState.ASKED, OfferState.OPENED, OfferState.SHOWN)


async def adorn(desk: HeadlessDesk, random: Random) -> None:
    for number, _ in enumerate(await desk.storage.read(all_tickets), start=1):
        await _fills(desk, random, number)
    await desk.storage.run(lambda uow: _log(desk, uow, random))
    await desk.storage.run(lambda uow: _show(uow, random))


async def _fills(desk: HeadlessDesk, random: Random, number: int) -> None:
    fields = desk.desk.custom_fields
    given = {"asset_tag": ["A 12", "a 12", "B-7", ""], "category": ["Hardware", "Network", ""]}
    chosen = {name: random.choice(values) for name, values in given.items()}
    definitions = {name: fields.definition(name) for name in chosen}
    values = [
        (field, chosen[name]) for name, field in definitions.items() if field is not None and chosen[name]
    ]
    if values:
        await desk.does(LEE, lambda context, it: set_fields(context, it, values), number=number)


def _log(desk: HeadlessDesk, uow: UnitOfWork, random: Random) -> None:
    """For days around, some of them noted late; one in four is taken back."""
    now = desk.clock.now()
    for ticket in all_tickets(uow):
        for _ in range(random.randint(0, 3)):
            added_at = now - timedelta(hours=random.randint(0, 24 * 20))
            entry = TimeEntry(
                id=uow.new_id(),
                ticket=ticket.id,
                team=random.choice(["it", "network"]),
                agent=random.choice(["web:bo", "web:cleo"]),
                day=(added_at - timedelta(hours=random.choice([0, 0, 30]))).date(),
                length=timedelta(minutes=random.randint(5, 90)),
                text="",
                added_at=added_at,
            )
            uow.time_entries.add(entry)
            if random.random() < 0.25:
                uow.time_entries.remove(entry.id)


def _show(uow: UnitOfWork, random: Random) -> None:
    """To most requesters."""
    shown = ((), (), (VPN,), (VPN, FIXED), (SECRET,), (EARLIER,), (EARLIER, VPN))
    for ticket in all_tickets(uow):
        passages = random.choice(shown)
        offer = Offer(
            id=uow.new_id(),
            person=ticket.requester,
            mode=AnswerTime.BESIDE,
            state=random.choice(STATES) if passages else OfferState.SILENT,
            at=ticket.opened_at,
            ticket=ticket.id,
            team=random.choice(["it", "network"]),
            shown=passages,
        )
        if random.random() < 0.8:
            uow.offers.add(replace(offer, state=OfferState.DUE, shown=()), channel=HELP)
            uow.offers.save(offer)
