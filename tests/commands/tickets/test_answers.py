"""What agents say: to the requester, or among themselves."""

from collections.abc import AsyncIterator
from dataclasses import replace

from bot.domain.tickets.conversation import MessageKind
from bot.messages.inbound import IncomingFile
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_a_reply_is_public_and_a_note_is_not(at_work: DeskAtWork) -> None:
    await at_work.asks()
    sent, seen = (
        said("answers.reply_sent", reference="IT-1"),
        said("answers.seen_by_requester", text="it is on its way"),
    )
    assert await at_work.types(BO, "/desk reply IT-1 it is on its way") == f"{sent} {seen}"
    added = said("answers.note_added", reference="IT-1")
    seen = said("answers.seen_by_note", text="the third one this week")
    assert await at_work.types(BO, "/desk note IT-1 the third one this week") == (f"{added} {seen}")
    assert {each.text: each.kind for each in await at_work.desk.said()} == {
        "My mouse is dead": MessageKind.REQUEST,
        "it is on its way": MessageKind.REPLY,
        "the third one this week": MessageKind.NOTE,
    }
    assert (await at_work.ticket()).first_replied_at is not None


async def too_much() -> AsyncIterator[bytes]:
    yield b"x" * 20_000


BIG = IncomingFile(name="big.log", media_type="text/plain", size=20_000, read=too_much)


async def test_the_words_go_without_a_file_that_is_too_large(at_work: DeskAtWork) -> None:
    await at_work.asks()
    sending = at_work.desk.pressed(BO, "desk reply", "IT-1", text="see the log")
    told = at_work.as_said(await at_work.desk.intake.take(replace(sending, files=(BIG,), is_form=True)))
    (reply,) = [each for each in await at_work.desk.said() if each.kind is MessageKind.REPLY]
    assert reply.text == "see the log"
    assert said("answers.file_not_sent", file="big.log", problem=reply.files[0].problem) in told


async def test_a_file_that_is_too_large_is_no_answer_by_itself(at_work: DeskAtWork) -> None:
    await at_work.asks()
    sending = at_work.desk.pressed(BO, "desk reply", "IT-1")
    await at_work.desk.intake.take(replace(sending, files=(BIG,), is_form=True))
    assert len(await at_work.desk.said()) == 1


async def test_whoever_writes_is_told_of_a_file_that_did_not_go(at_work: DeskAtWork) -> None:
    posted = at_work.desk.posted(ANA, "My mouse is dead", message="m1")
    told = at_work.as_said(await at_work.desk.intake.take(replace(posted, files=(BIG,))))
    assert "big.log" in told
    assert (await at_work.desk.said())[0].text == "My mouse is dead"


async def test_what_is_missing_is_asked_for(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk reply IT-1")
    missing = said("commands.desk_reply_text_missing")
    assert told == f"{missing} {said('commands.usage', command='/desk reply [TICKET] TEXT…')}"
    assert len(await at_work.desk.said()) == 1


async def test_requesters_write_no_notes(at_work: DeskAtWork) -> None:
    await at_work.asks()
    refused = said("commands.agents_only", command="/desk note", ask="/ticket open")
    assert await at_work.types(ANA, "/desk note IT-1 hello") == refused
