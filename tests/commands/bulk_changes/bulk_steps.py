"""The steps of changing many tickets at once, as people take them: search, press, fill in, press."""

from typing import Any

from bot.domain.directory import Person
from bot.messages.outbound import Button, Form
from bot.workers.bulk_changes import BulkChangeWorker
from tests.commands.desk_at_work import DeskAtWork
from tests.said import said


def left(why: str, *references: str, **facts: Any) -> str:
    """The line of a preview that says why these stay as they are."""
    named = ", ".join(references)
    return said("bulk.left", why=said(f"bulk.left_{why}", **facts), number=len(references), references=named)


def do(name: str) -> str:
    """The label of the button that does this to the tickets that are chosen."""
    return said(f"bulk.do_{name}")


async def works(at_work: DeskAtWork) -> None:
    """What was started is done to its end."""
    await BulkChangeWorker(storage=at_work.desk.storage, contexts=at_work.desk.contexts).tick()


async def opens(at_work: DeskAtWork, who: Person, label: str) -> Form:
    """Press a button of the last answer that opens a form."""
    button = at_work.buttons()[label]
    form = await at_work.desk.intake.take(at_work.desk.pressed(who, button.verb, "", **button.options))
    assert isinstance(form, Form), form
    return form


async def submits(at_work: DeskAtWork, who: Person, form: Form, **values: str) -> str:
    button = Button(label=form.submit, verb=form.verb, options={**form.fixed, **values})
    return await at_work.presses_button(who, button)


async def runs(at_work: DeskAtWork, who: Person, count: int, *, does: str = "bulk.button_run") -> str:
    """Press the button that changes so many, and wait until it is done."""
    answer = await at_work.presses(who, said(does, count=count))
    await works(at_work)
    return answer


async def three_mice(at_work: DeskAtWork) -> None:
    for name in ("first", "second", "third"):
        await at_work.asks(f"My {name} mouse is dead")
