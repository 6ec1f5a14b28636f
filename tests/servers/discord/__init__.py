"""A Discord to test against, over loopback: REST v10, the gateway, and people who use it.

async with DiscordServer.running(scale=0.01) as discord:
    ana = discord.person("ana")
    discord.channel("help")
    said = await ana.says("help", "no network")
    await ana.sees_in_thread(said, "IT-1")
"""

from tests.servers.discord.hands import Shown
from tests.servers.discord.modals import SeenModal
from tests.servers.discord.person import Person
from tests.servers.discord.refusals import NotOffered
from tests.servers.discord.rest import Call
from tests.servers.discord.screen import Seen
from tests.servers.discord.server import DiscordServer

__all__ = ["Call", "DiscordServer", "NotOffered", "Person", "Seen", "SeenModal", "Shown"]
