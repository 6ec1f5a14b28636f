"""Many tickets changed at once, and put back."""
