"""Storage of what keeps tickets from being forgotten."""
