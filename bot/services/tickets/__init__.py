"""Tickets: opened, changed, announced; one use case or rule a module."""
