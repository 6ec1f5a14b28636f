"""What `deskbell kb …` does."""
