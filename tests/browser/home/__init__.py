"""A person's home page in the browser."""
