"""What a language model was asked, and how much it was asked."""
