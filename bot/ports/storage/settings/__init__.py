"""Versions of `desk.yaml`."""
