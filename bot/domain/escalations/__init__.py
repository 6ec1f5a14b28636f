"""Steps after a warning or a breach."""
