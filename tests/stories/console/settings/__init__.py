"""Settings changed at the console."""
