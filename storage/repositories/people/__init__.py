"""People, in tables: their accounts, which of these are one human's, what agents note of them."""
