"""Who is signed in, in tables."""
