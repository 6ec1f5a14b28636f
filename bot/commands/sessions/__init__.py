"""Signing in at a browser: the link, and who is signed in."""
