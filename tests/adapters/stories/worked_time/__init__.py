"""Time worked on tickets, in Slack and Discord."""
