"""What `deskbell sla …` does."""
