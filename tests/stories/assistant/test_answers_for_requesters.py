"""Drafts, better words and translations: shown to the agent, who edits and sends them; never sent by themselves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.language_model.endpoint import Endpoint
from tests.said import said
from tests.stories.assistant.desk_with_model import is_answered, last_told, office_with_model, told_directly
from tests.stories.knowledge.test_articles import writes
from tests.stories.office import Office, shown

USE = said("assistant.button_use")


@pytest.fixture
async def asked(folder: Path) -> AsyncIterator[tuple[Office, Endpoint]]:
    async with office_with_model(folder) as (office, endpoint):
        await office.says("ana", "help-it", "The printer on floor two prints blank pages")
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk note IT-1 xNOTEx she breaks everything")
        yield office, endpoint


async def test_a_draft_is_edited_and_sent_by_the_agent(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    endpoint.says = "Please change the toner."
    assert "IT-1" in await office.types("bo", "/desk draft IT-1 it is the toner")
    await is_answered(office)
    told = (await told_directly(office, "bo"))[-1]
    assert "Please change the toner." in await last_told(office, "bo")
    assert "it is the toner" in endpoint.heard
    assert "xNOTEx" not in endpoint.heard
    assert "Please change the toner." not in await office.everything_seen_by("ana")
    form = await office.presses("bo", told, USE)
    assert form is not None
    assert form["fields"][0]["value"] == "Please change the toner."
    assert "Please change the toner." not in await office.everything_seen_by("ana"), (
        "an open form sends nothing"
    )
    await office.submits("bo", form, channel="@bo", text="Please change the toner, Ana.")
    assert "Please change the toner, Ana." in await office.everything_seen_by("ana")


async def test_a_draft_names_what_it_was_made_from(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    await office.says("dan", "help-it", "My printer gives blank pages only")
    await office.types(
        "cleo", "/desk reply IT-2 The drum of that printer was empty; take the one from the shelf."
    )
    await office.types("cleo", "/desk note IT-2 xSECRETx blank printer")
    await office.types("cleo", "/desk resolve IT-2")
    await office.types("bo", "/desk draft IT-1")
    await is_answered(office)
    assert "IT-2 My printer gives blank pages only" in await last_told(office, "bo")
    assert "take the one from the shelf" in endpoint.heard
    assert "xSECRETx" not in endpoint.heard


async def test_nothing_of_a_private_ticket_is_a_source(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    await office.says("dan", "hr-private", "Blank pages where my payslip was printed")
    await office.types("bo", "/desk reply IT-2 xPRIVATEx printed blank pages")
    await office.types("bo", "/desk resolve IT-2")
    await office.types("bo", "/desk draft IT-1")
    await is_answered(office)
    assert "xPRIVATEx" not in endpoint.heard


PRINTER = "When the printer prints blank pages, take the yellow strip off the xTONERx cartridge."


async def test_an_article_that_answers_is_a_source_and_says_where_it_is_read(
    asked: tuple[Office, Endpoint],
) -> None:
    office, endpoint = asked
    await writes(office, "bo", title="Printer prints blank pages", body=PRINTER, tags="printer")
    await office.types("bo", "/desk draft IT-1")
    await is_answered(office)
    assert "xTONERx" in endpoint.heard
    told = await last_told(office, "bo")
    assert "Printer prints blank pages /kb show printer-prints-blank-pages" in told


@pytest.mark.parametrize(
    ("audience", "team"), [("team:it", "it"), ("team:people", "people"), ("everybody", "people")]
)
async def test_no_word_of_an_article_goes_into_a_draft_for_who_may_not_read_it(
    asked: tuple[Office, Endpoint], audience: str, team: str
) -> None:
    """For a team alone, though the agent reads it; and of the people team, which lets no text leave."""
    office, endpoint = asked
    await writes(office, "bo", title="Printer prints blank pages", body=PRINTER, team=team, audience=audience)
    assert "xTONERx" in await office.types("bo", "/kb search printer prints blank pages"), "Bo reads it"
    await office.types("bo", "/desk draft IT-1")
    await is_answered(office)
    assert len(endpoint.asked) == 1
    assert "xTONERx" not in endpoint.heard
    assert "printer-prints" not in await last_told(office, "bo")


async def test_a_retired_article_is_no_source(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    await writes(office, "bo", title="Printer prints blank pages", body=PRINTER)
    question = (await office.types_for_reply("bo", "/kb retire printer-prints-blank-pages"))["reply"]
    await office.presses_private("bo", question, 0, channel="team-it")
    await office.types("bo", "/desk draft IT-1")
    await is_answered(office)
    assert "xTONERx" not in endpoint.heard


async def test_words_are_rephrased_and_sent_by_the_agent(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    endpoint.says = "Could you change the toner, please?"
    await office.types("bo", "/desk rephrase IT-1 change toner now")
    await is_answered(office)
    assert "Could you change the toner, please?" in await last_told(office, "bo")
    assert "blank pages" not in endpoint.heard, "of the ticket nothing is needed"
    assert "change the toner" not in await office.everything_seen_by("ana")


async def test_a_conversation_is_read_in_another_language(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    endpoint.says = "Ana Alves: Der Drucker druckt leere Seiten"
    answered = await office.types("bo", "/desk translate IT-1 de")
    assert "German" in answered
    await is_answered(office)
    told = (await told_directly(office, "bo"))[-1]
    assert "Der Drucker druckt leere Seiten" in await last_told(office, "bo")
    assert told["content"]["buttons"] == [], "what is for the agent to read is not for sending"
    assert "xNOTEx" not in endpoint.heard
    assert "into German" in endpoint.heard


async def test_a_reply_is_translated_for_the_requester(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    endpoint.says = "Bitte den Toner wechseln."
    await office.types("bo", "/desk translate IT-1 de please change the toner")
    await is_answered(office)
    form = await office.presses("bo", (await told_directly(office, "bo"))[-1], USE)
    assert form is not None
    assert form["fields"][0]["value"] == "Bitte den Toner wechseln."


async def test_the_card_offers_a_draft_where_there_is_a_model(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    card = await office.card("bo", "team-it", "IT-1")
    reply = await office.presses("bo", card, said("team.button_draft_form"))
    assert "IT-1" in shown(reply)
    await is_answered(office)
    assert endpoint.says in await last_told(office, "bo")


async def test_without_a_model_none_of_it_is_there(office: Office) -> None:
    await office.says("ana", "help-it", "The printer prints blank pages")
    for verb in ("draft", "rephrase", "translate", "ask"):
        answered = await office.types("bo", f"/desk {verb} IT-1 hello")
        assert said("commands.unknown_command", command=verb) in answered
        assert f"/desk {verb}" not in await office.types("bo", "/desk help")
    card = await office.card("bo", "team-it", "IT-1")
    assert said("team.button_draft_form") not in [each["label"] for each in card["content"]["menu"]]


async def test_who_has_lost_the_ticket_uses_no_answer(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    await office.types("bo", "/desk draft IT-1")
    await is_answered(office)
    told = (await told_directly(office, "bo"))[-1]
    await office.types("lee", "/desk transfer IT-1 network")
    refused = await office.presses_what_it_saw("bo", told, USE)
    assert refused is not None
    assert refused["type"] == "private"
    assert endpoint.says not in shown(refused)
