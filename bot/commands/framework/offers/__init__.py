"""Which commands are offered to somebody, where all of them can be listed."""
