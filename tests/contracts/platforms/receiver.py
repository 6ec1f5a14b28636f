"""What every place must do where people act. A platform's tests subclass the suite.

The platform's module provides a fixture `talk`: the platform, connected to a desk that records, and people there.
"""

from typing import Protocol

from bot.domain.directory import ChannelRef
from bot.messages.inbound import InboundEvent, MessageDeleted, MessageEdited, MessagePosted
from bot.ports.platform import Receiver


class Talk(Protocol):
    """One channel of a platform in which somebody talks, and what the desk hears of it."""

    @property
    def receiver(self) -> Receiver: ...

    @property
    def channel(self) -> ChannelRef: ...

    @property
    def speaker(self) -> str:
        """The key of the person who does all of this."""
        ...

    async def says(self, text: str, *, thread: str | None = None) -> str:
        """They write in the channel, or in one of its threads; answers the message's id."""
        ...

    async def edits(self, message_id: str, text: str, *, thread: str | None = None) -> None: ...

    async def deletes(self, message_id: str, *, thread: str | None = None) -> None: ...

    async def heard(self, count: int) -> list[InboundEvent]:
        """Everything that the desk has heard, which is at least so much: it is waited for."""
        ...

    async def hangs_up(self) -> None:
        """The platform is closed, and has returned from listening."""
        ...


class ReceiverContract:
    """What people do reaches the desk: whose it is, where it was, and in order."""

    async def test_it_is_connected_while_it_listens_and_no_longer(self, talk: Talk) -> None:
        assert talk.receiver.is_connected
        await talk.hangs_up()
        assert not talk.receiver.is_connected

    async def test_what_somebody_says_is_heard_with_who_and_where(self, talk: Talk) -> None:
        said = await talk.says("My printer burns")
        (event,) = await talk.heard(1)
        assert isinstance(event, MessagePosted)
        assert (event.text, event.message_id) == ("My printer burns", said)
        assert (event.actor.key, event.location.channel) == (talk.speaker, talk.channel)
        assert event.location.thread is None

    async def test_a_reply_is_heard_in_its_thread(self, talk: Talk) -> None:
        root = await talk.says("My printer burns")
        await talk.says("It smokes, too", thread=root)
        _, reply = await talk.heard(2)
        assert isinstance(reply, MessagePosted)
        assert (reply.location.channel, reply.location.thread) == (talk.channel, root)

    async def test_an_edit_and_a_deletion_are_heard_of_their_message(self, talk: Talk) -> None:
        said = await talk.says("My printr burns")
        await talk.edits(said, "My printer burns")
        await talk.heard(2)
        await talk.deletes(said)
        posted, edited, deleted = await talk.heard(3)
        assert isinstance(edited, MessageEdited)
        assert isinstance(deleted, MessageDeleted)
        assert edited.text == "My printer burns"
        assert edited.message_id == deleted.message_id == said
        assert len({posted.key, edited.key, deleted.key}) == 3

    async def test_what_is_said_in_a_thread_is_heard_in_its_order(self, talk: Talk) -> None:
        root = await talk.says("My printer burns")
        for number in range(12):
            await talk.says(f"word {number}", thread=root)
        heard = await talk.heard(13)
        texts = [each.text for each in heard if isinstance(each, MessagePosted)]
        assert texts == ["My printer burns", *(f"word {number}" for number in range(12))]
