"""What agents asked to be reminded of, and when."""
