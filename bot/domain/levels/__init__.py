"""Which team a ticket goes to when its own cannot solve it."""
