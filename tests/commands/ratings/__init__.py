"""`/ticket rate`."""
