"""Who is signed in at a browser, and how they got in."""
