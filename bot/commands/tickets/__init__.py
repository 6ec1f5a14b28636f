"""Commands about one ticket, and about lists of them."""
