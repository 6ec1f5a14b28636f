"""People take back what a command of theirs sent, and leads what others did. The team's history keeps it."""

from pathlib import Path

from bot.domain.tickets.ticket import Status
from storage.store import DeskStorage
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said
from tests.stories.desk_files import DESK


async def recalled(at_work: DeskAtWork) -> list[str]:
    return [each.text for each in await at_work.desk.said() if each.is_deleted]


async def test_a_recalled_reply_leaves_the_requester_waiting_and_the_target_met(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 It is on its way")
    await at_work.shows_all()
    told = await at_work.types(BO, "/desk recall IT-1")
    done = said("answers.recalled_reply", reference="IT-1", text="It is on its way")
    assert told == f"{done} {said('answers.recalled_owed')}"
    assert await recalled(at_work) == ["It is on its way"]
    ticket = await at_work.ticket()
    assert ticket.first_replied_at is not None
    assert ticket.owes_answer
    history = await at_work.types(CLEO, "/desk history IT-1")
    assert said("history.read_before", text="It is on its way") in history
    assert said("history.answer_owed") in history


async def test_the_team_reads_who_recalled_a_reply_and_the_requester_only_that_it_is_gone(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 It is on its way")
    await at_work.types(BO, "/desk recall IT-1")
    shown = await at_work.types(CLEO, "/desk show IT-1")
    recalled_by_bo = said("commands.recalled", name="Bo Berg")
    assert recalled_by_bo in shown
    assert said("commands.deleted") not in shown
    assert "Bo Berg" not in await at_work.types(ANA, "/ticket show IT-1")


async def test_while_another_reply_is_left_nothing_is_owed(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 It is on its way")
    await at_work.types(CLEO, "/desk reply IT-1 and a keyboard")
    done = said("answers.recalled_reply", reference="IT-1", text="and a keyboard")
    assert await at_work.types(CLEO, "/desk recall IT-1") == done
    assert not (await at_work.ticket()).owes_answer


async def test_a_question_taken_back_is_not_waited_for(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    await at_work.types(BO, "/desk wait IT-1 Which one?")
    recall = at_work.buttons()[said("answers.button_recall")]
    await at_work.presses_button(BO, recall)
    assert await recalled(at_work) == ["Which one?"]
    assert (await at_work.ticket()).status is Status.OPEN


async def test_a_question_that_was_read_and_taken_back_is_not_waited_for(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk wait IT-1 Which one?")
    await at_work.shows_all()
    await at_work.types(BO, "/desk recall IT-1")
    assert (await at_work.ticket()).status is Status.OPEN


async def test_a_note_is_taken_back_quietly(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk note IT-1 She shouts")
    done = said("answers.recalled_note", reference="IT-1", text="She shouts")
    assert await at_work.types(BO, "/desk recall IT-1") == done
    assert await recalled(at_work) == ["She shouts"]


async def test_only_the_author_and_leads_recall(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 It is on its way")
    refused = said("refusals.recall_leads_only", name="Bo Berg", team="Service Desk")
    assert await at_work.types(CLEO, "/desk recall IT-1 @bo") == refused
    assert await at_work.types(CLEO, "/desk recall IT-1") == said("refusals.nothing_sent", reference="IT-1")
    assert await recalled(at_work) == []
    await at_work.types(LEE, "/desk recall IT-1 @bo")
    assert await recalled(at_work) == ["It is on its way"]
    told = said("history.recalled_of", name="Lee Lund", person="Bo Berg")
    assert told in await at_work.types(BO, "/desk history IT-1")


async def test_a_lead_takes_back_no_word_of_the_requesters(at_work: DeskAtWork) -> None:
    await at_work.types(ANA, "/ticket open My mouse is dead")
    told = await at_work.types(LEE, "/desk recall IT-1 @ana")
    assert told == said("refusals.nothing_sent_by", reference="IT-1", name="Ana Alves")
    assert await recalled(at_work) == []


async def test_an_unanswered_request_is_withdrawn_with_its_words(at_work: DeskAtWork) -> None:
    await at_work.types(ANA, "/ticket open My mouse is dead")
    told = await at_work.types(ANA, "/ticket recall IT-1")
    assert told == said("answers.recalled_request", reference="IT-1", text="My mouse is dead")
    ticket = await at_work.ticket()
    assert ticket.status is Status.CLOSED
    assert ticket.subject == said("requester.subject_deleted")


async def test_the_reason_of_a_withdrawn_request_names_the_rule_without_its_words(
    at_work: DeskAtWork,
) -> None:
    await at_work.types(ANA, "/ticket open My VPN drops")
    assert "finding" in (await at_work.ticket()).why_here.facts
    await at_work.types(ANA, "/ticket recall IT-1")
    why = (await at_work.ticket()).why_here
    assert (why.key, list(why.facts)) == ("team.why_rule_alone", ["rule"])


async def test_a_withdrawn_request_is_quoted_as_a_reason_by_no_one_who_reads_of_it(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    """The rule that found its words named its targets, too."""
    config = tmp_path / "quotes.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(
        text.replace("team: network, priority", "team: network, sla_policy: standard, priority")
    )
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=config)
    await at_work.types(ANA, "/ticket open My VPN drops")
    found = said("routing.word", text="vpn")
    lines = [(CLEO, "/desk history IT-1"), (LEE, "/desk show IT-1"), (LEE, "/desk sla IT-1")]
    before = [await at_work.types(who, line) for who, line in lines]
    assert found in before[0]
    await at_work.types(ANA, "/ticket recall IT-1")
    after = [await at_work.types(who, line) for who, line in lines]
    assert not any(found in each for each in after)
    assert said("team.why_rule_alone", rule="network") in after[0]


async def test_what_was_recalled_is_recalled_once(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 It is on its way")
    recall = at_work.buttons()[said("answers.button_recall")]
    await at_work.presses_button(BO, recall)
    assert await at_work.presses_button(BO, recall) == said("refusals.sent_recalled", reference="IT-1")


async def test_the_requester_never_reads_what_was_recalled(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 It is on its way")
    await at_work.types(BO, "/desk recall IT-1")
    shown = await at_work.types(ANA, "/ticket show IT-1")
    assert said("commands.deleted") not in shown
    assert "on its way" not in shown
    assert "on its way" not in await at_work.types(ANA, "/ticket search way")
    assert "on its way" not in await at_work.types(BO, "/desk search way")


async def test_the_clock_says_that_the_answer_is_gone(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 It is on its way")
    await at_work.shows_all()
    assert said("sla.answer_gone", at="") not in await at_work.types(BO, "/desk sla IT-1")
    await at_work.types(BO, "/desk recall IT-1")
    start, _, end = said("sla.answer_gone", at="|").partition("|")
    told = await at_work.types(ANA, "/ticket sla IT-1")
    assert start in told
    assert end in told


async def test_only_tickets_with_something_to_take_back_are_offered(at_work: DeskAtWork) -> None:
    await at_work.asks("My screen is dark")
    await at_work.asks("My mouse is dead")
    await at_work.types(ANA, "/ticket reply IT-2 it is the left one")
    await at_work.types(ANA, "/ticket recall")
    assert [label[:4] for label in at_work.buttons()] == ["IT-2"]
