"""Requesters say how it went, told as people live it."""
