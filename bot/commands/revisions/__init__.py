"""Change or take back what a command, button or form sent."""
