"""The tag report: what new requests are tagged with."""

from bot.documents.figures.opened_requests import opened_report
from bot.ports.storage.figures.figures import RequestDimension
from bot.text.sentences import words

TAGS = opened_report(
    name="tags",
    by=RequestDimension.TAG,
    label=lambda _, tag, language: tag or words(language, "figures.no_tag"),
    has_words_of_people=True,
)
