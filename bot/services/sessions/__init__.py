"""Signing in at a browser: links, sessions, and who is signed in."""
