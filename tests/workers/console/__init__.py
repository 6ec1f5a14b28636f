"""Consoles that are open."""
