"""The rules of ratings."""
