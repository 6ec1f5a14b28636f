"""Custom fields of tickets, on each platform."""
