"""Sorting that is learned over night."""
