"""Tickets that somebody still works on are theirs for longer."""
