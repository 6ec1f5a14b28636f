"""Storage of learned sorting."""
