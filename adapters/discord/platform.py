"""Discord as a chat platform."""

from adapters.discord.cards import LABEL_LIMIT
from adapters.discord.render import TEXT_LIMIT
from bot.ports.chat_platform import Capabilities


def capabilities(file_limit: int) -> Capabilities:
    """Commands: https://discord.com/developers/docs/interactions/application-commands"""
    return Capabilities(
        text_limit=TEXT_LIMIT,
        button_label_limit=LABEL_LIMIT,
        buttons_per_message=25,
        commands_per_group=25,
        command_name_limit=32,
        command_description_limit=100,
        role_visibility=True,
        slash_in_threads=True,
        file_limit=file_limit,
        keeps_history=True,
        has_home=False,
        threads_in_directs=False,
        has_topics=True,
    )
