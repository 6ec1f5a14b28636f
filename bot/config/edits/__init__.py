"""Changes of `desk.yaml`: its text, and the file on disk."""
