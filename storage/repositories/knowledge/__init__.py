"""Articles and all their versions."""
