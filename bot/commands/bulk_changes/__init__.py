"""Change many tickets at once, hand over one's own, and take that back."""
