"""One use case or one loop per file."""
