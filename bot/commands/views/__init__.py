"""Lists with a name, and the ticket that should be answered next."""
