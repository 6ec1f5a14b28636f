"""Talking to the desk opens no ticket by accident: a verb is a verb, and two words are asked about."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.direct_messages.test_unanswered_questions import ticks
from tests.stories.office import Office, open_office, words


async def no_ticket(office: Office) -> bool:
    return await office.sees("bo", "team-it") == []


def question_in(text: str) -> str:
    """Above how each request stands."""
    return text.partition("\n")[0]


@pytest.mark.parametrize("word", ["status", "help", "list", "List", "hi", "Hello!", "Good morning", "open"])
async def test_a_word_to_the_desk_is_answered_and_opens_nothing(office: Office, word: str) -> None:
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", word)
    assert len(told) == 1
    assert await no_ticket(office)


async def test_status_lists_ones_requests(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", "status")
    assert any("My screen is dark" in each for each in told)


@pytest.mark.parametrize("text", ["hi", "hello can you help me??"])
async def test_a_greeting_is_answered_with_what_one_can_do(office: Office, text: str) -> None:
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", text)
    assert told == [said("requester.greeting", name="Ana")]
    assert await no_ticket(office)


@pytest.mark.parametrize("place", ["@ana", "help-it"])
@pytest.mark.parametrize("signs", ["🔥🔥", ":party_parrot:", "???", "** **", "👍🏽 :+1:"])
async def test_signs_without_words_are_answered_and_open_nothing(
    office: Office, place: str, signs: str
) -> None:
    async with office.page_of("ana") as told:
        await office.says("ana", place, signs)
    (answer,) = told
    assert answer == said("requester.no_words")
    assert await no_ticket(office)


async def test_an_emoji_under_a_request_needs_no_answer(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("ana") as told:
        await office.says("ana", "help-it", "🔥", thread=request)
    assert told == []


@pytest.mark.parametrize(
    "thanks",
    [
        "thanks a lot for the help!",
        "Thank you so much for your quick help, Bo!",
        "Vielen Dank für Ihre schnelle Hilfe!",
        "Merci beaucoup pour votre aide",
        "muchas gracias por tu ayuda",
        "muito obrigada pela sua ajuda",
    ],
)
async def test_thanks_of_several_words_ask_nothing_and_open_nothing(office: Office, thanks: str) -> None:
    for text in ("My screen is dark", "My keyboard is wet"):
        await office.says("ana", "help-it", text)
    for reference in ("IT-1", "IT-2"):
        await office.types("bo", f"/desk claim {reference}")
        await office.types("bo", f"/desk wait {reference} Since when?")
    before = await office.reads("ana", "@ana")
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", thanks)
    assert (await office.reads("ana", "@ana"), told) == ([*before, thanks], [])
    assert len(await office.sees("bo", "team-it")) == 2


async def test_thanks_with_news_are_asked_about(office: Office) -> None:
    for text in ("My screen is dark", "My keyboard is wet"):
        await office.says("ana", "help-it", text)
    for reference in ("IT-1", "IT-2"):
        await office.types("bo", f"/desk claim {reference}")
        await office.types("bo", f"/desk wait {reference} Since when?")
    text = "thanks a lot for the help but it is still dark"
    await office.says("ana", "@ana", text)
    assert (await office.reads("ana", "@ana"))[-1] == said("requester.which_ticket", text=text)


async def test_a_verb_with_a_ticket_is_done(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("ana", "@ana", "close IT-1 it was the cable")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "closed"


async def test_verbs_are_understood_in_ones_own_language(office: Office) -> None:
    await office.types("ana", "/ticket öffnen Mein Bildschirm ist schwarz", channel="@ana")
    await office.types("ana", "/ticket schließen IT-1", channel="@ana")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "closed"


async def test_a_sentence_that_begins_like_a_verb_is_a_request(office: Office) -> None:
    await office.says("ana", "@ana", "help my screen is dark")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["subject"] == "help my screen is dark"


async def test_an_agents_verb_is_a_word_like_any_other_to_an_employee(office: Office) -> None:
    await office.says("ana", "@ana", "claim")
    assert words((await office.sees("ana", "@ana"))[-1]) == said("requester.shall_i_open", text="claim")


async def test_two_words_are_asked_about_and_yes_opens_the_ticket(office: Office) -> None:
    await office.says("ana", "@ana", "printer broken")
    question = (await office.sees("ana", "@ana"))[-1]
    assert words(question) == said("requester.shall_i_open", text="printer broken")
    assert await no_ticket(office)
    await office.presses("ana", question, "Open a ticket")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["subject"] == "printer broken"


async def test_two_words_that_were_no_request_open_nothing(office: Office) -> None:
    await office.says("ana", "@ana", "oh well")
    question = (await office.sees("ana", "@ana"))[-1]
    await office.presses("ana", question, "No")
    assert await no_ticket(office)


async def test_two_words_with_a_picture_are_a_request(office: Office) -> None:
    await office.sends_file("ana", "@ana", "printer broken", name="photo.txt", content=b"dark")
    assert await office.card("bo", "team-it", "IT-1")


async def test_a_sentence_without_spaces_is_not_too_short(office: Office) -> None:
    await office.says("ana", "@ana", "打印机坏了请帮忙")
    assert await office.card("bo", "team-it", "IT-1")


async def test_two_words_by_command_are_a_request(office: Office) -> None:
    await office.types("ana", "/ticket open printer broken", channel="@ana")
    assert await office.card("bo", "team-it", "IT-1")


async def test_an_inbox_may_ask_first_as_well(careful: Office) -> None:
    replies: list[dict[str, Any]] = []
    async with careful.page_of("ana", replies=replies) as told:
        await careful.says("ana", "help-it", "printer broken")
    assert told == [said("requester.shall_i_open", text="printer broken")]
    assert await careful.sees("ana", "@ana") == [], "it is asked where it was said"
    assert await no_ticket(careful)
    await careful.presses_private("ana", replies[0], 0, channel="help-it")
    assert await careful.sees("ana", "@ana") == []
    card = await careful.card("bo", "team-it", "IT-1")
    assert card["content"]["subject"] == "printer broken"
    await careful.says("ana", "help-it", "The printer on floor 2 is broken")
    assert await careful.card("bo", "team-it", "IT-2")


@pytest.mark.parametrize("word", ["hi", "Good morning!"])
async def test_an_inbox_that_asks_first_greets_back(careful: Office, word: str) -> None:
    async with careful.page_of("ana") as told:
        await careful.says("ana", "help-it", word)
    assert told == [said("requester.greeting", name="Ana")]
    assert await no_ticket(careful)


async def test_a_verb_alone_is_a_command_where_an_inbox_asks_first(careful: Office) -> None:
    async with careful.page_of("ana") as told:
        await careful.says("ana", "help-it", "status")
    assert told == [said("answers.list_open_none", command="/ticket open")]
    assert await no_ticket(careful)


async def test_a_question_of_status_is_understood_where_an_inbox_asks_first(careful: Office) -> None:
    """Its author alone sees the answer, and presses to ask the team about the ticket that was meant."""
    await careful.says("ana", "help-it", "My printer on floor 2 is jammed")
    await careful.passes(hours=1)
    await careful.says("ana", "help-it", "A new chair please, mine squeaks")
    await careful.passes(hours=1)
    text = "what is the status of my printer?"
    replies: list[dict[str, Any]] = []
    async with careful.page_of("ana", replies=replies) as told:
        await careful.says("ana", "help-it", text)
    assert [question_in(each) for each in told] == [said("requester.meant_ticket", text=text, request="IT-1")]
    labels = [each["label"] for each in replies[0]["buttons"]]
    asking = said("requester.button_ask_about", reference="IT-1")
    await careful.presses_private("ana", replies[0], labels.index(asking), channel="help-it")
    card = await careful.card("bo", "team-it", "IT-1")
    assert f"Ana Alves: {text}" in await careful.reads("bo", "team-it", thread=card["id"])
    assert len(await careful.sees("bo", "team-it")) == 2
    await careful.says("dan", "help-it", "any news on the new laptops?")
    assert len(await careful.sees("bo", "team-it")) == 3, "who has asked for nothing yet asks for something"


async def test_an_inbox_that_does_not_ask_takes_every_word(office: Office) -> None:
    await office.says("ana", "help-it", "printer broken")
    assert await office.card("bo", "team-it", "IT-1")


async def test_who_asks_for_news_is_not_asked_what_to_add_them_to(office: Office) -> None:
    """Though one of their requests waits for them: it is a question, and no answer."""
    await office.says("ana", "help-it", "My printer is jammed")
    await office.says("ana", "help-it", "A new chair please, mine squeaks")
    await office.types("bo", "/desk claim IT-2")
    await office.types("bo", "/desk wait IT-2 Which colour?")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk wait IT-1 Which one?")
    await office.says("ana", "@ana", "news?")
    asked = words((await office.sees("ana", "@ana"))[-1])
    assert question_in(asked) == said("requester.meant_ticket", text="news?", request="IT-1")


async def test_who_asks_for_news_reads_how_each_request_stands_in_the_order_of_their_list(
    office: Office,
) -> None:
    for text in ("My printer is jammed", "A new chair please, mine squeaks", "My screen is dark"):
        await office.says("ana", "help-it", text)
        await office.passes(minutes=1)
    await office.types("bo", "/desk claim IT-2")
    await office.types("bo", "/desk wait IT-2 Which colour?")
    await office.passes(minutes=1)
    await office.types("bo", "/desk claim IT-3")
    await office.types("bo", "/desk wait IT-3 Since when?")
    await office.passes(minutes=1)
    await office.types("bo", "/desk priority IT-1 high")
    await office.says("ana", "@ana", "any news?")
    question, *lines, then = words((await office.sees("ana", "@ana"))[-1]).splitlines()
    assert question == said("requester.meant_ticket", text="any news?", request="IT-3")
    assert [line.split()[0] for line in lines] == ["IT-3", "IT-2", "IT-1"]
    assert said("requester.waiting") in lines[0]
    assert "My printer is jammed" in lines[2]
    asking = said("requester.button_ask_about", reference="IT-3")
    assert then == said("requester.team_reads_if_asked", button=asking)
    assert said("requester.team_sees") not in "".join(lines), "nobody has asked the team"
    await office.passes(minutes=16)
    assert await ticks(office) == 0, "it is answered"
    listed = (await office.types("ana", "/ticket list")).splitlines()
    assert [line.split()[0] for line in listed[1:4]] == ["IT-3", "IT-2", "IT-1"]


QUESTIONS_OF_STATUS = (
    "what is the status of my printer?",
    "any update on my laptop?",
    "Is my ticket done?",
    "Wie ist der Stand bei meinem Drucker?",
    "¿Cuál es el estado de mi impresora?",
    "Où en est mon imprimante ?",
    "Qual é o status da minha impressora?",
)


@pytest.mark.parametrize("question", QUESTIONS_OF_STATUS)
async def test_a_question_how_a_request_stands_opens_none(office: Office, question: str) -> None:
    await office.says("ana", "help-it", "My printer is jammed")
    await office.says("ana", "@ana", question)
    asked = (await office.sees("ana", "@ana"))[-1]
    assert question_in(words(asked)) == said("requester.meant_ticket", text=question, request="IT-1")
    assert len(await office.sees("bo", "team-it")) == 1


async def test_the_ticket_that_the_question_names_is_meant_and_can_be_shown_or_asked_about(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "My printer is jammed")
    await office.says("ana", "help-it", "A new chair please, mine squeaks")
    await office.says("ana", "@ana", "what is the status of my printer?")
    asked = (await office.sees("ana", "@ana"))[-1]
    text = "what is the status of my printer?"
    assert question_in(words(asked)) == said("requester.meant_ticket", text=text, request="IT-1")
    labels = [each["label"] for each in asked["content"]["buttons"]]
    assert labels == [
        said("requester.button_show_ticket", reference="IT-1"),
        said("requester.button_ask_about", reference="IT-1"),
        said("requester.button_new"),
        said("requester.button_show_ticket", reference="IT-2"),
    ]
    await office.presses("ana", asked, said("requester.button_ask_about", reference="IT-1"))
    card = await office.card("bo", "team-it", "IT-1")
    assert f"[{said('team.label_direct')}] Ana Alves: {text}" in await office.reads(
        "bo", "team-it", thread=card["id"]
    )
    assert len(await office.sees("bo", "team-it")) == 2


@pytest.mark.parametrize(
    "question",
    [
        "Is there any update on the coffee machine?",
        "Où en est ma demande de congés ?",
        "Wie ist der Stand bei der Kaffeemaschine?",
    ],
)
async def test_a_question_how_something_else_stands_is_heard_though_nothing_is_pressed(
    office: Office, question: str
) -> None:
    await office.says("ana", "help-it", "My printer is jammed")
    await office.says("ana", "@ana", question)
    asked = words((await office.sees("ana", "@ana"))[-1])
    assert asked.splitlines()[-1] == said("requester.opens_by_itself")
    await office.passes(minutes=16)
    assert await ticks(office) == 1
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["subject"] == question


@pytest.mark.parametrize(
    "question",
    [
        "quand est-ce que je reçois mon salaire ?",
        "When can I take my holidays?",
        "Wann kann ich den Firmenwagen haben?",
        "¿Cuándo se paga el bono?",
        "Quando vai ser pago o bônus?",
    ],
)
async def test_when_something_of_which_nobody_asked_happens_is_a_request_of_its_own(
    office: Office, question: str
) -> None:
    await office.says("ana", "help-it", "My printer is jammed")
    await office.says("ana", "@ana", question)
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["subject"] == question


async def test_a_question_of_status_without_any_request_is_a_request(office: Office) -> None:
    await office.says("ana", "@ana", "any update on my laptop?")
    assert not await no_ticket(office)


async def test_words_that_only_sound_like_a_question_of_status_are_a_request(office: Office) -> None:
    await office.says("ana", "help-it", "My printer is jammed")
    await office.says("ana", "@ana", "My laptop wants to update and never finishes")
    assert len(await office.sees("bo", "team-it")) == 2


@pytest.mark.parametrize(
    "question",
    [
        "status of IT-1",
        "what's the status of it-1?",
        "Hi, is there any news on IT-1? I'm waiting",
        "Wie ist der Stand von IT-1?",
        "¿Hay novedades sobre IT-1?",
        "Où en est IT-1 ?",
        "Qual é o status do IT-1?",
    ],
)
async def test_a_question_for_the_state_of_a_named_ticket_alone_is_answered_with_it(
    office: Office, question: str
) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", question)
    assert len(told) == 1
    assert "IT-1 My screen is dark" in told[0]
    card = await office.card("bo", "team-it", "IT-1")
    said_there = await office.reads("bo", "team-it", thread=card["id"])
    assert not any(question in each for each in said_there), "the team was told nothing"


async def test_news_beside_the_question_for_its_state_reach_the_named_ticket(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", "any news on IT-1? Now the keyboard is dead too")
    assert not any("IT-1 My screen is dark" in each for each in told)


async def test_how_requests_stand_is_read_in_the_language_of_whoever_asks(folder: Path) -> None:
    """Though the requests were made in another."""

    def made_in_spanish(uow: UnitOfWork) -> None:
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        uow.tickets.save(replace(ticket, language="es"))

    config = folder / "desk.yaml"
    german = "language: de, email: ana@example.com"
    config.write_text(DESK.read_text(encoding="utf-8").replace("email: ana@example.com", german))
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My printer is jammed")
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk hold IT-1 The toner is on its way")
        await office.desk.storage.run(made_in_spanish)
        await office.says("ana", "@ana", "gibt es was neues?")
        _, line, _ = words((await office.sees("ana", "@ana"))[-1]).splitlines()
        assert said("requester.on_hold", language="de") in line
