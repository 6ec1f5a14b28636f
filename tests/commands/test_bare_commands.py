"""What is typed like a command among the team, and isn't one: whoever typed it is told, and nobody else bothered."""

from dataclasses import replace
from itertools import count

import pytest

from bot.messages.inbound import Location, message_key
from bot.messages.outbound import PrivateReply
from bot.messages.plain import plain
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO, TEAM
from tests.said import said

NUMBERS = count(1)


async def told(at_work: DeskAtWork, text: str) -> str:
    message = f"t{next(NUMBERS)}"
    posted = at_work.desk.posted(BO, text, message=message)
    reply = await at_work.desk.intake.take(
        replace(posted, key=message_key(TEAM, message), location=Location(channel=TEAM))
    )
    assert reply is None or isinstance(reply, PrivateReply)
    return "" if reply is None else plain(reply.text)


@pytest.mark.parametrize(
    ("text", "word"),
    [("resolve IT-1", "resolve"), ("claim #1", "claim"), ("Reply IT-1 I ordered a new one", "reply")],
)
async def test_a_bare_command_in_the_teams_channel_is_said_not_to_be_done(
    at_work: DeskAtWork, text: str, word: str
) -> None:
    await at_work.asks()
    typed = f"/desk {word} {text.partition(' ')[2]}"
    assert await told(at_work, text) == said("commands.bare", word=word, command=typed)
    assert (await at_work.ticket()).first_replied_at is None
    assert (await at_work.ticket()).assignee is None


@pytest.mark.parametrize(
    "text",
    [
        "resolve IT-1 is what I would do",
        "Close the door",
        "note 1 thing",
        "claim",
        "IT-1 looks done",
        "resolve IT-99",
        "priority IT-1 is wrong",
    ],
)
async def test_sentences_of_the_team_are_the_teams(at_work: DeskAtWork, text: str) -> None:
    await at_work.asks()
    assert await told(at_work, text) == ""


async def test_a_ticket_named_behind_the_verb_is_the_one_meant(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("My screen is dark")
    done = await at_work.types(BO, "/desk note for IT-2: the vendor calls back")
    assert done.startswith(said("answers.note_added", reference="IT-2"))
    assert said("answers.seen_by_note", text="the vendor calls back") in done


async def test_a_ticket_named_among_other_words_is_offered_first(at_work: DeskAtWork) -> None:
    for number in range(3):
        await at_work.asks(f"Mouse {number} is dead")
        await at_work.types(BO, f"/desk claim IT-{number + 1}")
    asked = await at_work.types(BO, "/desk note the vendor of IT-2 calls back")
    assert asked == said("commands.which_ticket")
    first, *others = at_work.buttons()
    assert first.startswith("IT-2 ")
    assert len(others) == 2
