"""What Slack is called and can do; it loads none of Slack's libraries."""

from bot.ports.platform import Capabilities

PLATFORM = "slack"
CAPABILITIES = Capabilities(has_home_pages=True)
