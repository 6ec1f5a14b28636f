"""Custom fields of tickets on the page."""
