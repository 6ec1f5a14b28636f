"""What the verbs of the language model share: whether there is one, and what is done with its answers."""
