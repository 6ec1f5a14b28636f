"""Rows in, domain objects out: a module for each repository of the port."""
