"""Which tickets say the same, as an agent asks: of what they may see, with why and how it ended."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

SCREENS = "Docking station flickers and both monitors stay black"
AGAIN = "Both monitors stay black, docking station flickers"
OTHERS = ("New laptop for the intern", "The invoice of March is missing", "My badge does not open the garage")


async def asked(at_work: DeskAtWork, *texts: str) -> None:
    for text in (*OTHERS, *texts):
        await at_work.asks(text, who=CLEO if text == AGAIN else ANA)


async def test_open_ones_come_with_the_words_that_both_have(at_work: DeskAtWork) -> None:
    await asked(at_work, SCREENS, AGAIN)
    told = await at_work.types(BO, "/desk similar IT-4")
    assert said("answers.similar_open_heading") in told
    assert "IT-5" in told
    assert "monitors" in told
    assert "IT-1" not in told


async def test_what_was_resolved_says_how(at_work: DeskAtWork) -> None:
    await asked(at_work, SCREENS)
    await at_work.types(BO, "/desk reply IT-4 Sent a new dock")
    await at_work.types(BO, "/desk note IT-4 it was coffee")
    await at_work.types(BO, "/desk resolve IT-4 Sent a new dock")
    await asked(at_work, AGAIN)
    told = await at_work.types(LEE, "/desk similar IT-8")
    assert said("answers.similar_how", text="Sent a new dock") in told
    assert "coffee" not in told


async def test_nothing_is_said_to_be_like_a_request_that_stands_alone(at_work: DeskAtWork) -> None:
    await asked(at_work)
    assert await at_work.types(BO, "/desk similar IT-1") == said("answers.nothing_similar", reference="IT-1")
