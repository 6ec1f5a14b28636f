"""Who was given a ticket of a team last, as the storage keeps it."""
