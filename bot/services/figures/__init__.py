"""Figures: facts kept as they happen, and what leads ask of them."""
