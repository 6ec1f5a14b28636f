"""What was said with a change of status is edited and recalled as a reply is. The status stays."""

from dataclasses import replace

import pytest

from bot.domain.tickets.ticket import Status
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.commands.tickets.test_answers import BIG
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

EDIT, RECALL = said("answers.button_edit"), said("answers.button_recall")
WITH_STATUS = pytest.mark.parametrize(
    ("verb", "status"), [("hold", Status.ON_HOLD), ("resolve", Status.RESOLVED), ("close", Status.CLOSED)]
)


async def words_with(at_work: DeskAtWork, verb: str, text: str = "Joe has the cablx") -> None:
    """After a reply."""
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(BO, f"/desk {verb} IT-1 {text}")


async def replies(at_work: DeskAtWork) -> list[tuple[str, bool]]:
    """What Bo sent as messages, and whether it is gone."""
    return [(each.text, each.is_deleted) for each in await at_work.desk.said() if each.author == BO.key]


def stays(status: str) -> str:
    return said("answers.recalled_status_stays", status=status)


@WITH_STATUS
async def test_the_last_words_are_changed_and_the_status_and_the_reply_before_stay(
    at_work: DeskAtWork, verb: str, status: Status
) -> None:
    await words_with(at_work, verb)
    told = await at_work.types(BO, "/desk edit IT-1 Joe has the cable")
    changed = said("answers.edited", reference="IT-1")
    assert told == f"{changed} {said('answers.seen_by_requester', text='Joe has the cable')}"
    assert (await at_work.ticket()).status is status
    assert await replies(at_work) == [("first words", False)]
    for who, group in ((BO, "desk"), (ANA, "ticket")):
        shown = await at_work.types(who, f"/{group} show IT-1")
        assert "cablx" not in shown
        assert f"{said('commands.edited')}\nJoe has the cable" in shown
    history = await at_work.types(CLEO, "/desk history IT-1")
    assert said("history.reads_now", before="Joe has the cablx", text="Joe has the cable") in history


@WITH_STATUS
async def test_the_last_words_are_taken_back_and_the_team_can_read_who_did_it(
    at_work: DeskAtWork, verb: str, status: Status
) -> None:
    await words_with(at_work, verb)
    told = await at_work.types(BO, "/desk recall IT-1")
    assert said("answers.recalled_reply", reference="IT-1", text="Joe has the cablx") in told
    assert stays({"hold": "on hold", "resolve": "resolved", "close": "closed"}[verb]) in told
    assert (await at_work.ticket()).status is status
    assert await replies(at_work) == [("first words", False)]
    shown = await at_work.types(CLEO, "/desk show IT-1")
    assert said("commands.recalled", name="Bo Berg") in shown
    assert "cablx" not in shown
    assert "cablx" not in await at_work.types(ANA, "/ticket show IT-1")
    history = await at_work.types(CLEO, "/desk history IT-1")
    assert said("history.recalled", name="Bo Berg") in history
    assert history.count("Joe has the cablx") == 1
    assert said("history.read_before", text="Joe has the cablx") in history


@WITH_STATUS
async def test_buttons_below_the_answer_are_for_these_words(
    at_work: DeskAtWork, verb: str, status: Status
) -> None:
    await words_with(at_work, verb)
    assert list(at_work.buttons())[:2] == [EDIT, RECALL]
    edit, recall = (at_work.buttons()[each] for each in (EDIT, RECALL))
    await at_work.types(BO, "/desk note IT-1 for us")
    form = await at_work.desk.intake.take(at_work.desk.pressed(BO, edit.verb, "IT-1", **edit.options))
    assert isinstance(form, Form)
    assert form.fields[0].value == "Joe has the cablx"
    sent = at_work.desk.pressed(BO, form.verb, "IT-1", **form.fixed, text="Joe has the cable")
    await at_work.desk.intake.take(sent)
    told = await at_work.presses_button(BO, recall)
    assert said("answers.recalled_reply", reference="IT-1", text="Joe has the cable") in told
    assert (await at_work.ticket()).status is status
    assert await at_work.presses_button(BO, recall) == said("refusals.sent_recalled", reference="IT-1")
    assert await replies(at_work) == [("first words", False), ("for us", False)]


