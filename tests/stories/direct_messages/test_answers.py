"""An answer by direct message goes on with the request that waits for it; in doubt the desk asks with buttons."""

from tests.said import said
from tests.stories.office import Office, words

PAY = "My payslip is wrong"


async def ask_and_be_asked(office: Office, number: int, text: str = PAY) -> None:
    """A private request that the team answers with a question."""
    await office.types("ana", f"/ticket open {text}", channel="@ana")
    team = "team-people" if "payslip" in text else "team-it"
    await office.types("bo", f"/desk reply IT-{number} Who saw it?", channel=team)


async def said_to(office: Office, team: str, reference: str) -> list[str]:
    card = await office.card("bo", team, reference)
    return await office.reads("bo", team, thread=card["id"])


async def test_the_answer_to_a_question_is_no_new_request(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    await office.says("ana", "@ana", "Yes, Tom saw it")
    assert any("Yes, Tom saw it" in each for each in await said_to(office, "team-people", "IT-1"))
    assert await office.sees("bo", "team-it") == []


async def test_its_author_is_told_where_it_went_and_can_take_it_apart(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    said = await office.says("ana", "@ana", "The coffee machine leaks badly")
    (told,) = await office.sees_thread("ana", "@ana", said)
    assert "Added to IT-1" in words(told)
    await office.presses("ana", told, "Separate")
    assert await office.card("bo", "team-it", "IT-2")


async def test_an_answer_opens_a_pending_ticket_again(office: Office) -> None:
    await office.types("ana", f"/ticket open {PAY}", channel="@ana")
    await office.types("bo", "/desk wait IT-1 Which month?", channel="team-people")
    await office.says("ana", "@ana", "The one of March")
    assert (await office.card("bo", "team-people", "IT-1"))["content"]["status"] == "open"


async def test_a_question_on_a_public_request_is_answered_by_direct_message_too(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk wait IT-1 Which screen?", channel="team-it")
    await office.says("ana", "@ana", "The one on the left")
    assert any("The one on the left" in each for each in await said_to(office, "team-it", "IT-1"))


async def test_where_two_could_be_meant_the_desk_asks(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    await ask_and_be_asked(office, 2, "My screen is dark")
    message = await office.says("ana", "@ana", "It began on Monday")
    question = (await office.sees("ana", "@ana"))[-1]
    assert words(question) == said("requester.which_ticket", text="It began on Monday")
    assert {each["label"] for each in question["content"]["buttons"]} == {
        f"🔒 IT-1 · {PAY}",
        "🔒 IT-2 · My screen is dark",
        "Something new",
    }
    assert await office.presses("ana", question, f"🔒 IT-1 · {PAY}") is None
    assert any("It began on Monday" in each for each in await said_to(office, "team-people", "IT-1"))
    assert not any("Monday" in each for each in await said_to(office, "team-it", "IT-2"))
    assert await office.sees_thread("ana", "@ana", message) == [], "it is told once"
    assert words((await office.sees("ana", "@ana"))[-1]) == said(
        "requester.sorted", text="It began on Monday", reference="IT-1"
    )


async def test_all_ones_open_requests_are_offered_the_likeliest_first(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("ana", "help-it", "My vpn drops")
    await ask_and_be_asked(office, 3)
    await ask_and_be_asked(office, 4, "My screen is dark")
    await office.says("ana", "@ana", "It is even worse now")
    labels = [each["label"] for each in (await office.sees("ana", "@ana"))[-1]["content"]["buttons"]]
    assert {labels[0].split(" ")[1], labels[2].split(" ")[1]} == {"IT-3", "IT-4"}
    assert {each.split(" ")[0] for each in labels[3:]} == {"IT-1", "IT-2"}
    assert labels[1] == said("requester.button_new"), "where it need not be looked for"
    await office.says("ana", "@ana", "vpn again")
    labels = [each["label"] for each in (await office.sees("ana", "@ana"))[-1]["content"]["buttons"]]
    assert labels[:2] == ["IT-2 · in #help-it · My vpn drops", said("requester.button_new")], (
        "its words name the likeliest"
    )


async def test_where_there_are_too_many_for_buttons_it_is_said_how_to_name_the_rest(office: Office) -> None:
    for each in range(1, 11):
        await office.says("ana", "help-it", f"Mouse {each} is dead")
        await office.passes(minutes=1)
    await office.types("bo", "/desk wait IT-1 Which one?")
    await office.types("bo", "/desk wait IT-2 Which one?")
    await office.says("ana", "@ana", "It is even worse now")
    question = (await office.sees("ana", "@ana"))[-1]
    assert len(question["content"]["buttons"]) == 5
    told = said("requester.more_requests", count=6, command="/ticket list", example="IT-8")
    assert words(question).endswith(told)


async def test_what_was_put_on_the_wrong_ticket_is_taken_apart_at_the_question(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    await ask_and_be_asked(office, 2, "My screen is dark")
    await office.says("ana", "@ana", "The coffee machine leaks")
    await office.presses("ana", (await office.sees("ana", "@ana"))[-1], f"🔒 IT-1 · {PAY}")
    await office.presses("ana", (await office.sees("ana", "@ana"))[-1], said("requester.button_separate"))
    told = [words(each) for each in await office.sees("ana", "@ana")]
    assert said("requester.sorted", text="The coffee machine leaks", reference="IT-3") in told
    assert not any("coffee" in each for each in await said_to(office, "team-people", "IT-1"))


async def test_something_new_is_one_of_the_choices(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    await ask_and_be_asked(office, 2, "My screen is dark")
    await office.says("ana", "@ana", "The coffee machine leaks")
    question = (await office.sees("ana", "@ana"))[-1]
    reply = await office.presses("ana", question, "Something new")
    assert reply is not None
    assert "IT-3" in str(reply)
    card = await office.card("bo", "team-it", "IT-3")
    assert card["content"]["subject"] == "The coffee machine leaks"


async def test_nobody_else_answers_the_question_and_nobody_answers_it_twice(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    await ask_and_be_asked(office, 2, "My screen is dark")
    message = await office.says("ana", "@ana", "It began on Monday")
    question = (await office.sees("ana", "@ana"))[-1]
    await office.presses("ana", question, "Something new")
    answer = await office.makes_a_ticket_of("ana", "@ana", message)
    assert answer == said("refusals.already_part_of", reference="IT-3")


async def test_what_was_edited_before_the_choice_is_taken_as_it_reads_now(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    await ask_and_be_asked(office, 2, "My screen is dark")
    said = await office.says("ana", "@ana", "It began on Mnday")
    await office.edits("ana", said, "It began on Monday")
    question = (await office.sees("ana", "@ana"))[-1]
    await office.presses("ana", question, f"🔒 IT-1 · {PAY}")
    assert any("It began on Monday" in each for each in await said_to(office, "team-people", "IT-1"))


async def test_thanks_opens_nothing_and_is_answered_by_nothing(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    said = await office.says("ana", "@ana", "Thanks a lot!")
    assert await office.sees_thread("ana", "@ana", said) == []
    assert await office.sees("bo", "team-it") == []


async def test_a_question_about_a_deleted_message_goes_with_it(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    await ask_and_be_asked(office, 2, "My screen is dark")
    said = await office.says("ana", "@ana", "It began on Monday")
    await office.deletes("ana", said)
    assert not any("Monday" in each for each in await office.reads("ana", "@ana"))


async def test_what_was_answered_beside_the_thread_stands_in_it_and_follows_changes(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    said = await office.says("ana", "@ana", "Yes, Tim saw it")
    root, *_ = await office.sees("ana", "@ana")
    assert (await office.reads("ana", "@ana", thread=root["id"]))[-2:] == [
        "Bo Berg: Who saw it?",
        "Ana Alves: Yes, Tim saw it",
    ]
    await office.says("ana", "@ana", "and Eva", thread=said)
    await office.edits("ana", said, "Yes, Tom saw it")
    assert (await office.reads("ana", "@ana", thread=root["id"]))[-2:] == [
        "Ana Alves: Yes, Tom saw it",
        "Ana Alves: and Eva",
    ]


async def test_what_was_taken_apart_leaves_the_thread(office: Office) -> None:
    await ask_and_be_asked(office, 1)
    said = await office.says("ana", "@ana", "The coffee machine leaks badly")
    root, *_ = await office.sees("ana", "@ana")
    (told,) = await office.sees_thread("ana", "@ana", said)
    await office.presses("ana", told, "Separate")
    thread = [each for each in await office.sees_thread("ana", "@ana", root["id"]) if not each["deleted"]]
    assert not any("coffee" in words(each) for each in thread)


async def test_an_answer_by_direct_message_is_not_shown_in_a_channel(office: Office) -> None:
    root = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk wait IT-1 Which screen?", channel="team-it")
    await office.says("ana", "@ana", "The one on the left")
    assert not any("left" in each for each in await office.reads("dan", "help-it", thread=root))


async def test_of_many_the_one_that_waits_for_its_requester_is_offered_first(office: Office) -> None:
    for number in range(1, 9):
        await office.types("ana", f"/ticket open private: payslip {number} is wrong", channel="@ana")
    await office.passes(hours=1)
    await office.types("bo", "/desk wait IT-7 Which month?", channel="team-people")
    await office.says("ana", "@ana", "The one of October")
    question = (await office.sees("ana", "@ana"))[-1]
    assert question["content"]["buttons"][0]["label"] == "🔒 IT-7 · payslip 7 is wrong"


async def labels_for(office: Office, text: str) -> list[str]:
    await office.says("ana", "@ana", text)
    return [each["label"] for each in (await office.sees("ana", "@ana"))[-1]["content"]["buttons"]]


async def test_words_that_are_said_of_anything_make_no_request_the_likeliest(office: Office) -> None:
    await office.says("ana", "help-it", "lol ok thanks everybody, the screen works every day")
    await office.types("ana", "/ticket open My chair squeaks", channel="@ana")
    labels = await labels_for(office, "Lee shouts at me in front of everybody, every day")
    assert labels[0] == said("requester.button_new")
    assert labels[1] == "🔒 IT-2 · My chair squeaks"
    labels = await labels_for(office, "The screen is dark now")
    assert labels[1] == said("requester.button_new")
    assert labels[0].startswith("IT-1")


async def test_what_a_rule_takes_in_private_is_offered_no_public_request_first(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk wait IT-1 Which screen?", channel="team-it")
    labels = await labels_for(office, "My payslip of March is wrong")
    assert labels == [said("requester.button_new_private"), "IT-1 · in #help-it · My screen is dark"]
