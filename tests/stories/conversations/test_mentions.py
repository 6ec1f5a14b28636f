"""A mention that reads as a command is that command, files and all, or is refused in words; never a silent note."""

from tests.said import said
from tests.stories.office import Office


async def asked(office: Office) -> tuple[str, str]:
    """The request, and the card's message."""
    request = await office.says("ana", "help-it", "My screen is dark")
    return request, (await office.card("bo", "team-it", "IT-1"))["id"]


async def send(office: Office, text: str, card: str) -> list[str]:
    """A mention with a file in the team's thread; returns what its author alone is told."""
    async with office.page_of("bo") as told:
        await office.sends_file("bo", "team-it", text, name="guide.txt", content=b"restart", thread=card)
    return told


async def test_a_reply_with_a_file_in_the_teams_thread_reaches_the_requester(office: Office) -> None:
    request, card = await asked(office)
    await send(office, "@deskbell reply Here is the guide", card)
    (*_, answer) = await office.sees_thread("ana", "help-it", request)
    assert "Here is the guide" in str(answer)
    assert "guide.txt" in str(answer)


async def test_a_note_with_a_file_stays_inside(office: Office) -> None:
    _, card = await asked(office)
    await send(office, "@deskbell note she broke it", card)
    assert "guide.txt" not in await office.everything_seen_by("ana")
    assert "IT-1" in await office.types("bo", "/ticket show IT-1")


async def test_a_command_that_takes_no_files_says_so_and_does_nothing(office: Office) -> None:
    _, card = await asked(office)
    (told,) = await send(office, "@deskbell claim", card)
    assert said("commands.takes_no_files", command="claim") in told
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["assignee"] is None
    assert "guide" not in await office.types("bo", "/ticket show IT-1")


async def test_a_sentence_to_the_desk_in_the_teams_thread_is_a_note_and_its_author_is_told(
    office: Office,
) -> None:
    _, card = await asked(office)
    (told,) = await send(office, "@deskbell what do we do about it?", card)
    assert said("team.noted", reference="IT-1", command="reply") in told
