"""The knowledge base's background work."""
