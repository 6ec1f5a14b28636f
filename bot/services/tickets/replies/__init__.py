"""Replies that can still be taken back, and agents who write at the same time."""
