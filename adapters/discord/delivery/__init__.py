"""Outbound messages made so in Discord."""
