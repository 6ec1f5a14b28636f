"""People beyond one account: which accounts are one human's, and what agents note of them."""
