"""Which team goes on with a ticket: the next level, or at the end of its team's day the next region."""
