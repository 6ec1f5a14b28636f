"""The commands of the terminal: each module a few of them, joined in `bot.__main__`."""
