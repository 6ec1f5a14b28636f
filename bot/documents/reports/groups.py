"""The group report: which groups ask."""

from bot.documents.figures.opened_requests import opened_report
from bot.ports.storage.figures.figures import RequestDimension
from bot.text.sentences import words

GROUPS = opened_report(
    name="groups",
    by=RequestDimension.GROUP,
    label=lambda _, group, language: group or words(language, "figures.no_group"),
)
