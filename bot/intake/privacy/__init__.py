"""What is said of who reads a message, to its author alone."""
