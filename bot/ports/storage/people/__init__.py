"""People: their accounts as the platforms told of them, which of these are one human's, what agents note of them."""
