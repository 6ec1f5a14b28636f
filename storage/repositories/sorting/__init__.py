"""Learned sorting."""
