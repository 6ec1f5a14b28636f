"""Find tickets by words and filters."""
