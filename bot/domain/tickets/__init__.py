"""Tickets, what is said on them, and their forms."""
