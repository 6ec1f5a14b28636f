"""Macros: canned replies, the placeholders in them, whose they are, and what changes with them."""
