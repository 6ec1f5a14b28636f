"""A Slack to test against, over loopback: Web API, Events API, interactivity, Socket Mode, and people who use it."""

from tests.servers.slack.parcels import Taken
from tests.servers.slack.person import Person
from tests.servers.slack.rates import PostingRates, Rate
from tests.servers.slack.refusals import NotOffered
from tests.servers.slack.screen import Seen, SeenView
from tests.servers.slack.server import EVERY_SCOPE, SlackServer
from tests.servers.slack.web_api import Call

__all__ = [
    "EVERY_SCOPE", "Call", "NotOffered", "Person", "PostingRates", "Rate", "Seen", "SeenView", "SlackServer", "Taken",
]  # fmt: skip
