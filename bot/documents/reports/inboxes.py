"""The inbox report: where requests come in, and how many were answered and resolved."""

from bot.documents.flow_report import flow_report
from bot.ports.storage.reports import TicketDimension

INBOXES = flow_report(
    name="inboxes",
    title="inbox report",
    by=TicketDimension.INBOX,
    label=lambda _, inbox: inbox or "elsewhere",
)
