"""Commands: words in, calls out."""
