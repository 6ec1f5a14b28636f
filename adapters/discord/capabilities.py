"""What Discord is called and can do; it loads none of Discord's libraries."""

from bot.domain.sentence import Sentence
from bot.ports.platform import Capabilities, ChannelIds

PLATFORM = "discord"
CAPABILITIES = Capabilities(
    message_length=1_700,
    suggests_while_typing=True,
    has_threads_in_directs=False,
    has_thread_headers=True,
    has_private_threads=True,
    removes_posts=True,
    vouches_for_accounts=True,
    patience_s=10.0,  # its gateway wants no answer to a message
    set_up_by="DISCORD_BOT_TOKEN",
    channel_ids=ChannelIds(
        pattern=r"\d+",
        example="1122334455667788990",
        found=Sentence("operations.discord_channel_ids"),
    ),
)
