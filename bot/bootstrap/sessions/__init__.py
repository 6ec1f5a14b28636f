"""Signing in, put together."""
