"""What the desk asks of its storage: a module for each repository."""
