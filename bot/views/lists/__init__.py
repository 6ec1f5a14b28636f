"""Tickets in a list: a line each."""
