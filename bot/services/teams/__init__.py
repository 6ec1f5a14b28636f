"""Teams that are no more, and what is left of theirs."""
