"""A Slack to test against, over loopback: Web API, Events API, interactivity, Socket Mode, and people who use it.

async with SlackServer.running(scale=0.01) as slack:
    ana = slack.person("ana")
    slack.channel("help-it", [ana])
    slack.sends_to("http://127.0.0.1:8080/slack/events")  # or slack.uses_sockets()
    said = await ana.says("help-it", "no network")
    await ana.sees_in_thread(said, "IT-1")
"""

from tests.fakes.slack.people.person import Person
from tests.fakes.slack.people.screen import Seen, SeenView
from tests.fakes.slack.rules.rates import PostingRates, Rate
from tests.fakes.slack.rules.refusals import NotOffered
from tests.fakes.slack.sending.parcels import Taken
from tests.fakes.slack.server import EVERY_SCOPE, SlackServer
from tests.fakes.slack.web_api.door import Call

__all__ = [
    "EVERY_SCOPE", "Call", "NotOffered", "Person", "PostingRates", "Rate", "Seen", "SeenView", "SlackServer", "Taken",
]  # fmt: skip
