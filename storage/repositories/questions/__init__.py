"""What the desk asks about messages, in tables."""
