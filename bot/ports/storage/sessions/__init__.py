"""Who is signed in, and the links that sign people in."""
