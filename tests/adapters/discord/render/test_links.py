"""Links to messages lead where Discord's window finds them, and nowhere that only two people can go."""

from bot.domain.directory import ChannelRef
from bot.messages.outbound import MessageLink, ThreadHeader
from tests.adapters.discord.delivery.sending_side import Sending
from tests.contracts.platforms.sample_messages import notice


async def url(side: Sending, channel: str, message: str, thread: str | None = None) -> str:
    """Without the part that all of them share."""
    ref = side.ref(channel)
    if not ref.is_direct:
        await side.channel_cache.get(ref.channel)
    link = side.channel_cache.link_of(MessageLink("there", ref, message, thread))
    return link.removeprefix(f"https://discord.com/channels/{side.server.guild.id}/")


async def test_a_message_in_a_channel_and_one_in_its_thread(side: Sending) -> None:
    channel = side.ref("help").channel
    assert await url(side, "help", "7") == f"{channel}/7"
    assert await url(side, "help", "7", "7") == f"{channel}/7"
    assert await url(side, "help", "8", "7") == "7/8"


async def test_a_post_in_a_forum_and_a_word_in_it(side: Sending) -> None:
    assert await url(side, "questions", "7") == "7"
    assert await url(side, "questions", "7", "7") == "7"
    assert await url(side, "questions", "8", "7") == "7/8"


async def test_a_private_thread_that_began_with_no_message(side: Sending) -> None:
    (thread, _) = await side.show(
        "ack", notice("IT-1"), thread_header=ThreadHeader(title="IT-1", is_private=True)
    )
    assert await url(side, "help", thread) == thread


async def test_nothing_leads_to_direct_messages_other_platforms_or_what_is_not_known(side: Sending) -> None:
    assert await url(side, "@ana", "7") == ""
    for channel in (ChannelRef("slack", "C1"), ChannelRef("discord", "99"), ChannelRef("discord", "help")):
        assert side.channel_cache.link_of(MessageLink("there", channel, "7")) == ""
