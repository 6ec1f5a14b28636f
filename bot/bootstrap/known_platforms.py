"""Every platform that there is, by its name, with what it can do: read without loading any platform's libraries."""

from collections.abc import Mapping

import adapters.discord.capabilities as discord
import adapters.slack.capabilities as slack
import adapters.web.capabilities as web
import adapters.webhook.capabilities as webhook
from bot.ports.platform import Capabilities

KNOWN_PLATFORMS: Mapping[str, Capabilities] = {
    each.PLATFORM: each.CAPABILITIES for each in (web, slack, discord, webhook)
}
