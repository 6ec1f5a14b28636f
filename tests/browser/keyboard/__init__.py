"""Whole days by keyboard alone."""
