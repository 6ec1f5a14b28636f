"""Titles of forms have 24 characters in Slack: whole words, and always the ticket they are about."""

import pytest

from adapters.slack.render.forms import TITLE_LIMIT, modal
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command
from bot.messages.outbound import Form
from bot.text.catalogue import languages


def shown(title: str) -> str:
    form = Form(title=title, verb="desk reply", ticket="IT-1", fields=())
    return str(modal(form, channel="C1", thread=None, language="en")["title"]["text"])


@pytest.mark.parametrize(
    "command", [each for each in all_commands() if each.has_form], ids=lambda each: str(each.name)
)
@pytest.mark.parametrize("language", languages())
def test_the_title_of_every_form_fits_with_a_number_of_five_digits(command: Command, language: str) -> None:
    title = command.form_title(language)
    if command.on_ticket is not None:
        title += " · IT-10422"
    assert len(title) <= TITLE_LIMIT
    assert shown(title) == title


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Reply · IT-1042", "Reply · IT-1042"),
        ("Reply to the requester · IT-1042", "Reply to the… · IT-1042"),
        ("Internal note · SERVICES-1042", "SERVICES-1042"),
        ("Ask for help · Hardware and telephones", "Ask for help · Hardware…"),
        ("Ask for help with hardware", "Ask for help with…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsg…"),
    ],
)
def test_a_longer_title_is_cut_between_words_and_keeps_the_number(title: str, read: str) -> None:
    assert shown(title) == read
