"""Slack's API: calls, limits, errors, people, channels and files."""
