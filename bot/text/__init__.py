"""Sentences that people read, and instants and audit entries as words."""
