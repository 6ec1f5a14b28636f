"""`/desk notify`, followers, and what was told to whom."""
