"""How requesters are asked, what leads read of low ratings, and a rating on one line."""
