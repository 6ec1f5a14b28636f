"""Time worked on tickets, on the page."""
