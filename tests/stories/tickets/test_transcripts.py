"""A closed ticket's transcript goes to whom the configuration says, and to whoever asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, plain

ALL = "transcripts: {requester: true, team: true, channel: web:archive}\n"

CLOSED = said("history.status_because", name="Bo Berg", was="open", status="closed", reason="replaced")


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = tmp_path / "transcripts.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + ALL, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def content(office: Office, who: str, file: dict[str, Any]) -> str:
    session = office._visitor._session
    assert session is not None
    async with session.get(f"/api/files/{file['id']}", headers={"X-Person": who}) as response:
        assert response.status == 200
        return await response.text()


async def transcripts(
    office: Office, who: str, channel: str, *, thread: str | None = None
) -> list[tuple[str, str, str]]:
    """Each transcript there: what was said with it, the page and the text."""
    messages = await (office.sees_thread(who, channel, thread) if thread else office.sees(who, channel))
    found = []
    for message in messages:
        files = (message["content"] or {}).get("files") or []
        if message["content"] and message["content"]["type"] == "notice" and files:
            page, text = files
            message_text = plain(message["content"]["text"])
            found.append((message_text, await content(office, who, page), await content(office, who, text)))
    return found


async def a_closed_ticket(office: Office) -> str:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk note IT-1 she drops it a lot")
    mine = await office.says("ana", "help-it", "It is the blue one", thread=root)
    await office.edits("ana", mine, "It is the red one")
    await office.types("bo", "/desk reply IT-1 A new one is on its way")
    await office.types("bo", "/desk close IT-1 replaced")
    return root


async def team_thread(office: Office) -> str:
    return str((await office.card("bo", "team-it", "IT-1"))["id"])


async def test_the_requester_gets_what_was_said_to_them_and_no_note(office: Office) -> None:
    root = await a_closed_ticket(office)
    ((told, page, text),) = await transcripts(office, "ana", "help-it", thread=root)
    assert told == said("requester.transcript", reference="IT-1")
    for made in (page, text):
        assert "My mouse is dead" in made
        assert "It is the red one" in made
        assert "A new one is on its way" in made
        assert "It is the blue one" not in made
        assert "she drops it a lot" not in made
        assert "replaced" in made
        assert CLOSED not in made


async def test_the_team_and_the_archive_get_everything(office: Office) -> None:
    await a_closed_ticket(office)
    ((told, page, text),) = await transcripts(office, "bo", "team-it", thread=await team_thread(office))
    assert told == said("team.transcript", reference="IT-1")
    for made in (page, text):
        assert "she drops it a lot" in made
        assert "It is the red one" in made
        assert "It is the blue one" in made
        assert CLOSED in made
    ((archived, _, same),) = await transcripts(office, "lee", "archive")
    assert archived == said("team.transcript_channel", reference="IT-1", subject="My mouse is dead")
    assert same == text


async def test_a_private_tickets_subject_is_not_told_to_the_archive(office: Office) -> None:
    await office.types("bo", "/desk on-behalf-of ana her payslip", channel="help-it")
    await office.types("bo", "/desk close IT-1 done", channel="team-people")
    ((archived, _, _),) = await transcripts(office, "lee", "archive")
    assert archived == said("team.transcript_channel", reference="IT-1", subject="(private)")


async def test_resolving_sends_nothing_and_closing_after_some_days_does(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 all done")
    assert await transcripts(office, "ana", "help-it", thread=root) == []
    await office.passes(days=6)
    assert len(await transcripts(office, "ana", "help-it", thread=root)) == 1


async def test_a_ticket_closed_again_gets_a_new_one(office: Office) -> None:
    root = await a_closed_ticket(office)
    await office.types("bo", "/desk reopen IT-1")
    await office.types("bo", "/desk reply IT-1 This one is wireless")
    await office.types("bo", "/desk close IT-1 done")
    first, second = await transcripts(office, "ana", "help-it", thread=root)
    assert "wireless" not in first[2]
    assert "wireless" in second[2]


async def test_a_request_taken_back_unanswered_leaves_its_requester_alone(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.deletes("ana", root)
    ((_, _, text),) = await transcripts(office, "bo", "team-it", thread=await team_thread(office))
    assert f"Ana Alves ({said('transcripts.label_deleted')}):\n" in text
    assert "My mouse is dead" not in text
    told = await office.reads("bo", "team-it", thread=await team_thread(office))
    assert [each for each in told if "could not be delivered" in each] == []


async def test_a_password_is_hidden_in_transcripts_also_where_it_was_edited_out(office: Office) -> None:
    root = await office.says("ana", "help-it", "My password is Hunter1 on the blue laptop")
    await office.says("ana", "help-it", "Or maybe my password is Hunter2", thread=root)
    await office.edits("ana", root, "I cannot log in")
    await office.types("bo", "/desk note IT-1 the old password is Hunter3", channel="team-it")
    for command in ("/desk transcript IT-1", "/ticket transcript IT-1"):
        await office.types("bo", command)
    staffs, requesters = await transcripts(office, "bo", "@bo")
    assert "on the blue laptop" in staffs[2]
    assert "the old password is" in staffs[2]
    assert "Or maybe my password is" in requesters[2]
    assert "Hunter" not in f"{staffs} {requesters}"


async def test_a_password_that_was_deleted_is_in_no_transcript_and_who_deleted_it_is(office: Office) -> None:
    root = await office.says("ana", "help-it", "My password is Hunter1")
    await office.edits("ana", root, "My password is Hunter2")
    await office.says("ana", "help-it", "It stopped working today", thread=root)
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk reply IT-1 Please delete that")
    await office.deletes("ana", root)
    await office.types("bo", "/desk transcript IT-1")
    ((_, _, text),) = await transcripts(office, "bo", "@bo")
    assert "Hunter" not in text
    assert "Hunter" not in await office.everything_seen_by("bo")
    assert "It stopped working today" in text
    assert said("history.deleted", name="Ana Alves") in text


async def test_attachments_are_in_the_page(office: Office) -> None:
    root = await office.sends_file(
        "ana", "help-it", "My mouse is dead", name="log.txt", content=b"click click"
    )
    await office.types("bo", "/desk close IT-1 done")
    ((_, page, text),) = await transcripts(office, "ana", "help-it", thread=root)
    assert 'download="log.txt"' in page
    assert f"[{said('transcripts.file', file='log.txt', about='1 KiB, SHA-256 ')}" in text


async def test_who_asks_gets_their_own_in_direct_messages_at_any_time(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk note IT-1 she drops it a lot")
    assert await office.types("ana", "/ticket transcript IT-1") == said(
        "answers.transcript", reference="IT-1"
    )
    ((told, page, text),) = await transcripts(office, "ana", "@ana")
    assert told == said("team.transcript_asked", reference="IT-1")
    assert said("transcripts.opened", since="2 Mar 2026, 09:00", zone="Europe/Lisbon") in text
    assert "she drops it a lot" not in page + text


async def test_an_agent_who_asks_gets_the_staffs(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk note IT-1 she drops it a lot")
    assert await office.types("bo", "/desk transcript IT-1") == said(
        "answers.transcript_with_notes", reference="IT-1"
    )
    ((_, page, text),) = await transcripts(office, "bo", "@bo")
    assert "she drops it a lot" in page
    assert "she drops it a lot" in text


async def test_nobody_gets_the_transcript_of_anothers_ticket(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    refused = said(
        "commands.others_request", reference="IT-1", team="Service Desk", command="/ticket add IT-1"
    )
    assert await office.types("dan", "/ticket transcript IT-1") == refused
    refused = said("commands.agents_only", command="/desk transcript", ask="/ticket open")
    assert await office.types("dan", "/desk transcript IT-1") == refused
    await office.says("bo", "help-it", "My chair squeaks")
    others = {"team": "Service Desk", "people": "Cleo Chen or Lee Lund"}
    refused = said("commands.own_request", command="/desk transcript", **others)
    assert await office.types("bo", "/desk transcript IT-2") == refused
    for who in ("dan", "bo"):
        assert await transcripts(office, who, f"@{who}") == []


async def test_without_the_section_nobody_is_sent_anything(folder: Path) -> None:
    async with open_office(folder) as office:
        root = await a_closed_ticket(office)
        assert await transcripts(office, "ana", "help-it", thread=root) == []
        assert await transcripts(office, "bo", "team-it", thread=await team_thread(office)) == []


async def test_an_anonymous_teams_names_are_in_the_staffs_alone(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "anonymous.yaml"
    text = DESK.read_text(encoding="utf-8") + ALL
    config.write_text(
        text.replace("    title: Service Desk\n", "    title: Service Desk\n    anonymous: true\n"),
        encoding="utf-8",
    )
    async with open_office(folder, config=config) as office:
        root = await a_closed_ticket(office)
        ((_, page, words),) = await transcripts(office, "ana", "help-it", thread=root)
        assert "Bo Berg" not in page + words
        reply = said("transcripts.label_reply")
        assert f"Service Desk ({reply}):\n    A new one is on its way" in words
        ((_, _, staffs),) = await transcripts(office, "lee", "archive")
        assert f"Bo Berg ({reply}):\n    A new one is on its way" in staffs
