"""Asking requesters how it went, and what becomes of their answers."""
