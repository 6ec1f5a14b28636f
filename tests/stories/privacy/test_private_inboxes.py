"""A private inbox takes requests so that nobody else reads them: in the page and in a chat with history."""

from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.chat_office import ChatOffice, settle
from tests.stories.desk_files import CHAT_DESK, DESK
from tests.stories.office import Office, open_office

SECRET = "My manager shouts at us"


async def ask(office: Office) -> str:
    return await office.says("ana", "hr-private", SECRET)


async def test_a_report_in_a_private_inbox_is_read_by_no_colleague(office: Office) -> None:
    await ask(office)
    assert SECRET not in await office.everything_seen_by("dan")
    assert await office.sees("ana", "hr-private") == []


async def test_it_goes_on_in_direct_messages_with_what_was_asked(office: Office) -> None:
    await ask(office)
    (acknowledged,) = await office.reads("ana", "@ana")
    assert SECRET in acknowledged
    assert (await office.card("bo", "team-people", "IT-1"))["content"]["excerpt"] == SECRET


async def test_its_removal_does_not_withdraw_it(office: Office) -> None:
    await ask(office)
    assert (await office.card("bo", "team-people", "IT-1"))["content"]["status"] == "new"


async def test_the_person_alone_is_told_where_it_continues(office: Office) -> None:
    async with office.page_of("ana") as ana, office.page_of("dan") as dan:
        await ask(office)
    told = said("requester.private_in_directs", reference="IT-1")
    readers = said("answers.private_readers", team="People", people="Bo Berg and Lee Lund")
    assert f"{told} {said('requester.only_team_reads', team='People')} {readers}" in ana
    assert dan == []


async def test_the_answer_comes_by_direct_message_and_so_does_the_talk(office: Office) -> None:
    await ask(office)
    await office.types("bo", "/desk reply IT-1 Since when?", channel="team-people")
    (root,) = await office.sees("ana", "@ana")
    assert "Bo Berg: Since when?" in await office.reads("ana", "@ana", thread=root["id"])
    await office.says("ana", "@ana", "Since Monday", thread=root["id"])
    assert "Since when" not in await office.everything_seen_by("dan")
    assert "Since Monday" not in await office.everything_seen_by("dan")


async def test_what_is_added_a_moment_later_is_moved_as_well(office: Office) -> None:
    await ask(office)
    await office.says("ana", "hr-private", "It is on floor 2")
    assert "floor 2" not in await office.everything_seen_by("dan")
    (root,) = await office.sees("ana", "@ana")
    thread = await office.reads("ana", "@ana", thread=root["id"])
    assert any("floor 2" in each for each in thread)
    assert any("IT-1" in each for each in thread)


async def test_the_page_offers_a_form_there_instead_of_a_text_box(office: Office) -> None:
    channels = {each["id"]: each for each in (await office.channels("ana"))}
    assert channels["hr-private"]["is_form_only"]
    assert not channels["help-it"]["is_form_only"]
    form = (await office.types_for_reply("ana", "/ticket open", channel="hr-private"))["reply"]
    answer = await office.submits("ana", form, channel="hr-private", text=SECRET)
    assert "direct messages" in answer
    assert SECRET not in await office.everything_seen_by("dan")
    assert any(SECRET in each for each in await office.reads("ana", "@ana"))


@pytest.fixture
def private_desk(tmp_path: Path) -> Path:
    config = tmp_path / "private.yaml"
    text = CHAT_DESK.read_text(encoding="utf-8")
    assert "help: {channel: chat:help}" in text
    private = text.replace("help: {channel: chat:help}", "help: {channel: chat:help, private: true}")
    config.write_text(private, encoding="utf-8")
    return config


async def test_what_was_written_while_the_desk_was_away_is_moved_when_it_comes_back(
    folder: Path, private_desk: Path
) -> None:
    office = ChatOffice(folder, config=private_desk)
    async with office.desk():
        pass
    office.passes(minutes=5)
    asked = await office.chat.says("ana", "help", SECRET)
    async with office.desk() as desk:
        await settle(desk)
        assert office.chat.messages[asked].is_deleted
        (acknowledged,) = office.chat.reads_channel("@ana")
        assert SECRET in acknowledged
        await office.chat.deletes(asked)
        await settle(desk)
    async with office.desk() as desk:
        ticket = await desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
        assert ticket is not None
        assert ticket.status == "new"
        assert "could not" not in " ".join(office.chat.reads_channel("operators"))


async def test_nobody_is_asked_whether_it_is_private(office: Office) -> None:
    here = (await office.types_for_reply("ana", "/ticket open", channel="hr-private"))["reply"]
    there = (await office.types_for_reply("ana", "/ticket open", channel="help-it"))["reply"]
    assert "private" not in [field["name"] for field in here["fields"]]
    assert "private" in [field["name"] for field in there["fields"]]
    await office.submits("ana", here, channel="hr-private", text=SECRET)
    assert SECRET not in await office.everything_seen_by("dan")


async def test_a_file_reaches_the_requester_with_the_command_that_answers(office: Office) -> None:
    await ask(office)
    sends: dict[str, Any] = {"name": "pay.txt", "content": b"pay slip", "channel": "team-people"}
    told = await office.types_with_file("bo", "/desk reply IT-1", **sends)
    assert told == said("answers.reply_sent", reference="IT-1")
    (root,) = await office.sees("ana", "@ana")
    thread = await office.sees_thread("ana", "@ana", root["id"])
    assert [each["name"] for each in thread[-1]["content"]["files"]] == ["pay.txt"]
    assert "pay.txt" not in await office.everything_seen_by("dan")


async def test_files_for_no_ticket_are_not_taken(office: Office) -> None:
    await ask(office)
    sends: dict[str, Any] = {"name": "pay.txt", "content": b"pay slip", "channel": "team-people"}
    told = await office.types_with_file("bo", "/desk reply", **sends)
    assert said("commands.files_need_ticket") in told


async def test_files_given_in_the_form_are_named_in_what_was_asked(office: Office) -> None:
    form = (await office.types_for_reply("ana", "/ticket open", channel="hr-private"))["reply"]
    file = await office.uploads("ana", name="payslip.pdf", content=b"March")
    await office.sends_form(
        "ana", form, channel="hr-private", values={"text": "My payslip is wrong"}, files=[file]
    )
    (acknowledged,) = await office.reads("ana", "@ana")
    assert said("requester.asked_with_files", count=1, files="payslip.pdf") in acknowledged


SORTED = """
routing:
  default_team: it
  rules:
    - {name: people, when: {any: [{inbox: [hr-private]}, {category: Leave}]}, team: people, private: true}
    - {name: network, when: {all: [{category: Network}, {inbox: [help-it]}]}, team: network}

sla_policies:"""


async def topics(office: Office, channel: str) -> list[str]:
    form = (await office.types_for_reply("ana", "/ticket open", channel=channel))["reply"]
    return [choice[0] for each in form["fields"] if each["name"] == "category" for choice in each["choices"]]


async def test_a_form_offers_no_topics_of_teams_that_get_nothing_from_there(
    folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "sorted.yaml"
    text = DESK.read_text(encoding="utf-8").replace("[Hardware, Network]", "[Hardware, Network, Leave]")
    before, _, after = text.partition("\nrouting:")
    after = after.partition("sla_policies:")[2]
    config.write_text(f"{before}{SORTED}{after}", encoding="utf-8")
    async with open_office(folder, config=config) as office:
        assert await topics(office, "hr-private") == ["Leave"]
        assert await topics(office, "help-it") == ["Hardware", "Network", "Leave"]
