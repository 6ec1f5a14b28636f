"""Which transcript somebody is sent."""

from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, words_of
from tests.said import said


async def test_the_requesters_comes_without_notes_and_the_staffs_with_them(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = said("answers.transcript", reference="IT-1")
    assert await at_work.types(ANA, "/ticket transcript IT-1") == told
    assert await at_work.types(BO, "/ticket transcript IT-1") == told
    with_notes = said("answers.transcript_with_notes", reference="IT-1")
    assert await at_work.types(BO, "/desk transcript IT-1") == with_notes


async def test_it_is_for_who_may_read_the_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks()
    refused = said(
        "commands.others_request", team="Service Desk", reference="IT-1", command="/ticket add IT-1"
    )
    assert await at_work.types(DAN, "/ticket transcript IT-1") == refused
    refused = said("commands.agents_only", command="/desk transcript", ask="/ticket open")
    assert await at_work.types(ANA, "/desk transcript IT-1") == refused


async def test_where_it_comes_is_said_even_beside_the_card(at_work: DeskAtWork) -> None:
    await at_work.asks()
    reply = await at_work.desk.intake.take(at_work.desk.pressed(BO, "desk transcript", "IT-1"))
    assert words_of(reply) == said("answers.transcript_with_notes", reference="IT-1")
