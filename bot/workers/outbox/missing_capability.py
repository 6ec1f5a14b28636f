"""What a message needs that its platform does not have."""

from bot.domain.sentence import sentence
from bot.messages.delivery import RefusedByPlatform
from bot.messages.outbound import Home, OutboundMessage, ThreadHeader
from bot.ports.platform import Platform


def what_it_lacks(platform: Platform, message: OutboundMessage) -> RefusedByPlatform | None:
    """Why this is for another platform, such as a row from before the channel's configuration was changed."""
    can = platform.capabilities
    match message.content:
        case Home() if not can.has_home_pages:
            return RefusedByPlatform(
                sentence("deliveries.no_home_pages", platform=platform.name.capitalize())
            )
        case ThreadHeader() if not can.has_thread_headers:
            return RefusedByPlatform(
                sentence("deliveries.no_thread_headers", platform=platform.name.capitalize())
            )
        case _:
            return None
