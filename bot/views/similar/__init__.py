"""What is shown of tickets that say the same."""
