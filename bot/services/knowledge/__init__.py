"""What the desk knows already: indexed as it changes, found by words and by meaning."""
