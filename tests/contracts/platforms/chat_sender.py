"""What every place must do where people read and talk: the sender's contract, and changing and removing.

The platform's module provides a fixture `stage`: the platform, and the eyes and hands of people there.
"""

from typing import Protocol

from bot.messages.delivery import RootGone
from bot.messages.outbound import Board, Bold, Mention, Notice
from bot.text.error_text import english
from tests.contracts.platforms.sample_messages import RUDE, card, copy, long_text, notice
from tests.contracts.platforms.sender import ODD, SenderContract, Stage, deliver, shown, squeezed


class ChatStage(Stage, Protocol):
    """One channel of a platform with somebody in it."""

    @property
    def somebody(self) -> Mention:
        """A person of this platform, as the desk would mention them."""
        ...

    async def say(self, text: str) -> str:
        """Somebody writes in the channel; answers the message's id."""
        ...

    async def take_back(self, message_id: str) -> None:
        """Somebody deletes their own message."""
        ...

    async def end_thread(self, root: str) -> None:
        """Somebody ends the thread for good: by deleting its first message, or where it outlives that, itself."""
        ...

    async def pings(self) -> set[str]:
        """Names of everybody whom the desk's messages have pinged so far."""
        ...


class ChatSenderContract(SenderContract):
    """Posting, changing and removing, whatever happens in between."""

    async def test_a_retry_with_newer_content_shows_the_newer_once(self, stage: ChatStage) -> None:
        await shown(stage, "k1", notice("Status: new"))
        await shown(stage, "k1", notice("Status: open"), is_retry=True)
        assert await stage.read() == ["Status: open"]

    async def test_messages_stand_in_the_order_they_were_delivered_in(self, stage: ChatStage) -> None:
        root = await stage.say("My printer burns")
        for number in range(12):
            await shown(stage, f"k{number}", copy(f"word {number}"), thread=root)
        assert await stage.read(root) == [f"word {number}" for number in range(12)]

    async def test_a_reply_goes_into_the_thread_and_not_into_the_channel(self, stage: ChatStage) -> None:
        root = await stage.say("My printer burns")
        await shown(stage, "k1", notice("Help is on its way."), thread=root)
        assert await stage.read(root) == ["Help is on its way."]
        assert await stage.read() == []

    async def test_a_thread_can_begin_under_the_desks_own_card(self, stage: ChatStage) -> None:
        (root,) = await shown(stage, "card", card("Printer burns"))
        await shown(stage, "k1", copy("It smokes, too"), thread=root)
        assert await stage.read(root) == ["It smokes, too"]

    async def test_an_edit_changes_what_is_shown_and_adds_nothing(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", notice("Status: new"))
        assert await shown(stage, "k1", notice("Status: open"), shown=parts) == parts
        assert await stage.read() == ["Status: open"]

    async def test_a_removed_message_is_gone(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", notice("Oops"))
        await shown(stage, "k2", notice("Stays"))
        assert await shown(stage, "k1", None, shown=parts) == ()
        assert await stage.read() == ["Stays"]

    async def test_removing_twice_is_no_error(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", notice("Oops"))
        await shown(stage, "k1", None, shown=parts)
        assert await shown(stage, "k1", None, shown=parts) == ()

    async def test_a_thread_whose_first_message_was_deleted_takes_no_posts(self, stage: ChatStage) -> None:
        root = await stage.say("My printer burns")
        await stage.take_back(root)
        answer = await deliver(stage, "k1", notice("Which printer?"), thread=root)
        assert isinstance(answer, RootGone)
        assert english(answer.reason)
        assert await stage.read() == []

    async def test_a_thread_that_was_ended_later_takes_no_more_posts(self, stage: ChatStage) -> None:
        root = await stage.say("My printer burns")
        await shown(stage, "k1", notice("Which printer?"), thread=root)
        await stage.end_thread(root)
        assert isinstance(await deliver(stage, "k2", notice("Hello?"), thread=root), RootGone)
        assert await stage.read() == []

    async def test_a_long_text_arrives_whole_in_several_parts(self, stage: ChatStage) -> None:
        text = long_text(stage.text_limit * 3)
        parts = await shown(stage, "k1", copy(text))
        assert len(parts) > 1
        assert squeezed("".join(await stage.read())) == squeezed(text)

    async def test_a_long_notice_arrives_whole_with_its_buttons_once(self, stage: ChatStage) -> None:
        text = long_text(stage.text_limit * 2)
        parts = await shown(stage, "k1", Notice(text=("Note: ", Bold("read"), "\n", text)))
        assert len(parts) > 1
        assert squeezed(text) in squeezed("".join(await stage.read()))

    async def test_an_edit_reaches_every_part_of_a_long_text(self, stage: ChatStage) -> None:
        text = long_text(stage.text_limit * 2)
        parts = await shown(stage, "k1", copy(text))
        await shown(stage, "k1", copy(text.replace("story", "novel")), shown=parts)
        told = "".join(await stage.read())
        assert "story" not in told
        assert told.count("novel") == text.count("story")

    async def test_an_edit_adds_no_part_but_says_how_to_read_the_rest(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", copy("short"))
        await shown(stage, "k2", copy("later"))
        text = long_text(stage.text_limit * 2)
        assert await shown(stage, "k1", copy(text), shown=parts) == parts
        edited, later = await stage.read()
        assert edited.startswith("line 0 of")
        assert "shortened" in edited[-120:]
        assert later == "later"

    async def test_an_edit_to_a_shorter_text_leaves_no_old_part_behind(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", copy(long_text(stage.text_limit * 3)))
        kept = await shown(stage, "k1", copy("never mind"), shown=parts)
        assert kept == parts[:1]
        assert await stage.read() == ["never mind"]

    async def test_removing_a_long_text_removes_every_part(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", copy(long_text(stage.text_limit * 3)))
        await shown(stage, "k1", None, shown=parts)
        assert await stage.read() == []

    async def test_what_people_write_is_text_and_pings_nobody(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", copy(RUDE))
        assert await stage.read() == [RUDE]
        await shown(stage, "k1", copy(RUDE + " edited"), shown=parts)
        assert await stage.read() == [RUDE + " edited"]
        assert await stage.pings() == set()

    async def test_only_those_whom_the_desk_means_are_pinged(self, stage: ChatStage) -> None:
        somebody = stage.somebody
        await shown(stage, "k1", Notice(text=("It is late, ", somebody, "."), mentions=(somebody,)))
        assert await stage.pings() == {somebody.name}

    async def test_a_board_changes_in_place_and_pings_nobody(self, stage: ChatStage) -> None:
        parts = await shown(stage, "k1", Board(title=("Nothing at risk.",)))
        somebody = stage.somebody
        board = Board(title=("1 breached",), lines=((somebody,), (RUDE,)), more=("and 2 more",))
        await shown(stage, "k1", board, shown=parts)
        (read,) = await stage.read()
        title, named, rude, more = read.splitlines()
        assert [title, rude, more] == ["1 breached", RUDE, "and 2 more"]
        assert somebody.name in named
        assert await stage.pings() == set()

    async def test_odd_characters_arrive_as_they_are(self, stage: ChatStage) -> None:
        await shown(stage, "k1", copy(ODD))
        assert await stage.read() == [ODD]
