"""Macros in chat: to use them, and to make, change, list and remove them."""
