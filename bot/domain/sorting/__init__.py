"""Sorting learned from a desk's own history: what a request is about, how sure that is, and by which words."""
