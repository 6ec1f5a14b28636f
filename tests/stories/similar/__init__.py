"""Duplicates, as people meet them."""
