"""What every storage promises about macros that were written in chat."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.macros.macro import Macro, MacroAssignee
from bot.domain.macros.written_macro import MacroOwner, MacroScope, WrittenMacro
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW

BOS = MacroOwner(MacroScope.PERSON, "web:bo")
ITS = MacroOwner(MacroScope.TEAM, "it")
NAMED_LIKE_BO = MacroOwner(MacroScope.TEAM, "web:bo")
WHOLE = Macro(
    name="restart",
    title="restart",
    text="Hi {requester.first_name} 👋",
    texts={"de": "Hallo {requester.first_name}"},
    status=Status.PENDING,
    priority=Priority.LOW,
    add_tags=("vpn",),
    remove_tags=("new", "old"),
    assign=MacroAssignee.SENDER,
    fields={"cause": "Hardware", "note": "two\nlines"},
    team="network",
)


def written(uow: UnitOfWork, *, owner: MacroOwner = ITS, macro: Macro = WHOLE) -> WrittenMacro:
    return WrittenMacro(id=uow.new_id(), owner=owner, macro=macro, changed_by="web:bo", changed_at=NOW)


def add(uow: UnitOfWork, *, owner: MacroOwner, name: str) -> WrittenMacro | None:
    macro = written(uow, owner=owner, macro=replace(WHOLE, name=name, title=name))
    return macro if uow.macros.add(macro) else None


async def test_a_macro_is_read_as_it_was_written(storage: Storage) -> None:
    def write(uow: UnitOfWork) -> list[WrittenMacro]:
        plain = Macro(name="plain", title="plain", text="Thanks")
        both = [written(uow, macro=plain), written(uow)]
        assert all(uow.macros.add(each) for each in both)
        return both

    both = await storage.run(write)
    assert await storage.read(lambda uow: uow.macros.of([ITS])) == both


async def test_each_owner_reads_their_own(storage: Storage) -> None:
    for owner, name in ((BOS, "mine"), (ITS, "ours"), (NAMED_LIKE_BO, "theirs")):
        assert await storage.run(partial(add, owner=owner, name=name))
    found = await storage.read(lambda uow: uow.macros.of([BOS, ITS]))
    assert [each.macro.name for each in found] == ["mine", "ours"]
    assert await storage.read(lambda uow: uow.macros.of([])) == []


async def test_a_name_is_taken_for_its_owner_alone_in_any_letter_case(storage: Storage) -> None:
    assert await storage.run(partial(add, owner=ITS, name="Restart"))
    assert await storage.run(partial(add, owner=ITS, name="rESTART")) is None
    assert await storage.run(partial(add, owner=BOS, name="restart"))
    (kept,) = await storage.read(lambda uow: uow.macros.of([ITS]))
    assert kept.macro.name == "Restart"


async def test_of_two_who_change_a_version_the_first_one_does(storage: Storage) -> None:
    first = await storage.run(partial(add, owner=ITS, name="restart"))
    assert first is not None
    later = NOW + timedelta(hours=1)
    shorter = replace(first.macro, text="Short", texts={}, fields={}, status=None)
    second = replace(first, macro=shorter, version=2, changed_by="web:cleo", changed_at=later)
    assert await storage.run(lambda uow: uow.macros.replace(second))
    assert not await storage.run(lambda uow: uow.macros.replace(replace(second, changed_by="web:bo")))
    assert await storage.read(lambda uow: uow.macros.of([ITS])) == [second]


async def test_only_the_newest_version_is_removed_and_its_name_is_free(storage: Storage) -> None:
    macro = await storage.run(partial(add, owner=ITS, name="restart"))
    assert macro is not None
    assert not await storage.run(lambda uow: uow.macros.remove(replace(macro, version=2)))
    assert await storage.run(lambda uow: uow.macros.remove(macro))
    assert not await storage.run(lambda uow: uow.macros.remove(macro))
    assert not await storage.run(lambda uow: uow.macros.replace(replace(macro, version=2)))
    assert await storage.run(partial(add, owner=ITS, name="restart"))
