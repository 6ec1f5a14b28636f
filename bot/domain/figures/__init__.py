"""What is counted of tickets: facts that their logs tell."""
