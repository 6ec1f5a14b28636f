"""Versions of `desk.yaml`, in a table."""
