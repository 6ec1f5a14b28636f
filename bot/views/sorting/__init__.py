"""What cards say of learned sorting."""
