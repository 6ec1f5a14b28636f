"""Who speaks in which thread, and what crosses to the other side: words, files, changes; never a note."""

from typing import Any

from tests.said import said
from tests.stories.office import Office


async def asked(office: Office, text: str = "My mouse is dead") -> tuple[str, str]:
    """Ana asks the Service Desk; returns the ids of the requester's and the team's thread."""
    return await asked_at(office, "team-it", text)


async def asked_at(office: Office, team_channel: str, text: str) -> tuple[str, str]:
    root = await office.says("ana", "help-it", text)
    cards = [each for each in await office.sees("cleo", team_channel) if each["content"]["type"] == "card"]
    return root, str(cards[-1]["id"])


async def test_the_requester_speaks_to_the_team(office: Office) -> None:
    root, card = await asked(office)
    await office.says("ana", "help-it", "The left button too", thread=root)
    assert await office.reads("bo", "team-it", thread=card) == ["Ana Alves: The left button too"]


async def test_a_colleague_in_the_thread_speaks_on_the_requesters_side_under_their_own_name(
    office: Office,
) -> None:
    root, card = await asked(office)
    await office.says("dan", "help-it", "Mine as well", thread=root)
    assert await office.reads("bo", "team-it", thread=card) == ["Dan Dietz: Mine as well"]
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"


async def test_an_agent_in_the_requesters_thread_answers_in_public_and_claims_nothing(office: Office) -> None:
    root, card = await asked(office)
    await office.says("bo", "help-it", "Try another port", thread=root)
    assert await office.reads("bo", "team-it", thread=card) == ["[public reply] Bo Berg: Try another port"]
    shown = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert (shown["status"], shown["assignee"]) == ("open", None)
    assert shown["buttons"][0]["label"] == "Claim"
    assert "First response" not in [due["label"] for due in shown["dues"]]


async def test_an_agent_of_another_team_is_a_colleague_here(office: Office) -> None:
    root, card = await asked_at(office, "team-network", "wifi is slow")
    await office.says("bo", "help-it", "In my room too", thread=root)
    assert await office.reads("cleo", "team-network", thread=card) == ["Bo Berg: In my room too"]


async def test_an_agent_who_asks_is_a_requester(office: Office) -> None:
    root = await office.says("bo", "help-it", "My own mouse is dead")
    await office.says("bo", "help-it", "And the keyboard", thread=root)
    shown = (await office.card("cleo", "team-it", "IT-1"))["content"]
    assert shown["status"] == "new"
    assert await office.types("bo", "/desk claim IT-1") == (
        said(
            "commands.own_request", command="/desk claim", team="Service Desk", people="Cleo Chen or Lee Lund"
        )
    )
    assert "internal" not in await office.types("bo", "/ticket show IT-1")


async def test_talk_in_the_teams_thread_stays_inside(office: Office) -> None:
    root, card = await asked(office)
    await office.says("bo", "team-it", "Is she the one with the coffee?", thread=card)
    assert "coffee" not in await office.everything_seen_by("ana")
    assert "coffee" not in await office.types("ana", "/ticket show IT-1")
    assert "coffee" in await office.types("bo", "/ticket show IT-1")
    assert len(await office.reads("ana", "help-it", thread=root)) == 1


async def test_a_team_that_shares_its_thread_answers_there_and_keeps_inside_what_is_marked(
    office: Office,
) -> None:
    root, card = await asked_at(office, "team-network", "vpn is slow")
    await office.says("cleo", "team-network", "Which city are you in?", thread=card)
    await office.says("cleo", "team-network", "note: she is always in Porto", thread=card)
    await office.says("cleo", "team-network", "[internal] always in Porto", thread=card)
    await office.says("cleo", "team-network", "  Note: really always", thread=card)
    thread = await office.reads("ana", "help-it", thread=root)
    assert thread[1:] == ["Cleo Chen: Which city are you in?"]
    assert "always" not in await office.everything_seen_by("ana")


async def test_a_note_is_never_seen_by_the_requester_whatever_happens_to_it(office: Office) -> None:
    root, card = await asked(office)
    note = await office.says("bo", "team-it", "she spilled coffee", thread=card)
    await office.types("bo", "/desk note IT-1 coffee again", channel="team-it")
    await office.edits("bo", note, "she spilled coffee, twice")
    await office.types("bo", "/desk transfer IT-1 network coffee in the switch")
    await office.types("cleo", "/desk resolve IT-1 dried it")
    await office.says("ana", "help-it", "It is broken again", thread=root)
    await office.says("bo", "team-it", "more coffee, I bet", thread=card)
    await office.types("cleo", "/desk close IT-1 done")
    await office.says("ana", "help-it", "And again it is broken", thread=root)
    assert "coffee" not in await office.everything_seen_by("ana")
    assert "coffee" not in await office.types("ana", "/ticket show IT-1")
    assert "coffee" not in await office.types("ana", "/ticket list all")


