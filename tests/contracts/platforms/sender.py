"""What everything that the desk sends to must do, in the words of the port. A platform's tests subclass the suite.

The platform's module provides a fixture `stage`: the sender, and the eyes of those who are sent to.
"""

from typing import Protocol

from bot.domain.directory import ChannelRef
from bot.messages.delivery import Delivered, RefusedByPlatform
from bot.messages.outbound import Address, Content, Home, OutboundMessage, ThreadHeader
from bot.ports.platform import Capabilities, Sender
from bot.text.error_text import english
from tests.contracts.platforms.sample_messages import long_text, notice

ODD = "👩‍👩‍👧 مرحبا بالعالم e\u0301 \u202eright to left 日本語"


class Stage(Protocol):
    """One channel of a platform."""

    @property
    def platform(self) -> Sender: ...

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def text_limit(self) -> int:
        """How many characters of people's words are one message at the most."""
        ...

    @property
    def channel(self) -> ChannelRef: ...

    async def read(self, thread: str | None = None) -> list[str]:
        """What the desk's messages say to a reader, in order, in the channel or in one of its threads."""
        ...


class SenderContract:
    """Told once, whole and in order, or refused with how to mend it."""

    async def test_a_message_is_shown_where_it_was_sent(self, stage: Stage) -> None:
        parts = await shown(stage, "k1", notice("Your request has number IT-1."))
        assert len(parts) == 1
        assert await stage.read() == ["Your request has number IT-1."]

    async def test_sending_again_under_the_same_key_shows_it_once(self, stage: Stage) -> None:
        first = await shown(stage, "k1", notice("Once."))
        again = await shown(stage, "k1", notice("Once."), is_retry=True)
        assert again == first
        assert await stage.read() == ["Once."]

    async def test_two_keys_are_two_messages_even_with_the_same_text(self, stage: Stage) -> None:
        await shown(stage, "k1", notice("Hello."))
        await shown(stage, "k2", notice("Hello."))
        assert await stage.read() == ["Hello.", "Hello."]

    async def test_messages_are_shown_in_the_order_they_were_delivered_in(self, stage: Stage) -> None:
        for number in range(5):
            await shown(stage, f"k{number}", notice(f"News {number}"))
        assert await stage.read() == [f"News {number}" for number in range(5)]

    async def test_an_unknown_channel_is_refused_with_how_to_mend_it(self, stage: Stage) -> None:
        nowhere = ChannelRef(stage.platform.name, "no-such-channel")
        answer = await deliver(stage, "k1", notice("Hello?"), channel=nowhere)
        assert isinstance(answer, RefusedByPlatform)
        assert "no-such-channel" in english(answer.reason)

    async def test_a_long_text_arrives_whole(self, stage: Stage) -> None:
        text = long_text(2 * stage.text_limit)
        await shown(stage, "k1", notice(text))
        assert squeezed("".join(await stage.read())) == squeezed(text)

    async def test_odd_characters_are_not_lost(self, stage: Stage) -> None:
        await shown(stage, "k1", notice(ODD))
        assert await stage.read() == [ODD]

    async def test_what_is_shown_already_is_not_shown_twice_by_a_change(self, stage: Stage) -> None:
        parts = await shown(stage, "k1", notice("Status: new"))
        await shown(stage, "k1", notice("Status: open"), shown=parts)
        assert len(await stage.read()) == 1

    async def test_a_home_page_where_there_are_none_is_refused(self, stage: Stage) -> None:
        if not stage.capabilities.has_home_pages:
            answer = await deliver(stage, "k1", Home(title="Your tickets", sections=()))
            assert isinstance(answer, RefusedByPlatform)
            assert answer.reason.key == "deliveries.no_home_pages"
        assert await stage.read() == []

    async def test_a_thread_header_where_there_are_none_is_refused(self, stage: Stage) -> None:
        if not stage.capabilities.has_thread_headers:
            answer = await deliver(stage, "k1", ThreadHeader(title="IT-1"), thread="1")
            assert isinstance(answer, RefusedByPlatform)
            assert answer.reason.key == "deliveries.no_thread_headers"
        assert await stage.read() == []


async def deliver(
    stage: Stage,
    key: str,
    content: Content | None,
    *,
    thread: str | None = None,
    channel: ChannelRef | None = None,
    shown: tuple[str, ...] = (),
    is_retry: bool = False,
) -> object:
    return await stage.platform.deliver(
        OutboundMessage(
            key=key,
            address=Address(channel=channel or stage.channel, thread=thread),
            content=content,
            shown=shown,
            is_retry=is_retry,
        )
    )


async def shown(
    stage: Stage,
    key: str,
    content: Content | None,
    *,
    thread: str | None = None,
    shown: tuple[str, ...] = (),
    is_retry: bool = False,
) -> tuple[str, ...]:
    """Deliver it, which must succeed; the ids of its parts."""
    answer = await deliver(stage, key, content, thread=thread, shown=shown, is_retry=is_retry)
    assert isinstance(answer, Delivered), answer
    return answer.parts


def squeezed(text: str) -> str:
    """Without white space: a platform may drop it where a part ends."""
    return "".join(text.split())
