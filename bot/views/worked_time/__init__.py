"""Time worked on tickets, shown to its team."""
