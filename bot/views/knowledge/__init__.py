"""What teams read of their articles."""
