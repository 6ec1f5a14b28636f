"""Facts of tickets, and sums over them."""
