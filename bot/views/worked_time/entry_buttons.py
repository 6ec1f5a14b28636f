"""Buttons that correct what was logged, wherever an entry is shown."""

from bot.messages import verbs
from bot.messages.outbound import Button
from bot.text.sentences import words

ENTRY = "entry"
"""The option that says which entry is meant, by its id."""
FORM = "form"
"""The option of a button that asks for time in a form."""


def entry_buttons(entry: int, *, language: str, number: int | None = None) -> tuple[Button, ...]:
    """`number` is the entry's in a list of several."""
    facts = {} if number is None else {"number": number}
    edit, remove = ("time.button_edit", "time.button_remove")
    if number is not None:
        edit, remove = f"{edit}_number", f"{remove}_number"
    options = {ENTRY: str(entry)}
    return (
        Button(label=words(language, edit, **facts), verb=verbs.EDIT_TIME, options=options, opens_form=True),
        Button(
            label=words(language, remove, **facts),
            verb=verbs.REMOVE_TIME,
            options=options,
            is_dangerous=True,
            confirm=words(language, "time.confirm_remove"),
        ),
    )
