"""Which team a request goes to, and why."""
