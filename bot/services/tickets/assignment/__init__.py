"""Who gets a ticket by itself, and why nobody does."""
