"""The workspace's own SQLite file."""
