"""Which team goes on with a ticket."""
