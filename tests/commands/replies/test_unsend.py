"""Which reply is taken back."""

from pathlib import Path

from bot.messages.outbound import Form
from bot.messages.plain import plain
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said
from tests.stories.replies.desk_that_holds import holding

NOTHING = said("refusals.no_held_reply")


async def unsends(at_work: DeskAtWork, words: str = "") -> Form:
    reply = await at_work.desk.intake.take(at_work.desk.typed(BO, f"unsend {words}"))
    assert isinstance(reply, Form)
    return reply


async def test_it_is_the_last_one_or_that_of_the_ticket(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=holding(tmp_path))
    await at_work.asks()
    await at_work.asks("My screen is dark")
    await at_work.types(BO, "/desk reply IT-1 First")
    await at_work.types(BO, "/desk reply IT-2 Second")
    both = said("answers.change_held_words", button=said("answers.button_take_back"))
    assert both in await at_work.types(BO, "/desk resolve IT-2 Third")
    form = await unsends(at_work, "IT-1")
    assert (form.ticket, form.fields[0].value) == ("IT-1", "First")
    assert plain(form.notice) == said("answers.taken_back"), "a reply changes no status"
    assert said("answers.taken_back_words", text="First") in plain(form.instead)
    form = await unsends(at_work)
    assert (form.verb, form.fields[0].value) == ("desk resolve", "Third"), "the last one"
    stays = said("answers.taken_back_status", reference="IT-2", status="new")
    assert plain(form.notice) == f"{said('answers.taken_back')} {stays}"
    assert (await unsends(at_work, "#2")).fields[0].value == "Second"
    assert await at_work.types(BO, "/desk unsend") == NOTHING


async def test_what_others_hold_back_is_as_if_it_were_not_there(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=holding(tmp_path))
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 First")
    for ticket in ("", " IT-1", " IT-9", " nonsense"):
        assert await at_work.types(CLEO, f"/desk unsend{ticket}") == NOTHING
    button = at_work.desk.pressed(CLEO, "desk unsend", "IT-1", held="1")
    reply = await at_work.desk.intake.take(button)
    assert plain(reply.text) == said("refusals.reply_has_left")  # type: ignore[union-attr]
    assert "IT-1" not in await at_work.types(ANA, "/desk unsend IT-1")


async def test_what_would_be_refused_is_refused_at_once(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=holding(tmp_path))
    await at_work.asks()
    await at_work.types(BO, "/desk close IT-1")
    await at_work.presses(BO, said("answers.button_close_anyway"))
    refused = await at_work.types(BO, "/desk resolve IT-1 A new mouse")
    closed = said("refusals.already_closed_by", name=BO.name, reference="IT-1", at="|")
    assert closed.partition("|")[0] in refused
    assert await at_work.types(BO, "/desk unsend") == NOTHING
