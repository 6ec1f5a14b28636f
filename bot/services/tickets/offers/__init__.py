"""What requesters are shown before or beside their tickets, and what they say of it."""
