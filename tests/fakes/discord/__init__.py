"""A Discord to test against, over loopback: REST v10, the gateway, and people who use it.

async with DiscordServer.running(scale=0.01) as discord:
    ana = discord.person("ana")
    discord.channel("help")
    said = await ana.says("help", "no network")
    await ana.sees_in_thread(said, "IT-1")
"""

from tests.fakes.discord.people.hands import Shown
from tests.fakes.discord.people.person import Person
from tests.fakes.discord.people.screen import Seen
from tests.fakes.discord.rest.door import Call
from tests.fakes.discord.rules.modals import SeenModal
from tests.fakes.discord.rules.refusals import NotOffered
from tests.fakes.discord.server import DiscordServer

__all__ = ["Call", "DiscordServer", "NotOffered", "Person", "Seen", "SeenModal", "Shown"]
