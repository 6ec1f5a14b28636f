"""Verbs on desk.yaml."""
