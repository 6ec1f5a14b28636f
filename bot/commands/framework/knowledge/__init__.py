"""Articles as commands show them: whole, in a line, and as a form to be written in."""
