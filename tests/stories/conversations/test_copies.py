"""What comes along with words that are shown elsewhere: whose they are, what they answer, where they were said."""

from pathlib import Path

import pytest

from bot.domain.directory import ChannelRef
from bot.messages.outbound import Copy, MessageLink
from tests.fakes.chat.chat import Chat
from tests.stories.chat_office import ChatOffice, settle
from tests.stories.desk_files import CHAT_DESK


@pytest.fixture
def office(folder: Path) -> ChatOffice:
    return ChatOffice(folder)


def copies(chat: Chat, channel: str, thread: str) -> list[Copy]:
    contents = [each.content for each in chat.posted(channel, thread=thread)]
    return [each for each in contents if isinstance(each, Copy)]


async def test_what_somebody_says_is_shown_with_their_picture_and_what_it_answers(office: ChatOffice) -> None:
    async with office.desk() as desk:
        request = await office.chat.says("ana", "help", "My screen is dark")
        await settle(desk)
        said = await office.chat.says(
            "ana", "help", "The left one", thread=request, quote="Bo Berg: Which one is it?"
        )
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        (shown,) = copies(office.chat, "team-it", card.id)
    assert shown.picture == "https://chat.example/ana.png"
    assert shown.quote == "Bo Berg: Which one is it?"
    assert shown.source == MessageLink("Where it was said", ChannelRef("chat", "help"), said, request)


async def test_the_requester_is_led_to_nothing_on_the_teams_side(office: ChatOffice) -> None:
    async with office.desk() as desk:
        request = await office.chat.says("ana", "help", "My screen is dark")
        await settle(desk)
        await office.chat.orders("bo", "desk reply", "IT-1", text="Is it the left one?")
        await settle(desk)
        (shown,) = copies(office.chat, "help", request)
    assert (shown.text, shown.picture) == ("Is it the left one?", "https://chat.example/bo.png")
    assert shown.source is None


async def test_what_an_agent_answers_in_a_shared_team_thread_is_not_quoted_to_the_requester(
    folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "desk.yaml"
    text = CHAT_DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("title: Service Desk\n", "title: Service Desk\n    team_thread: shared\n"))
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        request = await office.chat.says("ana", "help", "My screen is dark")
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        await office.chat.says("cleo", "team-it", "note: she broke it herself", thread=card.id)
        quote = "Cleo Chen: note: she broke it herself"
        await office.chat.says("bo", "team-it", "A new one is coming", thread=card.id, quote=quote)
        await settle(desk)
        (shown,) = copies(office.chat, "help", request)
    assert (shown.text, shown.quote) == ("A new one is coming", "")


async def test_nobody_is_led_into_somebodys_direct_messages(office: ChatOffice) -> None:
    async with office.desk() as desk:
        await office.chat.says("ana", "@ana", "My salary is wrong")
        await settle(desk)
        (first,) = office.chat.posted("@ana", thread="m1")
        assert first.thread is not None
        await office.chat.says("ana", "@ana", "By a lot", thread=first.thread)
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        (shown,) = copies(office.chat, "team-it", card.id)
    assert (shown.text, shown.source) == ("By a lot", None)


async def test_an_anonymous_teams_agent_is_shown_without_a_picture(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    text = CHAT_DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("title: Service Desk\n", "title: Service Desk\n    anonymous: true\n"))
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        request = await office.chat.says("ana", "help", "My screen is dark")
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        await office.chat.presses("bo", card, "Claim")
        await office.chat.orders("bo", "desk reply", "IT-1", text="Try the cable")
        await settle(desk)
        (answer,) = copies(office.chat, "help", request)
        (kept,) = copies(office.chat, "team-it", card.id)
    assert (answer.author, answer.picture, answer.author_key) == ("Service Desk", "", "")
    assert (kept.author, kept.picture) == ("Bo Berg", "https://chat.example/bo.png")


async def test_what_an_agent_answers_on_the_teams_side_stays_there(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    text = CHAT_DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("title: Service Desk\n", "title: Service Desk\n    team_thread: shared\n"))
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        request = await office.chat.says("ana", "help", "My screen is dark")
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        await office.chat.says("cleo", "team-it", "note: she dropped it", thread=card.id)
        await office.chat.says(
            "bo", "team-it", "We send a new one", thread=card.id, quote="Cleo Chen: note: she dropped it"
        )
        await settle(desk)
        (answer,) = copies(office.chat, "help", request)
        shown = await office.chat.orders("ana", "ticket show", "IT-1", channel="@ana")
    assert (answer.text, answer.quote) == ("We send a new one", "")
    assert "dropped" not in str(shown)
