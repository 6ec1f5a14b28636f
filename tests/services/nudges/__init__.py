"""What keeps tickets from being forgotten, under any history."""
