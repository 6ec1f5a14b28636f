"""Custom fields of tickets: read, set, shown, and asked for before a ticket is resolved."""
