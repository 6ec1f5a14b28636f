"""How a request becomes a ticket, and where it does not."""

from pathlib import Path

import pytest

from adapters.web.visitor import VisitorRefused
from tests.said import said
from tests.stories.office import Office, open_office, words


async def test_every_message_in_a_help_channel_is_a_ticket(office: Office) -> None:
    root = await office.says("ana", "help-it", "My VPN is dead since this morning")
    assert await office.reads("ana", "help-it", thread=root) == [
        (
            (said("requester.received", reference="IT-1", team="Network") + " ")
            + said("requester.promise", at="2026-03-02T09:15:00.000Z")
        )
    ]
    assert await office.reads("cleo", "team-network") == [
        "IT-1 My VPN is dead since this morning · new · nobody"
    ]


async def test_on_request_the_desk_hears_only_those_who_speak_to_it(office: Office) -> None:
    await office.says("ana", "lounge", "Is it just me or is the printer broken?")
    assert await office.reads("bo", "team-it") == []
    root = await office.says("ana", "lounge", "@deskbell the printer is broken")
    assert await office.reads("bo", "team-it") == ["IT-1 the printer is broken · new · nobody"]
    assert (await office.reads("ana", "lounge", thread=root))[0].startswith(
        said("requester.received", reference="IT-1", team="Service Desk")
    )


async def test_where_only_commands_count_talk_stays_talk(office: Office) -> None:
    await office.says("ana", "forms-only", "The projector is dark")
    async with office.page_of("ana") as told:
        await office.says("ana", "forms-only", "@deskbell the projector is dark")
    assert await office.reads("bo", "team-it") == []
    (answer,) = told
    assert answer == said("requester.no_messages_here", command="/ticket open", help="/ticket help")
    answer = await office.types("ana", "/ticket open the projector is dark", channel="forms-only")
    assert answer == said("answers.created_in_thread", reference="IT-1", team="Service Desk")


async def test_a_direct_message_to_the_desk_is_a_private_request(office: Office) -> None:
    await office.says("ana", "@ana", "My salary is wrong and nobody must know")
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["is_private"]
    assert card["content"]["source"] is None
    assert "salary" not in await office.everything_seen_by("dan")


async def test_a_command_with_words_opens_a_thread_that_says_what_was_asked(office: Office) -> None:
    answer = await office.types("ana", "/ticket open my screen flickers")
    assert answer == said("answers.created_in_thread", reference="IT-1", team="Service Desk")
    (acknowledgement,) = await office.reads("dan", "help-it")
    assert acknowledgement.startswith(
        "Ana Alves asked:\nmy screen flickers\n"
        + said("requester.received", reference="IT-1", team="Service Desk")
    )


async def test_a_command_without_words_opens_a_form(office: Office) -> None:
    reply = await office.types_for_reply("ana", "/ticket open")
    form = reply["reply"]
    assert [field["label"] for field in form["fields"]] == [
        said("commands.ticket_open_text_label"),
        said("commands.ticket_open_category_label"),
        said("commands.ticket_open_private_label"),
    ]
    answer = await office.submits("ana", form, channel="help-it", text="my keyboard", category="Hardware")
    assert answer == said("answers.created_in_thread", reference="IT-1", team="Service Desk")


async def test_what_is_asked_privately_is_answered_in_direct_messages_and_told_nowhere_else(
    office: Office,
) -> None:
    form = (await office.types_for_reply("ana", "/ticket open"))["reply"]
    answer = await office.submits("ana", form, channel="help-it", text="a secret illness", private="yes")
    assert said("answers.created_in_directs", reference="IT-1", team="Service Desk") in answer
    assert (await office.reads("ana", "@ana"))[0].startswith("You asked:\na secret illness\n")
    await office.types("bo", "/desk reply IT-1 we keep it to ourselves")
    await office.types("bo", "/desk resolve IT-1 a day off")
    (root,) = await office.sees("ana", "@ana")
    assert "Bo Berg: we keep it to ourselves" in await office.reads("ana", "@ana", thread=root["id"])
    for word in ("illness", "ourselves", "a day off", "IT-1"):
        assert word not in await office.everything_seen_by("dan")


async def test_a_private_place_hides_its_tickets_from_other_teams(office: Office) -> None:
    await office.says("ana", "hr-private", "A word about my contract")
    assert (await office.card("bo", "team-people", "IT-1"))["content"]["is_private"]
    refused = await office.types("cleo", "/ticket show IT-1")
    unknown = await office.types("cleo", "/ticket show IT-99")
    assert refused == unknown.replace("IT-99", "IT-1")


async def test_a_colleagues_message_is_made_a_ticket_of_the_colleague(office: Office) -> None:
    message = await office.says("ana", "lounge", "My headset is silent")
    answer = await office.makes_a_ticket_of("bo", "lounge", message)
    assert answer == said("answers.created_from", reference="IT-1", name="Ana Alves")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["requester"] == "Ana Alves"
    received, told = await office.reads("ana", "lounge", thread=message)
    assert received.startswith(said("requester.received", reference="IT-1", team="Service Desk"))
    assert told == said("requester.opened_from_message", name="Bo Berg", reference="IT-1")
    assert await office.mentions("ana", "lounge") == 1
    again = await office.makes_a_ticket_of("dan", "lounge", message)
    assert again == said("refusals.already_part_of", reference="IT-1")


@pytest.mark.parametrize(
    "text", ["Thanks Bo, that worked!", "lol ok thanks everybody", "Danke Bo, es geht wieder!"]
)
async def test_thanks_among_people_are_no_request(office: Office, text: str) -> None:
    await office.says("ana", "help-it", text)
    assert await office.sees("bo", "team-it") == []
    await office.says("ana", "help-it", "Thanks Bo, but it still fails")
    assert await office.card("bo", "team-it", "IT-1")


