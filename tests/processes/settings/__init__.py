"""Settings that are changed at the terminal, beside a running desk."""
