"""Versions of `desk.yaml` that other processes saved."""
