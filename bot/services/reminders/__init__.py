"""Reminders: set, moved, ended, and told once when they are due."""
