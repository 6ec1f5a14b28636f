"""What concerns the index of the search."""
