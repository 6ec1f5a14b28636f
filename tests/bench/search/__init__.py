"""How fast tickets are found among many, and what indexing costs those who write."""
