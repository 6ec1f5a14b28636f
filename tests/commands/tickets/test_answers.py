"""What agents say: to the requester, or among themselves."""

from bot.domain.tickets.conversation import MessageKind
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


async def test_what_is_missing_is_asked_for(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk reply IT-1")
    missing = said("refusals.missing", label=said("commands.desk_reply_text_label"))
    assert told == f"{missing} {said('commands.usage', command='/desk reply [TICKET] TEXT…')}"
    assert len(await at_work.desk.said()) == 1


async def test_requesters_write_no_notes(at_work: DeskAtWork) -> None:
    await at_work.asks()
    refused = said("commands.agents_only", command="note", ask="/ticket open")
    assert await at_work.types(ANA, "/desk note IT-1 hello") == refused
