"""Teams that go on with one another's tickets."""
