"""Custom fields of tickets in use cases."""
