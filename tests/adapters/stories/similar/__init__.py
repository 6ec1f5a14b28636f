"""Duplicates on every platform."""
