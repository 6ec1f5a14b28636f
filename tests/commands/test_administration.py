"""What the desk's admins look at and repair."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.sentence import sentence
from bot.ports.storage.outbox import RowState
from bot.ports.unit_of_work import UnitOfWork
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import printed, said

OUTBOX = "/desk-admin outbox"


async def test_only_admins_may_and_others_are_told_who_can(at_work: DeskAtWork) -> None:
    for line in ("/desk-admin outbox", "/desk-admin audit", "/desk-admin status", "/desk-admin reload"):
        refused = said("commands.admins_only", command=line, people="Lee Lund")
        assert await at_work.types(BO, line) == refused


async def test_the_outbox_tells_what_is_on_its_way(at_work: DeskAtWork) -> None:
    assert await at_work.types(LEE, "/desk-admin outbox") == said("commands.outbox_empty")
    await at_work.asks()
    told = await at_work.types(LEE, "/desk-admin outbox")
    counts = await at_work.desk.storage.read(lambda uow: uow.outbox.count_by_state())
    assert told == said("commands.outbox_none_failed", count=sum(counts.values()))


async def test_why_a_message_failed_is_told_in_the_readers_language(at_work: DeskAtWork) -> None:
    await at_work.asks()
    reason = sentence(
        "deliveries.slack_not_in_channel", channel="C1", name="deskbell", error="not_in_channel"
    )

    def fails(uow: UnitOfWork) -> None:
        for row in uow.outbox.claim(limit=1, lease=timedelta(minutes=1)):
            uow.outbox.give_up(row, RowState.DEAD, error=reason)

    await at_work.desk.storage.run(fails)
    facts = {name: str(fact) for name, fact in reason.facts.items()}
    for language in ("en", "de", "pt"):
        told = await at_work.types(replace(LEE, language=language), "/desk-admin outbox")
        assert said(reason.key, language=language, **facts) in told


async def test_the_outbox_refuses_what_it_cannot_do(at_work: DeskAtWork) -> None:
    unknown_action = said("commands.outbox_unknown_action", text="burn", command=OUTBOX)
    assert await at_work.types(LEE, "/desk-admin outbox burn 3") == unknown_action
    number_needed = said("commands.outbox_number_needed", outbox=OUTBOX, command=f"{OUTBOX} retry 17")
    assert await at_work.types(LEE, "/desk-admin outbox retry soon") == number_needed
    for number in ("7", "9" * 30):
        unknown = said("commands.outbox_unknown_message", number=number, command=OUTBOX)
        assert await at_work.types(LEE, f"/desk-admin outbox drop #{number}") == unknown


async def test_the_audit_log_is_read_whole_or_of_one_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("My screen is dark")
    assert (await at_work.types(LEE, "/desk-admin audit")).startswith(said("commands.audit_log"))
    assert (await at_work.types(LEE, "/desk-admin audit IT-2")).startswith(
        said("commands.history", reference="IT-2")
    )
    unknown = said("refusals.no_ticket_called", reference="IT-9")
    assert await at_work.types(LEE, "/desk-admin audit IT-9") == unknown


async def test_the_status_counts_the_tickets_of_each_team(at_work: DeskAtWork) -> None:
    await at_work.asks()
    lines = (await at_work.types(LEE, "/desk-admin status")).splitlines()
    assert lines[0] == "Test desk"
    assert "Service Desk: 1 new" in lines
    assert f"Network: {said('commands.status_no_tickets')}" in lines


async def test_the_status_says_what_was_not_delivered_and_what_to_do(at_work: DeskAtWork) -> None:
    """A message that was dropped needs nothing more, and is not counted."""
    await at_work.asks()

    def fails(uow: UnitOfWork) -> None:
        (first, *_) = uow.outbox.claim(limit=1, lease=timedelta(minutes=1))
        uow.outbox.give_up(first, RowState.DEAD, error=sentence("deliveries.no_longer_true"))

    await at_work.desk.storage.run(fails)
    kinds = said("deliveries.kind_acknowledgement")
    told = said("commands.status_dead", count=1, kinds=kinds, command="/desk-admin outbox")
    assert told in (await at_work.types(LEE, "/desk-admin status")).splitlines()
    (row,) = await at_work.desk.storage.read(lambda uow: uow.outbox.listing([RowState.DEAD]))
    await at_work.types(LEE, f"/desk-admin outbox drop {row.id}")
    assert kinds not in await at_work.types(LEE, "/desk-admin status")


async def test_a_configuration_that_cannot_be_read_again_leaves_the_old_one(at_work: DeskAtWork) -> None:
    told = await at_work.types(LEE, "/desk-admin reload")
    refused = f"{said('commands.not_reloaded')} {printed('terminal.no_desk_to_reload')}"
    assert told == refused
