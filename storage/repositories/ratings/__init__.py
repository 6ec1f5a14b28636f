"""Surveys, and what was rated."""
