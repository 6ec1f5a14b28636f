"""Making, changing and removing macros: who may, of which teams, and what is too much."""

from dataclasses import replace

import pytest

from bot.domain.macros.macro import Macro
from bot.domain.macros.written_macro import MOST_OF_ONE_OWNER, MacroOwner, MacroScope, WrittenMacro
from bot.messages.outbound import Form
from bot.ports.unit_of_work import UnitOfWork
from storage.store import DeskStorage
from tests.commands.desk_at_work import DAN, LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said
from tests.storage.sample_rows import NOW

ITS = MacroOwner(MacroScope.TEAM, "it")


async def form_of(at_work: DeskAtWork, words: str) -> Form:
    form = await at_work.desk.intake.take(at_work.desk.typed(BO, words, group="desk"))
    assert isinstance(form, Form)
    return form


def fill_up(uow: UnitOfWork, *, many: int, owner: MacroOwner = ITS) -> None:
    for number in range(many):
        macro = Macro(name=f"m{number}", title=f"m{number}", text="Thanks")
        written = WrittenMacro(id=uow.new_id(), owner=owner, macro=macro, changed_by=BO.key, changed_at=NOW)
        assert uow.macros.add(written)


async def test_a_form_offers_only_teams_of_which_one_is_an_agent(at_work: DeskAtWork) -> None:
    form = await form_of(at_work, "macro new")
    owner = next(each for each in form.fields if each.name == "owner")
    assert [value for value, _ in owner.choices] == ["me", ":it", ":people"]


async def test_what_was_typed_stands_in_the_form(at_work: DeskAtWork) -> None:
    form = await form_of(at_work, "macro new hi")
    assert form.fields[0].value == "hi"


async def test_an_owner_may_have_so_many_and_no_more(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    own = MacroOwner(MacroScope.PERSON, BO.key)
    await sqlite_storage.run(lambda uow: fill_up(uow, many=MOST_OF_ONE_OWNER, owner=own))
    told = await at_work.types(BO, "/desk macro new one-more Thanks")
    assert told == said("macros.too_many", number=MOST_OF_ONE_OWNER)


@pytest.mark.parametrize("who", [ANA, DAN], ids=lambda each: each.name)
async def test_who_answers_no_tickets_makes_no_macros(at_work: DeskAtWork, who: object) -> None:
    for line in ("new hi there", "list", "edit hi", "remove hi"):
        told = await at_work.types(who, f"/desk macro {line}")  # type: ignore[arg-type]
        verb = line.partition(" ")[0]
        assert told.startswith(
            said("commands.agents_only", command=f"/desk macro {verb}", ask="/ticket open")
        )


async def test_a_language_that_is_not_spoken_is_refused(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk macro new hi Hello")
    told = await at_work.types(BO, "/desk macro edit hi xx")
    assert told == said("macros.language_unknown", text="xx", names="de, en, es, fr and pt")


async def test_a_macro_is_nearly_named(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk macro new restart Please restart.")
    told = await at_work.types(BO, "/desk macro edit restrat")
    assert told == said("answers.no_macro_meant", text="restrat", word="restart", names="restart")


async def test_removing_what_somebody_changed_meanwhile_is_refused(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    await sqlite_storage.run(lambda uow: fill_up(uow, many=1))
    await at_work.types(LEE, "/desk macro remove m0")
    form = await form_of(at_work, "macro edit m0")
    filled = {each.name: each.value for each in form.fields} | {"text": "Other words"}
    press = at_work.desk.pressed(BO, form.verb, "")
    await at_work.desk.intake.take(
        replace(press, ticket=None, options={**form.fixed, **filled}, is_form=True)
    )
    told = await at_work.presses(LEE, said("commands.desk_macro_remove_submit"))
    assert told == said("macros.changed_by_another", name="m0")
