"""Tickets that say the same, as people meet them."""