@pytest.mark.parametrize("text", ["", "   ", "\n\t \n"])
async def test_nothing_is_no_request(office: Office, text: str) -> None:
    with pytest.raises(VisitorRefused, match="empty"):
        await office.says("ana", "help-it", text)
    assert (await office.types("ana", f"/ticket open {text}")).startswith("form: Ask for help")


async def test_fifty_thousand_characters_arrive_whole_at_the_team(office: Office) -> None:
    story = "".join(f"{number}: and then it broke again\n" for number in range(1, 2_000))[:50_000]
    await office.says("ana", "help-it", story)
    card = await office.card("bo", "team-it", "IT-1")
    copies = await office.sees_thread("bo", "team-it", card["id"])
    assert "".join(copy["content"]["text"] for copy in copies) == story
    assert len(card["content"]["subject"]) <= 80


@pytest.mark.parametrize(
    "text",
    [
        "🖨️🔥 the printer 😱",
        "الطابعة لا تعمل",
        "@everyone @here look",
        "<script>alert(1)</script> <b>bold</b>",
        "{reference} `code` *stars* <!channel>",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞a̴͇l̷g̸o",
    ],
)
async def test_strange_words_arrive_as_they_were_written(office: Office, text: str) -> None:
    await office.says("ana", "help-it", text)
    await office.types("bo", "/desk claim IT-1")
    assert await office.reads("bo", "team-it") == [f"IT-1 {text} · open · Bo Berg"]
    assert text in (await office.types("ana", "/ticket show IT-1"))


async def test_a_nul_character_is_refused_with_a_sentence(office: Office) -> None:
    with pytest.raises(VisitorRefused, match="NUL character"):
        await office.says("ana", "help-it", "the \x00 file")


async def test_numbers_have_no_gaps_whatever_fails_in_between(office: Office) -> None:
    await office.says("ana", "help-it", "first")
    await office.types("ana", '/desk on-behalf-of dan "second, but ana is no agent"')
    await office.types("bo", "/desk on-behalf-of nobody-here third")
    await office.says("dan", "help-it", "second")
    await office.types("bo", "/desk on-behalf-of @dan third")
    cards = [words(card).split()[0] for card in await office.sees("bo", "team-it")]
    assert cards == ["IT-1", "IT-2", "IT-3"]


async def test_on_behalf_of_somebody_they_are_answered_in_direct_messages(office: Office) -> None:
    answer = await office.types("bo", '/desk on-behalf-of "Ana Alves" her laptop does not start')
    assert answer == said("answers.created_for", reference="IT-1", name="Ana Alves")
    (told,) = await office.reads("ana", "@ana")
    assert told.startswith(
        said("requester.opened_for_you", name="Bo Berg", text="her laptop does not start")
        + "\n"
        + said("requester.received", reference="IT-1", team="Service Desk")
    )
    assert await office.reads("dan", "help-it") == []


async def test_somebody_who_asks_twice_at_once_gets_one_answer_each(office: Office) -> None:
    one = await office.says("ana", "help-it", "same words")
    two = await office.says("ana", "help-it", "same words")
    for root in (one, two):
        assert len(await office.reads("ana", "help-it", thread=root)) == 1


async def test_what_was_asked_before_a_restart_is_known_after_it(folder: Path) -> None:
    async with open_office(folder) as office:
        root = await office.says("ana", "help-it", "printer")
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "it is the one on floor 2", thread=root)
        card = await office.card("bo", "team-it", "IT-1")
        assert await office.reads("bo", "team-it", thread=card["id"]) == [
            "Ana Alves: it is the one on floor 2"
        ]


async def test_thanks_alone_opens_no_ticket(office: Office) -> None:
    await office.says("ana", "@ana", "Thank you!")
    await office.says("ana", "help-it", "👍")
    nothing = said("answers.list_open_none", command="/ticket open")
    assert await office.types("ana", "/ticket list") == nothing


async def test_a_word_that_is_no_ticket_is_said_to_be_none(office: Office) -> None:
    await office.says("ana", "help-it", "my mouse is sticky")
    answer = await office.types("ana", "/ticket show abc")
    assert answer.startswith(f"{said('commands.not_a_ticket', text='abc')} {said('commands.which_ticket')}")


async def test_a_me_too_in_somebodys_thread_becomes_a_ticket_of_its_own(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    too = await office.says("dan", "help-it", "Mine too", thread=root)
    told = await office.makes_a_ticket_of("bo", "help-it", too)
    assert told == said("answers.created_from", reference="IT-2", name="Dan Dietz")
    card = await office.card("bo", "team-it", "IT-2")
    assert (card["content"]["requester"], card["content"]["subject"]) == ("Dan Dietz", "Mine too")
    assert await office.mentions("dan", "help-it") == 1
    again = await office.makes_a_ticket_of("bo", "help-it", too)
    assert again == said("refusals.already_part_of", reference="IT-2")


async def test_ones_own_message_made_a_ticket_tells_nobody_that_somebody_else_opened_it(
    office: Office,
) -> None:
    message = await office.says("ana", "lounge", "My headset is silent")
    await office.makes_a_ticket_of("ana", "lounge", message)
    assert len(await office.reads("ana", "lounge", thread=message)) == 1
    assert await office.mentions("ana", "lounge") == 0


async def test_ones_own_words_in_ones_own_thread_become_no_second_ticket(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    more = await office.says("ana", "help-it", "It is the left one", thread=root)
    told = await office.makes_a_ticket_of("ana", "help-it", more)
    assert told == said("refusals.already_part_of", reference="IT-1")
