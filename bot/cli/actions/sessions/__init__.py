"""Signing in, from the terminal."""
