"""What `deskbell settings …` does."""
