"""A platform's past, read for what the desk does not know."""
