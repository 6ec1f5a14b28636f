"""Articles at the console: to read, to look for, to review, and what none of them answers."""
