"""People change what a command of theirs sent; the older words stay with the team."""

from bot.messages.outbound import Form
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

BY_COMMAND = "/desk reply IT-1 It is on its wax"


async def texts(at_work: DeskAtWork) -> list[str]:
    return [each.text for each in await at_work.desk.said()]


async def test_a_reply_reads_as_its_author_wants_it_now(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, BY_COMMAND)
    done = said("answers.edited", reference="IT-1")
    seen = said("answers.seen_by_requester", text="It is on its way")
    assert await at_work.types(BO, "/desk edit IT-1 It is on its way") == f"{done} {seen}"
    assert "It is on its way" in await texts(at_work)
    (sent,) = [each for each in await at_work.desk.said() if each.author == BO.key]
    history = await at_work.desk.storage.read(lambda uow: uow.messages.history(sent.id))
    assert [text for _, text, _ in history] == ["It is on its wax", "It is on its way"]


async def test_without_words_a_form_shows_the_present_ones(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, BY_COMMAND)
    form = await at_work.desk.intake.take(at_work.desk.typed(BO, "edit IT-1"))
    assert isinstance(form, Form)
    assert [field.value for field in form.fields] == ["It is on its wax"]
    await at_work.types(BO, "/desk note IT-1 She sits in room 4")
    sent = at_work.desk.pressed(BO, form.verb, "IT-1", **form.fixed, text="It is on its way")
    await at_work.desk.intake.take(sent)
    assert await texts(at_work) == ["It is on its way", "She sits in room 4", "My mouse is dead"]


async def test_the_button_below_the_confirmation_means_what_was_sent(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, BY_COMMAND)
    edit = at_work.buttons()[said("answers.button_edit")]
    await at_work.types(BO, "/desk note IT-1 She sits in room 4")
    form = await at_work.desk.intake.take(at_work.desk.pressed(BO, edit.verb, "IT-1", **edit.options))
    assert isinstance(form, Form)
    assert form.fields[0].value == "It is on its wax"


async def test_others_words_are_not_changed_and_not_told_of(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk note IT-1 She shouts")
    (note,) = [each for each in await at_work.desk.said() if each.author == BO.key]
    for who, verb in ((CLEO, "desk edit"), (ANA, "ticket edit")):
        press = at_work.desk.pressed(who, verb, "IT-1", message=str(note.id), text="She sings")
        reply = await at_work.desk.intake.take(press)
        assert at_work.as_said(reply) == said("refusals.nothing_sent", reference="IT-1")
    assert "She shouts" in await texts(at_work)


async def test_a_message_of_the_chat_is_changed_where_it_was_written(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(ANA, "/ticket edit IT-1 My keyboard is dead")
    assert told == said("refusals.changed_where_written", text="My mouse is dead")
    assert await texts(at_work) == ["My mouse is dead"]


async def test_a_request_sent_by_command_takes_its_subject_along(at_work: DeskAtWork) -> None:
    await at_work.types(ANA, "/ticket open My mouse is dead")
    await at_work.types(ANA, "/ticket edit IT-1 My keyboard is dead")
    assert (await at_work.ticket()).subject == "My keyboard is dead"


async def test_nothing_changes_once_the_ticket_is_closed(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, BY_COMMAND)
    await at_work.types(BO, "/desk close IT-1")
    for order in ("edit IT-1 something else", "edit IT-1", "recall IT-1"):
        assert await at_work.types(BO, f"/desk {order}") == said("refusals.sent_stays", reference="IT-1")
    assert "It is on its wax" in await texts(at_work)


async def test_the_same_words_again_change_nothing(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, BY_COMMAND)
    told = await at_work.types(BO, "/desk edit IT-1 It is on its wax")
    assert told == said("refusals.sent_already_reads", reference="IT-1")


async def test_words_too_long_for_a_form_are_not_cut_by_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, f"/desk reply IT-1 {'word ' * 700}")
    told = await at_work.types(BO, "/desk edit IT-1")
    assert told == said("refusals.too_long_for_form", reference="IT-1", command="/desk edit IT-1")


async def test_the_history_shows_both_versions_to_the_team(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, BY_COMMAND)
    await at_work.types(BO, "/desk edit IT-1 It is on its way")
    told = await at_work.types(CLEO, "/desk history IT-1")
    assert said("history.reads_now", before="It is on its wax", text="It is on its way") in told
