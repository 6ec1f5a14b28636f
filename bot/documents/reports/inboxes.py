"""The inbox report: where requests come in, and how many were answered and resolved."""

from bot.documents.flow_report import flow_report
from bot.ports.storage.reports import TicketDimension
from bot.text.sentences import words

INBOXES = flow_report(
    name="inboxes",
    heading="reports.heading_inboxes",
    by=TicketDimension.INBOX,
    label=lambda _, inbox, language: inbox or words(language, "reports.elsewhere"),
)