async def test_without_words_there_is_nothing_to_change_but_the_reply_before(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(BO, "/desk hold IT-1")
    assert EDIT not in at_work.buttons()
    await at_work.types(BO, "/desk recall IT-1")
    assert await replies(at_work) == [("first words", True)]


async def test_what_was_said_last_goes_first(at_work: DeskAtWork) -> None:
    await words_with(at_work, "hold", "wait for Joe")
    await at_work.types(BO, "/desk reply IT-1 last words")
    for text in ("last words", "wait for Joe", "first words"):
        told = await at_work.types(BO, "/desk recall IT-1")
        assert said("answers.recalled_reply", reference="IT-1", text=text) in told
    assert await at_work.types(BO, "/desk recall IT-1") == said("refusals.nothing_sent", reference="IT-1")


async def test_an_earlier_reason_is_changed_while_a_later_one_stays(at_work: DeskAtWork) -> None:
    await words_with(at_work, "hold", "wait for Joe")
    first = at_work.buttons()[RECALL]
    await at_work.types(BO, "/desk reopen IT-1")
    await at_work.types(BO, "/desk hold IT-1 wait for Joe")
    await at_work.presses_button(BO, first)
    shown = await at_work.types(ANA, "/ticket show IT-1")
    assert shown.count("wait for Joe") == 1


async def test_a_password_among_them_is_quoted_nowhere(at_work: DeskAtWork) -> None:
    await words_with(at_work, "resolve", "Sign in with password: hunter2-tulip")
    for line in ("/desk recall IT-1", "/desk history IT-1", "/desk show IT-1"):
        assert "hunter2" not in await at_work.types(BO, line)


@WITH_STATUS
async def test_the_same_words_and_no_words_change_nothing(
    at_work: DeskAtWork, verb: str, status: Status
) -> None:
    await words_with(at_work, verb)
    before = await at_work.ticket()
    told = await at_work.types(BO, "/desk edit IT-1 Joe has the cablx")
    assert told == said("refusals.sent_already_reads", reference="IT-1")
    assert await at_work.ticket() == before
    assert before.status is status


async def test_the_requester_waits_again_for_what_a_hold_reason_had_answered(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(ANA, "/ticket reply IT-1 and now?")
    await at_work.types(BO, "/desk hold IT-1 wait for Joe")
    assert not (await at_work.ticket()).owes_answer
    told = await at_work.types(BO, "/desk recall IT-1")
    assert said("answers.recalled_owed") in told
    ticket = await at_work.ticket()
    assert ticket.owes_answer
    assert ticket.status is Status.ON_HOLD
    assert said("history.answer_owed") in await at_work.types(BO, "/desk history IT-1")


async def test_while_a_reply_or_another_reason_is_left_nothing_is_owed(at_work: DeskAtWork) -> None:
    await words_with(at_work, "hold", "wait for Joe")
    assert said("answers.recalled_owed") not in await at_work.types(BO, "/desk recall IT-1")
    await at_work.types(ANA, "/ticket reply IT-1 and now?")
    await at_work.types(BO, "/desk reply IT-1 second words")
    await at_work.types(BO, "/desk reopen IT-1")
    await at_work.types(CLEO, "/desk hold IT-1 wait for Eve")
    assert said("answers.recalled_owed") not in await at_work.types(BO, "/desk recall IT-1")
    assert not (await at_work.ticket()).owes_answer


async def test_a_resolution_that_was_the_first_response_met_its_target_all_the_same(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 It was unplugged")
    met = (await at_work.ticket()).first_replied_at
    assert met is not None
    await at_work.types(BO, "/desk recall IT-1")
    assert (await at_work.ticket()).first_replied_at == met


async def test_a_lead_takes_back_what_an_agent_said_with_it(at_work: DeskAtWork) -> None:
    await words_with(at_work, "hold", "wait for Joe")
    told = await at_work.types(LEE, "/desk recall IT-1 @bo")
    assert said("answers.recalled_reply", reference="IT-1", text="wait for Joe") in told
    history = await at_work.types(CLEO, "/desk history IT-1")
    assert said("history.recalled_of", name="Lee Lund", person="Bo Berg") in history


async def test_nobody_else_changes_or_takes_them_back(at_work: DeskAtWork) -> None:
    await words_with(at_work, "resolve")
    edit, recall = (at_work.buttons()[each] for each in (EDIT, RECALL))
    for button in (edit, recall):
        press = at_work.desk.pressed(CLEO, button.verb, "IT-1", **button.options, text="Ha")
        refused = at_work.as_said(await at_work.desk.intake.take(press))
        assert "cablx" not in refused
    assert "Joe has the cablx" in await at_work.types(ANA, "/ticket show IT-1")
    told = await at_work.types(CLEO, "/desk recall IT-1 @bo")
    assert "cablx" not in told
    assert "Joe has the cablx" in await at_work.types(ANA, "/ticket show IT-1")


async def test_a_requester_changes_and_takes_back_why_they_closed_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(ANA, "/ticket close IT-1 it worx")
    assert list(at_work.buttons()) == [EDIT, RECALL]
    told = await at_work.types(ANA, "/ticket edit IT-1 it works")
    assert said("answers.seen_by_team", text="it works") in told
    told = await at_work.types(ANA, "/ticket recall IT-1")
    assert said("answers.recalled_words", reference="IT-1", text="it works") in told
    assert (await at_work.ticket()).status is Status.CLOSED


async def test_once_a_ticket_is_closed_only_what_was_said_with_that_can_change(at_work: DeskAtWork) -> None:
    await words_with(at_work, "resolve")
    resolution = at_work.buttons()[RECALL]
    await at_work.types(BO, "/desk close IT-1")
    refused = said("refusals.sent_stays", reference="IT-1")
    assert await at_work.presses_button(BO, resolution) == refused
    assert await at_work.types(BO, "/desk edit IT-1 x") == refused
    await at_work.types(BO, "/desk reopen IT-1")
    assert said("answers.recalled_reply", reference="IT-1", text="Joe has the cablx") in (
        await at_work.presses_button(BO, resolution)
    )


async def test_a_file_that_did_not_go_with_a_resolution_leaves_nothing_to_change(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    resolving = at_work.desk.pressed(BO, verbs.RESOLVE, "IT-1")
    reply = await at_work.desk.intake.take(replace(resolving, files=(BIG,), is_form=True))
    assert isinstance(reply, PrivateReply)
    assert (await at_work.ticket()).status is Status.RESOLVED
    assert EDIT not in [each.label for each in reply.buttons]
