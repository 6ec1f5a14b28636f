"""Reminders, and who has a message in the morning."""
