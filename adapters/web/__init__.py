"""The browser workspace: a small chat server of our own, which the desk treats like any other platform."""
