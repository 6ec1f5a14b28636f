"""Requests that say the same."""
