"""What other systems know of a person: the questions, and how their answers are read."""
