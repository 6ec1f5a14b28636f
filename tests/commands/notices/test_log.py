"""`/desk-admin notices`: what was told to whom, and why not."""

from datetime import timedelta

from bot.domain.sentence import sentence
from bot.ports.storage.outbox import RowKind, RowState
from bot.ports.unit_of_work import UnitOfWork
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said

ELSEWHERE = said("answers.notices_of_sla", command="/desk history IT-1")


async def test_nothing_was_told_of_a_new_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(LEE, "/desk-admin notices IT-1")
    assert told == f"{said('answers.notices_none', reference='IT-1')} {ELSEWHERE}"


async def test_each_moment_says_what_happened_and_who_was_told_or_not(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    for text in ("It smokes", "It burns"):
        await at_work.types(ANA, f"/ticket reply IT-1 {text}")
    heading, *lines, elsewhere = (await at_work.types(LEE, "/desk-admin notices IT-1")).splitlines()
    assert heading == said("answers.notices", reference="IT-1")
    assert elsewhere == ELSEWHERE
    wrote = said("answers.notice_event_wrote").capitalize()
    assert [line.partition(" · ")[2] or line for line in lines] == [
        wrote,
        f"• {said('answers.notice_told_thread', count=1, people='Bo Berg')}",
        f"• {said('answers.notice_held_burst', count=1, people='Bo Berg')}",
    ]


async def test_what_was_not_delivered_is_said_with_where_to_see_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    await at_work.types(ANA, "/ticket reply IT-1 It smokes")

    ticket = await at_work.ticket()

    def fails(uow: UnitOfWork) -> None:
        (record,) = uow.notices.of_ticket(ticket.id)
        while rows := uow.outbox.claim(limit=50, lease=timedelta(minutes=1)):
            for row in rows:
                if (row.kind, row.subject) == (RowKind.COPY, record.message):
                    uow.outbox.give_up(row, RowState.DEAD, error=sentence("deliveries.no_longer_true"))
                else:
                    uow.outbox.settle(row, parts=(f"p{row.id}",))

    lost = said("answers.notice_undelivered", people="Bo Berg", command="/desk-admin outbox")
    assert lost not in await at_work.types(LEE, "/desk-admin notices IT-1")
    await at_work.desk.storage.run(fails)
    assert f"• {lost}" in (await at_work.types(LEE, "/desk-admin notices IT-1")).splitlines()


async def test_it_is_for_administrators(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert "notices" in await at_work.types(BO, "/desk-admin notices IT-1")
    assert ELSEWHERE not in await at_work.types(ANA, "/desk-admin notices IT-1")
