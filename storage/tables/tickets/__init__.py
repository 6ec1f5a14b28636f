"""What is kept beside a ticket."""
