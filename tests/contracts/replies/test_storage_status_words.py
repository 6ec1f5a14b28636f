"""What was said with a change of status is read as it is said now, on each database, and found where it was told."""

from collections.abc import Sequence

from bot.domain.events import Event, StatusChanged, TagsChanged
from bot.domain.replies.status_words import StatusWordsEdited, StatusWordsRecalled
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.contracts.outbox_steps import a_thread, claim, one, settle, tell, want
from tests.storage.sample_rows import NOW, a_numbered_ticket

BO = "web:bo"


def held(reason: str) -> StatusChanged:
    return StatusChanged(actor=BO, at=NOW, before="open", after="on_hold", reason=reason)


def tagged(*, at: int = 0) -> TagsChanged:
    return TagsChanged(actor=BO, at=NOW, before=(), after=(f"tag{at}",))


def reasons(entries: Sequence[AuditEntry]) -> list[str]:
    return [each.details["reason"] for each in entries if each.event == StatusChanged.stored_as]


async def kept(storage: Storage, *events: Event) -> int:
    def work(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow)
        uow.audit_log.append(ticket.id, events)
        return ticket.id

    return await storage.run(work)


async def test_words_read_as_they_were_changed_last_and_each_change_of_status_has_its_own(
    storage: Storage,
) -> None:
    edits = [
        StatusWordsEdited(actor=BO, at=NOW, change=2, before="Joe", after="Jon"),
        StatusWordsEdited(actor=BO, at=NOW, change=2, before="Jon", after="John"),
    ]
    ticket = await kept(storage, held("Joe"), tagged(), held("Joe"), held("Eve"), *edits)
    other = await kept(storage, held("Joe"), held("Joe"))
    found = await storage.read(lambda uow: uow.audit_log.of_tickets([ticket, other]))
    assert reasons(found[ticket]) == ["Joe", "John", "Eve"]
    assert reasons(found[other]) == ["Joe", "Joe"]
    alone = await storage.read(lambda uow: uow.audit_log.of_ticket(ticket))
    assert alone == found[ticket]
    assert [each.details["before"] for each in alone if each.event == StatusWordsEdited.stored_as] == [
        "Joe",
        "Jon",
    ]


async def test_words_that_were_recalled_are_read_nowhere_but_where_that_is_told(storage: Storage) -> None:
    recalled = StatusWordsRecalled(actor="web:lee", at=NOW, change=1, author=BO, before="tulip")
    ticket = await kept(storage, held("tulip"), recalled)
    held_now, told = await storage.read(lambda uow: uow.audit_log.of_ticket(ticket))
    assert (held_now.details["reason"], held_now.details["recalled_by"]) == ("", "web:lee")
    assert told.details["before"] == "tulip"


async def test_the_newest_lines_read_so_however_few_are_asked_for(storage: Storage) -> None:
    edited = StatusWordsEdited(actor=BO, at=NOW, change=2, before="Joe", after="John")
    await kept(storage, held("Joe"), held("Joe"), *(tagged(at=each) for each in range(3)), edited)
    for limit, read in ((6, ["John", "Joe"]), (5, ["John"]), (2, [])):
        recent = await storage.read(lambda uow: uow.audit_log.recent(limit=limit))  # noqa: B023
        assert len(recent) == limit
        assert recent[0].event == StatusWordsEdited.stored_as
        assert reasons(recent) == read


async def test_notices_of_a_conversation_are_found_sent_or_not_and_revised(storage: Storage) -> None:
    here, elsewhere = await a_thread(storage), await a_thread(storage, root="r2")
    await tell(storage, here, "sent", kind=RowKind.NOTICE, payload={"words": "a"})
    await settle(storage, await one(await claim(storage)), "p1")
    await tell(storage, here, "unsent", kind=RowKind.NOTICE, payload={"words": "b"})
    await tell(storage, here, "an alert", kind=RowKind.ALERT, payload={"words": "c"})
    await tell(storage, elsewhere, "elsewhere", kind=RowKind.NOTICE, payload={"words": "d"})
    await want(storage, here, 1)
    found = await storage.read(lambda uow: uow.outbox.notices_in([here.id]))
    assert found == {"sent": {"words": "a"}, "unsent": {"words": "b"}}
    await storage.run(lambda uow: uow.outbox.revise("sent", {"words": "e"}))
    both = await storage.read(lambda uow: uow.outbox.notices_in([here.id, elsewhere.id, here.id]))
    assert both == {"sent": {"words": "e"}, "unsent": {"words": "b"}, "elsewhere": {"words": "d"}}
