"""Storage of what the desk asks about messages."""
