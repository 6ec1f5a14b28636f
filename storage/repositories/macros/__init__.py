"""Macros that were written in chat."""
