"""Buttons that take back what somebody covers, below the roster and where `/desk cover off` asks whose."""

from collections.abc import Iterable
from typing import Final

from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.context import Context
from bot.text.sentences import words

MOST_BUTTONS: Final = 5


def cover_buttons(context: Context, people: Iterable[str]) -> tuple[Button, ...]:
    """One for each of these people, by their keys, of whom the first few have one."""
    first = list(people)[:MOST_BUTTONS]
    names = {key: person.name for key, person in context.uow.people.find_many(first).items()}
    return tuple(
        Button(
            label=words(context.language, "answers.button_cancel_cover", person=names.get(key, key)),
            verb=verbs.COVER,
            options={"person": key, "when": "off"},
        )
        for key in first
    )
