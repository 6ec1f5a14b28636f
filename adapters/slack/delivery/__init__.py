"""Outbound messages made so in Slack."""
