"""Ratings, told on each platform."""
