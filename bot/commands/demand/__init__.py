"""What comes again."""
