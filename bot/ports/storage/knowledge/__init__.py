"""Storage of what the desk knows already."""
