"""People: which accounts are one human's, what is known of them, and what agents note."""
