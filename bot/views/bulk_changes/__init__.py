"""A change of many tickets, as its actor and those whom it concerns read of it."""
