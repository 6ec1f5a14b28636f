"""Who was given a ticket of a team last, in tables."""
