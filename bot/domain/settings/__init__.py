"""Versions of `desk.yaml`, and what is changed in it."""
