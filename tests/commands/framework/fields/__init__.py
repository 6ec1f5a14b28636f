"""Custom fields in commands."""
