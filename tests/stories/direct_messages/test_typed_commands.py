"""A command typed without its slash, or with a slip of the finger, is not taken for a request."""

import pytest

from tests.said import said
from tests.stories.office import Office, words


async def no_ticket(office: Office, reference: str = "IT-1") -> bool:
    cards = [each["content"] or {} for each in await office.sees("bo", "team-it")]
    return all(each.get("reference") != reference for each in cards)


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("lst", "list"),
        ("hlp", "help"),
        ("Helpp", "help"),
        ("statsu", "list"),
        ("my tikets", "list"),
        ("opne", "open"),
        ("ticket lst", "list"),
    ],
)
async def test_a_mistyped_verb_is_asked_about(office: Office, typo: str, meant: str) -> None:
    await office.says("ana", "@ana", typo)
    question = (await office.sees("ana", "@ana"))[-1]
    assert words(question) == said("requester.meant_command", text=typo, command=meant)
    assert await no_ticket(office)


async def test_the_button_does_what_was_meant(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("ana", "@ana", "lst")
    answer = await office.presses("ana", (await office.sees("ana", "@ana"))[-1], "list")
    assert answer is not None
    assert "My screen is dark" in str(answer)
    assert await no_ticket(office, "IT-2")


async def test_a_mistyped_verb_keeps_its_ticket(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("ana", "@ana", "shwo IT-1")
    answer = await office.presses("ana", (await office.sees("ana", "@ana"))[-1], "show IT-1")
    assert "My screen is dark" in str(answer)


async def test_no_sends_it_to_the_team(office: Office) -> None:
    await office.says("ana", "@ana", "lost")
    question = (await office.sees("ana", "@ana"))[-1]
    await office.presses("ana", question, said("requester.button_ask_team"))
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["subject"] == "lost"


async def test_a_short_answer_to_the_team_is_no_mistyped_verb(office: Office) -> None:
    await office.says("ana", "help-it", "The door of the rack")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk wait IT-1 Is it open or closed?")
    await office.says("ana", "@ana", "closed")
    card = await office.card("bo", "team-it", "IT-1")
    assert f"[{said('team.label_direct')}] Ana Alves: closed" in await office.reads(
        "bo", "team-it", thread=card["id"]
    )


async def test_a_request_of_two_words_is_asked_about_as_ever(office: Office) -> None:
    await office.says("ana", "@ana", "shop window")
    question = (await office.sees("ana", "@ana"))[-1]
    assert words(question) == said("requester.shall_i_open", text="shop window")


async def test_a_slip_in_an_agents_verb_is_a_word_to_an_employee(office: Office) -> None:
    for who, key in (("ana", "shall_i_open"), ("bo", "meant_command")):
        await office.says(who, f"@{who}", "clam")
        question = (await office.sees(who, f"@{who}"))[-1]
        assert words(question) == said(f"requester.{key}", text="clam", command="claim")


@pytest.mark.parametrize(
    "order", ["ticket list", "Ticket List", "ticket", "ticket help", "kb list", "kb", "kb search vpn"]
)
async def test_a_command_without_its_slash_is_answered_as_it(office: Office, order: str) -> None:
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", order)
    assert len(told) == 1
    assert await no_ticket(office)


async def test_an_agents_reply_without_its_slash_goes_to_the_requester(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.says("bo", "@bo", "desk reply IT-1 Press the left button")
    assert "Press the left button" in (await office.reads("ana", "help-it", thread=request))[-1]
    assert await no_ticket(office, "IT-2")


async def test_an_agents_command_without_a_ticket_opens_nothing(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("bo") as told:
        await office.says("bo", "@bo", "desk reply IT 1 Press the left button")
    assert told[0].startswith(said("commands.not_a_ticket", text="IT 1"))
    assert await no_ticket(office, "IT-2")


async def test_who_may_not_is_told_so(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("ana") as told:
        await office.says("ana", "@ana", "desk claim IT-1")
    assert len(told) == 1
    assert await no_ticket(office, "IT-2")


@pytest.mark.parametrize("text", ["desk close to the window is broken", "kb article about printers is wrong"])
async def test_what_only_begins_like_a_command_is_a_request(office: Office, text: str) -> None:
    await office.says("ana", "@ana", text)
    assert not await no_ticket(office)


async def test_a_number_alone_is_asked_about(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("ana", "@ana", "it-1")
    question = (await office.sees("ana", "@ana"))[-1]
    assert words(question) == said("requester.meant_command", text="it-1", command="show it-1")
    answer = await office.presses("ana", question, "show it-1")
    assert "My screen is dark" in str(answer)


@pytest.mark.parametrize("number", ["IT-1", "it-1", "#1", "1", "IT1"])
async def test_a_number_alone_behind_the_command_shows_the_ticket(office: Office, number: str) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    assert "My screen is dark" in await office.types("ana", f"/ticket {number}")
    assert await office.types("dan", f"/ticket {number}") == await office.types("dan", "/ticket show IT-1")


@pytest.mark.parametrize("order", ["/ticket IT 1", "/ticket show IT 1", "/ticket reply IT 1 it is red"])
async def test_a_number_with_a_space_is_asked_for_as_it_is_written(office: Office, order: str) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    answer = await office.types("ana", order)
    assert answer.startswith(
        f"{said('commands.not_a_ticket', text='IT 1')} {said('refusals.did_you_mean', word='IT-1')}"
    )


async def test_help_of_a_mistyped_verb_names_the_one_that_was_meant(office: Office) -> None:
    unknown = said("commands.unknown_command", command="shwo")
    meant = said("refusals.did_you_mean", word="help show")
    assert await office.types("ana", "/ticket help shwo") == f"{unknown} {meant}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("status IT-1", "show IT-1"),
        ("cancel IT-1", "close IT-1"),
        ("comment IT-1 it is red", "reply IT-1 it is red"),
    ],
)
async def test_other_words_for_a_verb_do_the_same(office: Office, typed: str, meant: str) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("ana", "help-it", "My mouse is dead")
    same = await office.types("ana", f"/ticket {meant.replace('IT-1', 'IT-2')}")
    assert await office.types("ana", f"/ticket {typed}") == same.replace("IT-2", "IT-1").replace(
        "My mouse is dead", "My screen is dark"
    )


async def test_a_sentence_behind_the_command_says_how_to_ask(office: Office) -> None:
    answer = await office.types("ana", "/ticket My printer is dead")
    meant = said("refusals.did_you_mean", word="/ticket open My printer is dead")
    assert answer.startswith(f"{said('commands.unknown_command', command='my')} {meant}")


async def test_nobody_is_offered_a_verb_that_is_not_theirs(office: Office) -> None:
    assert "panel" not in await office.types("ana", "/ticket pannel")
    assert "panel" in await office.types("bo", "/ticket pannel")
