"""Business hours, holidays and the arithmetic on them."""
