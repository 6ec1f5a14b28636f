"""What the platform of webhooks is called and can do."""

from bot.ports.platform import Capabilities

PLATFORM = "webhook"
CAPABILITIES = Capabilities(is_machine=True)
