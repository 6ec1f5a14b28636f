"""Asking for ratings, and what becomes of them."""
