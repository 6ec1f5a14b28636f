"""What comes again, and what will come."""
