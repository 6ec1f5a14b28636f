"""Databases and their threads: connections, transactions, statements."""
