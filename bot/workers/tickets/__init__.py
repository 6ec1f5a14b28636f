"""What happens to tickets by time alone, one file a worker."""
