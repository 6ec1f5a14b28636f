"""Search in SQL: the words of what is there, and the tickets that hold them."""
