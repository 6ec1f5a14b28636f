"""Tickets that go on with the next level, or with the next region."""
