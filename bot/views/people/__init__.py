"""A person, as agents read what the desk knows of them."""
