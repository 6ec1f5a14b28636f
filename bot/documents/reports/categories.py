"""The category report: what requests are about, and how many were answered and resolved."""

from bot.documents.flow_report import flow_report
from bot.ports.storage.reports import TicketDimension
from bot.text.sentences import words

CATEGORIES = flow_report(
    name="categories",
    heading="reports.heading_categories",
    by=TicketDimension.CATEGORY,
    label=lambda _, category, language: category or words(language, "reports.no_category"),
)
