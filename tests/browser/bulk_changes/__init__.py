"""Changing many tickets at the page."""
