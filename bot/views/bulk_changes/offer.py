"""The button under a list of tickets that opens the change of several of them, by the query that lists them."""

from bot.messages import verbs
from bot.messages.outbound import Button
from bot.text.sentences import words


def change_several(query: str, *, language: str) -> Button:
    """For every list that a query in the search language gives."""
    return Button(label=words(language, "bulk.button_several"), verb=verbs.BULK, options={"query": query})
