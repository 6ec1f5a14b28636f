"""What is kept of tickets that other teams go on with."""
