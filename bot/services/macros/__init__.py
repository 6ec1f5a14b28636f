"""Macros: which there are for somebody, what they say on a ticket, and what they do to it."""
