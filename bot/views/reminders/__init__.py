"""What one agent is told at a time of their own choice."""
