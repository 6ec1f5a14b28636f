"""The console's pages, below `/console`: what is opened, what is sent from them, and the stream of what changes."""
