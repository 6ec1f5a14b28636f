"""What a language model is asked in the background."""
