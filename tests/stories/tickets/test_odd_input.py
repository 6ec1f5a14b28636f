"""What nobody means to type, and somebody does: a clear sentence each, nothing lost, nothing stuck."""

import pytest

from tests.said import said
from tests.stories.office import Office, shown


async def test_endless_thanks_are_heard_like_anything_else(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 all done")
    for text in ("ok thanks " * 40 + "but no", "ok " * 20_000):
        await office.says("ana", "help-it", text, thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "open"
    assert len(await office.sees_thread("bo", "team-it", card["id"])) >= 3


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (
            "/desk claim IT-999999999999",
            said("commands.unknown_ticket", reference="IT-999999999999", command="/desk queue"),
        ),
        ("/desk claim IT-0", said("commands.unknown_ticket", reference="IT-0", command="/desk queue")),
        (
            "/desk-admin outbox retry 99999999999999999999",
            said(
                "commands.outbox_unknown_message",
                number="99999999999999999999",
                command="/desk-admin outbox",
            ),
        ),
        (
            "/desk-admin outbox retry ²",
            said(
                "commands.outbox_number_needed",
                outbox="/desk-admin outbox",
                command="/desk-admin outbox retry 17",
            ),
        ),
        (
            "/desk-admin outbox burn 1",
            said("commands.outbox_unknown_action", text="burn", command="/desk-admin outbox"),
        ),
        ("/desk tag IT-1 " + "x" * 500, said("refusals.tag_too_long", maximum=40)),
        (
            "/desk tag IT-1 " + " ".join(f"t{number}" for number in range(60)),
            said("refusals.too_many_tags", maximum=20),
        ),
        ("/desk tag IT-1 -", said("answers.tags_needed")),
        ("/desk assign IT-1 " + "x" * 5_000, said("commands.unknown_person", text="x" * 5_000)),
        ("/desk", said("commands.help_own")),
        ("/ticket   ", said("commands.help")),
        ("/ticket help xyzzy", said("commands.unknown_command", command="xyzzy")),
    ],
)
async def test_nonsense_is_answered_with_a_sentence(office: Office, typed: str, answer: str) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert answer in await office.types("lee", typed)


async def test_a_long_request_by_command_is_quoted_in_part_with_a_way_to_read_the_rest(
    office: Office,
) -> None:
    await office.types("ana", "/ticket open " + "and then it broke again " * 200)
    (acknowledgement,) = await office.reads("ana", "help-it")
    assert len(acknowledgement) < 2_000
    assert said("requester.quoted_in_part", command="/ticket show IT-1") in acknowledgement


async def test_long_answers_reach_the_requester_whole(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    answer = "".join(f"{number}. press it again\n" for number in range(1_500)).strip()
    await office.types("bo", f"/desk reply IT-1 {answer}")
    parts = (await office.sees_thread("ana", "help-it", root))[1:]
    assert "".join(part["content"]["text"] for part in parts) == answer


@pytest.mark.parametrize("typed", ["T-1", "it 1", "IT-9999999999999"])
async def test_a_reply_to_a_mistyped_number_offers_no_other_ticket(office: Office, typed: str) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    answer = (await office.types_for_reply("bo", f"/desk reply {typed} Send me the serial number"))["reply"]
    assert shown(answer).startswith(said("commands.not_a_ticket", text=typed))
    assert not answer.get("buttons")
    assert not any("serial" in each for each in await office.reads("ana", "help-it", thread=root))


async def test_a_number_that_looks_like_a_ticket_is_text_in_a_tickets_thread(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    card = await office.card("bo", "team-it", "IT-1")
    await office.types("bo", "/desk reply USB-3 ports are faster", channel="team-it", thread=card["id"])
    assert any("USB-3 ports" in each for each in await office.reads("ana", "help-it", thread=root))
