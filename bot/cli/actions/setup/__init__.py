"""What `deskbell init` does."""
