"""Who is answered what, at every address that the desk has."""
