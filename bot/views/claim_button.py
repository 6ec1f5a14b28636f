"""The button that gives a ticket to whoever presses it: Claim, or on one that somebody has, Take over.

It is the same for all who see it where a platform has one message for all: so it says to whom the ticket is assigned.
The page leaves it out for its holder.
"""

from bot.messages import verbs
from bot.messages.outbound import Button
from bot.text.sentences import words

SEEN = "seen"
"""The option that says who had the ticket when the button was shown: without it nothing is taken over."""


def claim_button(
    reference: str,
    language: str,
    *,
    holder: str | None,
    name: str = "",
    names_ticket: bool = False,
    is_primary: bool = False,
) -> Button:
    """`holder` has the ticket and is called `name`. `names_ticket`: it stands among the buttons of other tickets."""
    key = "team.button_claim" if holder is None else "team.button_take_over"
    return Button(
        label=words(language, f"{key}_ticket" if names_ticket else key, reference=reference, name=name),
        verb=verbs.CLAIM,
        ticket=reference,
        options={} if holder is None else {SEEN: holder},
        is_primary=is_primary,
        not_for=holder or "",
    )
