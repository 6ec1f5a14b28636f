"""The language report: in which languages people ask."""

from bot.documents.figures.opened_requests import opened_report
from bot.ports.storage.figures.figures import RequestDimension
from bot.text.terms import language_name

LANGUAGES = opened_report(
    name="languages",
    by=RequestDimension.LANGUAGE,
    label=lambda _, spoken, language: language_name(spoken, language),
)
