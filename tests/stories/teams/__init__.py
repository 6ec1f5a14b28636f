"""Teams that change while the desk runs."""
