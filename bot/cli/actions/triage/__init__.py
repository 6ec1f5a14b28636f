"""What `deskbell triage …` does."""
