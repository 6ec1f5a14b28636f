"""The history of a ticket, for its team."""

from bot.domain.events import FieldChanged
from bot.domain.tickets.custom_field import FieldKind
from tests.commands.desk_at_work import DAN, LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, words_of
from tests.said import said


async def test_the_team_reads_who_did_what(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    told = await at_work.types(BO, "/desk history IT-1")
    assert told.startswith(said("commands.history", reference="IT-1"))
    assert "Ana Alves" in told
    assert "Bo Berg" in told


async def test_it_is_said_even_beside_the_card(at_work: DeskAtWork) -> None:
    """No card shows a history."""
    await at_work.asks()
    reply = await at_work.desk.intake.take(at_work.desk.pressed(BO, "desk history", "IT-1"))
    assert words_of(reply).startswith(said("commands.history", reference="IT-1"))


async def test_requesters_do_not_read_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    refused = said("commands.agents_only", command="/desk history", ask="/ticket open")
    assert await at_work.types(ANA, "/desk history IT-1") == refused


async def test_people_in_a_field_go_by_their_names_also_where_commas_stand_between(
    at_work: DeskAtWork,
) -> None:
    """So forms kept them before fields had kinds."""
    await at_work.asks()
    ticket = await at_work.ticket()
    changed = FieldChanged(
        actor=BO.key,
        at=ticket.opened_at,
        field="others",
        label="Others",
        kind=FieldKind.PEOPLE,
        before=f"{DAN.key},{LEE.key}",
        after=ANA.key,
    )
    await at_work.desk.storage.run(lambda uow: uow.audit_log.append(ticket.id, [changed]))
    said_so = said(
        "history.field_changed",
        name="Bo Berg",
        field="Others",
        before="Dan Dietz and Lee Lund",
        value="Ana Alves",
    )
    assert said_so in await at_work.types(BO, "/desk history IT-1")
