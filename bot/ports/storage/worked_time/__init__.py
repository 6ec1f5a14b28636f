"""Storage of worked time."""
