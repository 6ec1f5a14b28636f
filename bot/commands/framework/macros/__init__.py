"""Macros in commands: the preview, and the forms in which they are chosen and written."""
