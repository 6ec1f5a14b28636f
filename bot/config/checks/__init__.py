"""What a valid configuration still gets wrong."""