async def test_reply_and_note_buttons_ask_for_words(office: Office) -> None:
    root, thread = await asked(office)
    card = await office.card("bo", "team-it", "IT-1")
    reply = await office.presses("bo", card, "Reply")
    assert reply is not None
    await office.submits("bo", reply, channel="team-it", text="On my way")
    note = await office.presses("bo", card, "Note")
    assert note is not None
    await office.submits("bo", note, channel="team-it", text="bring a mouse")
    assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: On my way"]
    assert await office.reads("bo", "team-it", thread=thread) == [
        "[public reply] Bo Berg: On my way",
        "[internal note] Bo Berg: bring a mouse",
    ]


async def test_an_edit_and_a_deletion_reach_the_team_weeks_later(office: Office) -> None:
    root, card = await asked(office)
    first = await office.says("ana", "help-it", "Room 12", thread=root)
    await office.passes(days=30)
    await office.edits("ana", first, "Room 21")
    (copy,) = await copies(office, card)
    assert (copy["content"]["text"], copy["content"]["edited"]) == ("Room 21", True)
    await office.deletes("ana", first)
    assert [each for each in await copies(office, card) if not each["deleted"]] == []


async def test_an_agents_edit_and_deletion_reach_the_requester(office: Office) -> None:
    root, _ = await asked(office)
    answer = await office.says("bo", "help-it", "Use port 1", thread=root)
    other = await office.types("bo", "/desk reply IT-1 or take port 3")
    seen = said("answers.seen_by_requester", text="or take port 3")
    assert other == f"{said('answers.reply_sent', reference='IT-1')} {seen}"
    await office.edits("bo", answer, "Use port 2")
    assert "Use port 2" in str(await copies(office, (await office.card("bo", "team-it", "IT-1"))["id"]))


async def test_what_an_agent_said_in_a_shared_thread_changes_at_the_requester_too(office: Office) -> None:
    root, card = await asked_at(office, "team-network", "vpn is slow")
    note = await office.says("cleo", "team-network", "Restart at 10", thread=card)
    await office.edits("cleo", note, "Restart at 11")
    assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Cleo Chen: Restart at 11"]
    await office.deletes("cleo", note)
    assert "Restart" not in await office.everything_seen_by("ana")


async def test_an_edited_request_shows_on_the_card(office: Office) -> None:
    root, _ = await asked(office)
    await office.edits("ana", root, "My monitor is dead, sorry")
    shown = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert (shown["subject"], shown["excerpt"]) == ("My monitor is dead, sorry", "My monitor is dead, sorry")
    history = await office.types("bo", "/desk history IT-1")
    assert said("history.edited", name="Ana Alves") in history


async def test_a_deleted_request_leaves_the_card_too(office: Office) -> None:
    root, _ = await asked(office, "my password is hunter2")
    await office.says("bo", "help-it", "Do not write that here!", thread=root)
    await office.deletes("ana", root)
    shown = await office.card("bo", "team-it", "IT-1")
    assert "hunter2" not in str(shown)
    assert shown["content"]["status"] == "open"


async def test_files_follow_to_the_other_side(office: Office) -> None:
    root = await office.sends_file("ana", "help-it", "see", name="screen.txt", content=b"pixels")
    card = str((await office.card("bo", "team-it", "IT-1"))["id"])
    (copy,) = await copies(office, card)
    assert [file["name"] for file in copy["content"]["files"]] == ["screen.txt"]
    await office.sends_file("bo", "help-it", "read this", name="manual.txt", content=b"words", thread=root)
    await office.sends_file("bo", "team-it", "inside", name="secret.txt", content=b"hush", thread=card)
    names = [file["name"] for each in await copies(office, card) for file in each["content"]["files"]]
    assert names == ["screen.txt", "manual.txt"]
    assert "secret.txt" not in await office.everything_seen_by("ana")
    assert "📎 manual.txt" in await office.types("ana", "/ticket show IT-1")


async def test_writing_from_anywhere_shows_on_both_sides(office: Office) -> None:
    root, card = await asked(office)
    answer = await office.types("ana", "/ticket reply IT-1 I found a spare one")
    seen = said("answers.seen_by_team", text="I found a spare one")
    assert answer == f"{said('answers.reply_sent', reference='IT-1')} {seen}"
    assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Ana Alves: I found a spare one"]
    assert await office.reads("bo", "team-it", thread=card) == ["Ana Alves: I found a spare one"]


async def copies(office: Office, card: str) -> list[dict[str, Any]]:
    return [each for each in await office.sees_thread("bo", "team-it", card) if each["content"]]
