"""Changes to many tickets, in tables."""
