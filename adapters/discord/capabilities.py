"""What Discord is called and can do; it loads none of Discord's libraries."""

from bot.ports.platform import Capabilities

PLATFORM = "discord"
CAPABILITIES = Capabilities(
    has_threads_in_directs=False, has_thread_headers=True, has_private_threads=True, removes_posts=True
)
