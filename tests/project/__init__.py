"""The project itself: what is shipped, locked, written down and kept small."""
