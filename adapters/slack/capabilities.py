"""What Slack is called and can do; it loads none of Slack's libraries."""

from bot.domain.sentence import Sentence
from bot.ports.platform import Capabilities, ChannelIds

PLATFORM = "slack"
CAPABILITIES = Capabilities(
    has_home_pages=True,
    answers_in_channels=True,
    has_number_inputs=True,
    follows_forms=True,
    most_form_choices=100,
    vouches_for_addresses=True,
    vouches_for_accounts=True,
    set_up_by="SLACK_BOT_TOKEN",
    channel_ids=ChannelIds(
        pattern=r"[CG][A-Z0-9]+",
        example="C0123ABCD",
        found=Sentence("operations.slack_channel_ids"),
    ),
)
